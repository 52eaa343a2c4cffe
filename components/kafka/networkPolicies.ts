import type { types } from "@pulumi/kubernetes";

/** Directions in which connections are refused unless a policy allows them. */
export type PolicyType = "Ingress" | "Egress";

/** What is allowed to some pods. They accept and make no other connections. */
export interface AllowingPolicy {
    /** Name of the policy, and of the pods in their label. */
    readonly name: string;
    readonly application: "kafka" | "zookeeper";
    readonly spec: types.input.networking.v1.NetworkPolicySpec;
}

/** All policies of a namespace. */
export interface NetworkPolicies {
    readonly allow: readonly AllowingPolicy[];
    /** What no policy allows is refused in these directions, for every pod of the namespace. */
    readonly deny: readonly PolicyType[];
}

/** Policy of a namespace in which nothing is allowed. */
export const DEFAULT_DENY = "default-deny";

/** The specification of the policy that allows nothing to any pod of its namespace. */
export function denyingSpec(
    deny: readonly PolicyType[],
): types.input.networking.v1.NetworkPolicySpec {
    return { podSelector: {}, policyTypes: [...deny] };
}
