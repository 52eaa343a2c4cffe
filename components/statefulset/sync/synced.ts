import type { V1ConfigMap, V1Job, V1StatefulSet } from "@kubernetes/client-node";
import { KAFKA, SYNCED } from "../../kafka/names";
import { contentHash } from "../../kubernetes/files";
import { objectLabels } from "../../kubernetes/labels";

/** What a sync of rendered files is to end with. */
export interface SyncGoal {
    readonly kafka: V1StatefulSet;
    readonly zookeeper: V1StatefulSet;
    /** Jobs that make topics and users what the configuration says. */
    readonly jobs: readonly V1Job[];
    /** The brokers' `min.insync.replicas`. */
    readonly minInsyncReplicas: number;
}

/** Tells pods from others: of the same template it is always the same. */
export function podsHash({ spec }: V1StatefulSet): string {
    return contentHash(spec!.template);
}

/**
 * What the last sync that came to its end has made, for the gates of the next one. It is applied last, and a GitOps tool sees by
 * it that the list of topics or users has changed: it compares no Jobs that are hooks.
 */
export function syncedConfigMap({
    kafka,
    zookeeper,
    jobs,
    minInsyncReplicas,
}: SyncGoal): V1ConfigMap {
    return {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: {
            name: SYNCED,
            namespace: kafka.metadata!.namespace,
            labels: objectLabels(KAFKA),
        },
        data: {
            SYNCED_BROKERS: String(kafka.spec!.replicas),
            SYNCED_MIN_ISR: String(minInsyncReplicas),
            SYNCED_PODS: podsHash(kafka),
            SYNCED_MEMBERS: String(zookeeper.spec!.replicas),
            SYNCED_MEMBER_PODS: podsHash(zookeeper),
            // Their names end with a hash of all that they do.
            SYNCED_JOBS: jobs.map(({ metadata: job }) => job!.name).join(" "),
        },
    };
}
