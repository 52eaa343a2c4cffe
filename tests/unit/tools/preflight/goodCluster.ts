import type { Answers } from "./apiServer";
import { node } from "./objects";

function list(...items: readonly object[]): object {
    return { items };
}

const GROUPS = ["apps/v1", "batch/v1", "policy/v1", "networking.k8s.io/v1"];

const DNS = "/api/v1/namespaces/kube-system";

const COREFILE = `.:53 {
    errors
    kubernetes cluster.local in-addr.arpa ip6.arpa {
       pods insecure
    }
    forward . /etc/resolv.conf
}
`;

/** What a cluster answers that can take a small stack of Strimzi's. */
export const GOOD_CLUSTER: Answers = {
    "/version": { gitVersion: "v1.35.2" },
    "/apis": {
        groups: GROUPS.map((groupVersion) => ({
            name: groupVersion.split("/")[0],
            versions: [{ groupVersion, version: "v1" }],
        })),
    },
    "/api/v1/nodes": list(...["a", "b", "c"].map((zone) => node(`node-${zone}`, { zone }))),
    "/api/v1/pods": list(),
    "/api/v1/services": list(),
    "/apis/apps/v1/deployments": list(),
    "/api/v1/namespaces/kafka/configmaps": list(),
    "/api/v1/namespaces/kafka/persistentvolumeclaims": list(),
    "/api/v1/namespaces/kafka/resourcequotas": list(),
    "/api/v1/namespaces/kafka/limitranges": list(),
    "/api/v1/persistentvolumes": list(),
    "/apis/storage.k8s.io/v1/storageclasses": list({
        metadata: {
            name: "standard",
            annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
        },
        provisioner: "pd.csi.storage.gke.io",
        allowVolumeExpansion: true,
        volumeBindingMode: "WaitForFirstConsumer",
        reclaimPolicy: "Delete",
    }),
    "/apis/storage.k8s.io/v1/csidrivers": list({ metadata: { name: "pd.csi.storage.gke.io" } }),
    "/apis/rbac.authorization.k8s.io/v1/clusterroles": list({ metadata: { name: "view" } }),
    "/apis/scheduling.k8s.io/v1/priorityclasses": list(),
    "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews": () => ({ status: { allowed: true } }),
    [`${DNS}/services`]: list({ metadata: { name: "kube-dns" } }),
    "/apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices": list({
        metadata: { labels: { "kubernetes.io/service-name": "kube-dns" } },
        endpoints: [{ addresses: ["10.0.0.2"], conditions: { ready: true } }],
    }),
    [`${DNS}/configmaps/coredns`]: { data: { Corefile: COREFILE } },
};
