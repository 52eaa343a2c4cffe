import type { NetworkPolicyPeer } from "../kafka/listeners";

/** The name servers of an EKS cluster: the pods of the add-on `coredns`, which keep the label of its predecessor. */
export const NAME_SERVERS: readonly NetworkPolicyPeer[] = [
    {
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
        podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
    },
];
