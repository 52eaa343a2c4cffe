import type { NetworkPolicies } from "../kafka/networkPolicies";

/**
 * Strimzi's operator makes policies for the pods that it runs, with the peers of each listener. What is left are the
 * operator's own pods, to which only the kubelet connects, and strangers. What these pods connect to stays open: all of them talk to
 * the API server, and no policy can name its address on every cluster.
 */
export const STRIMZI_POLICIES: NetworkPolicies = { allow: [], deny: ["Ingress"] };
