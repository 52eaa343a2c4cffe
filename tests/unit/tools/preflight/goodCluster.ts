import type { Answers } from "./apiServer";
import { node } from "./objects";

function list(...items: readonly object[]): object {
    return { items };
}

const GROUPS = ["apps/v1", "batch/v1", "policy/v1", "networking.k8s.io/v1"];

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
    "/api/v1/namespaces/kafka/configmaps": list(),
    "/api/v1/namespaces/kafka/persistentvolumeclaims": list(),
    "/api/v1/persistentvolumes": list(),
};
