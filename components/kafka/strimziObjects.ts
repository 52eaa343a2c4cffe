import type { KubernetesObject } from "@kubernetes/client-node";
import { isForbidden } from "../live/forbidden";
import type { Kind, LiveObjects } from "../live/objects";

/** Strimzi's resource of a Kafka cluster. */
export const STRIMZI_KAFKA: Kind = { apiVersion: "kafka.strimzi.io/v1", kind: "Kafka" };

/** Strimzi's resource of nodes of one kind. One of them outlives the stack, with the claims. */
export const STRIMZI_NODE_POOL: Kind = {
    apiVersion: "kafka.strimzi.io/v1",
    kind: "KafkaNodePool",
};

/**
 * Strimzi's objects in a namespace. There are none for an identity that may not list them: it can't run Strimzi, and may
 * run StatefulSets.
 */
export async function listStrimzi<T extends KubernetesObject>(
    live: LiveObjects,
    kind: Kind,
    namespace: string,
): Promise<T[]> {
    try {
        return await live.list<T>(kind, namespace);
    } catch (error) {
        if (isForbidden(error)) {
            return [];
        }
        throw error;
    }
}
