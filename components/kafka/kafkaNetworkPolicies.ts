import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { objectLabels } from "../kubernetes/labels";
import { DEFAULT_DENY, denyingSpec, type NetworkPolicies } from "./networkPolicies";

/** Arguments of {@link KafkaNetworkPolicies}. */
export interface KafkaNetworkPoliciesArgs extends NetworkPolicies {
    /** Namespace of Kafka. */
    readonly namespace: string;
    /**
     * Hooks of the policies that allow something, by name.
     *
     * @default - None.
     */
    readonly hooks?: Readonly<Record<string, pulumi.ResourceHookBinding | undefined>>;
}

/**
 * Who may connect to whom in Kafka's namespace: what is allowed, and that everything else is refused. Whatever runs there
 * depends on this component. Without a network plugin that enforces them, these objects do nothing.
 */
export class KafkaNetworkPolicies extends pulumi.ComponentResource {
    constructor(
        name: string,
        { namespace, allow, deny, hooks }: KafkaNetworkPoliciesArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("kafka-eks:index:KafkaNetworkPolicies", name, {}, opts);
        const allowing = allow.map(
            (policy) =>
                new k8s.networking.v1.NetworkPolicy(
                    `${name}-${policy.name}-network-policy`,
                    {
                        metadata: {
                            name: policy.name,
                            namespace,
                            labels: objectLabels(policy.application),
                        },
                        spec: policy.spec,
                    },
                    { parent: this, hooks: hooks?.[policy.name] },
                ),
        );
        new k8s.networking.v1.NetworkPolicy(
            `${name}-${DEFAULT_DENY}-network-policy`,
            {
                metadata: { name: DEFAULT_DENY, namespace, labels: objectLabels("kafka") },
                spec: denyingSpec(deny),
            },
            // After what allows, and gone before it: pods that run are never without what they need.
            { parent: this, dependsOn: allowing },
        );
        this.registerOutputs();
    }
}
