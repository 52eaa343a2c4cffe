import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link KafkaNamespace}. */
export interface KafkaNamespaceArgs {
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
}

/**
 * The namespace of Kafka and ZooKeeper, which admits pods of the `restricted` Pod Security Standard only. Deleting it
 * deletes the claims in it, so both are kept or deleted together.
 */
export class KafkaNamespace extends pulumi.ComponentResource {
    constructor(name: string, args: KafkaNamespaceArgs, opts: pulumi.ComponentResourceOptions) {
        super("kafka-eks:index:KafkaNamespace", name, args, opts);
        new k8s.core.v1.Namespace(
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
            },
        );
        this.registerOutputs();
    }
}
