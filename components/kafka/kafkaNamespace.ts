import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { afterwards, atTheEndOf } from "../live/afterwards";
import { creationGate } from "../live/gate";
import type { LiveObjects } from "../live/objects";
import { checkOwner, type NamespaceOwner } from "./namespaceOwner";
import { recall, remember } from "./remembered";

/** Arguments of {@link KafkaNamespace}. */
export interface KafkaNamespaceArgs extends NamespaceOwner {
    /** Name of the namespace. */
    readonly namespace: string;
    /**
     * More labels.
     *
     * @default - None.
     */
    readonly labels?: Readonly<Record<string, string>>;
    /**
     * Whether `destroy` deletes the namespace, and with it the claims.
     *
     * @default false
     */
    readonly deleteDataOnDestroy?: boolean;
    /**
     * Whether Pulumi refuses to delete or replace the namespace, with which all of Kafka would go.
     *
     * @default false
     */
    readonly protect?: boolean;
    /**
     * The cluster as it is now.
     *
     * @default - Nobody is asked whose namespace it is.
     */
    readonly live?: LiveObjects;
}

/**
 * The namespace of Kafka and ZooKeeper, which admits pods of the `restricted` Pod Security Standard only. Deleting it
 * deletes the claims in it, so both are kept or deleted together. One that holds another stack's data is refused.
 */
export class KafkaNamespace extends pulumi.ComponentResource {
    /** Resolves when the namespace is there and says whose it is; in a preview at once. */
    readonly ready: pulumi.Output<pulumi.Resource>;

    constructor(name: string, args: KafkaNamespaceArgs, opts: pulumi.ComponentResourceOptions) {
        const { live, owner, takeOverFrom, ...inputs } = args;
        super("kafka-eks:index:KafkaNamespace", name, inputs, opts);
        const namespace = new k8s.core.v1.Namespace(
            `${name}-namespace`,
            {
                metadata: {
                    name: args.namespace,
                    labels: {
                        "app.kubernetes.io/part-of": "kafka-eks",
                        "app.kubernetes.io/managed-by": "pulumi",
                        "pod-security.kubernetes.io/enforce": "restricted",
                        "pod-security.kubernetes.io/warn": "restricted",
                        ...args.labels,
                    },
                },
            },
            {
                parent: this,
                // With the namespace its claims would go.
                retainOnDelete: args.deleteDataOnDestroy !== true,
                protect: args.protect === true,
                // Asked only when it is new to the stack: a stack that is renamed keeps its namespace.
                hooks: creationGate(`${name}-owner`, live, (_, cluster) =>
                    checkOwner(cluster, args.namespace, { owner, takeOverFrom }),
                ),
            },
        );
        this.ready =
            live === undefined
                ? pulumi.output(this)
                : afterwards(namespace.id, this, async () =>
                      // With the owner goes what an earlier program left to be found out.
                      remember(live, args.namespace, {
                          ...(await recall(live, args.namespace)),
                          owner,
                      }),
                  );
        this.registerOutputs({ ready: atTheEndOf(this.ready) });
    }
}
