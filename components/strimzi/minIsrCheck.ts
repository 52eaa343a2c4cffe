import type { KubernetesObject } from "@kubernetes/client-node";
import { minIsrRefusal } from "../kafka/minIsrRefusal";
import type { Remembered } from "../kafka/remembered";
import { MIN_ISR } from "../kafka/replication";
import type { Change } from "../live/gate";
import type { Kind, LiveObjects } from "../live/objects";
import type { KafkaSpec } from "./kafkaSpec";
import { CLUSTER, CLUSTER_LABEL, STRIMZI_API } from "./names";
import type { KafkaTopicSpec } from "./topics";

/** Strimzi's resource of a topic. */
export const STRIMZI_TOPIC: Kind = {
    apiVersion: `${STRIMZI_API.group}/${STRIMZI_API.version}`,
    kind: "KafkaTopic",
};

/** How many topics a message names. */
const EXAMPLES = 5;

/**
 * Asks whether the brokers' min ISR may be what it is about to be. Topics of no more replicas would refuse writes while one
 * of them is away, or all. Only topics with a `KafkaTopic` that says their replicas are seen.
 *
 * @throws Error with the topics.
 */
export async function checkMinIsr(
    { before, after }: Change<{ readonly spec: KafkaSpec }>,
    live: LiveObjects,
    namespace: string,
    remembered: Remembered,
): Promise<void> {
    const wanted = minIsrOf(after.spec);
    const now = before === undefined ? remembered.minInsyncReplicas : minIsrOf(before.spec);
    if (wanted <= (now ?? Infinity)) {
        return;
    }
    const cluster = `${CLUSTER_LABEL}=${CLUSTER}`;
    const topics = await live.list<LiveTopic>(STRIMZI_TOPIC, namespace, cluster);
    const small = topics
        .filter(({ spec }) => (spec?.replicas ?? Infinity) <= wanted)
        .filter(({ spec }) => spec?.config?.[MIN_ISR] === undefined)
        .map(({ metadata, spec }) => ({
            topic: spec?.topicName ?? metadata?.name ?? "",
            replicas: spec!.replicas!,
        }))
        .sort((one, other) => (one.topic < other.topic ? -1 : 1));
    const refusal = minIsrRefusal(wanted, {
        count: small.length,
        examples: small.slice(0, EXAMPLES),
    });
    if (refusal !== undefined) {
        throw new Error(refusal);
    }
}

type LiveTopic = KubernetesObject & { readonly spec?: Partial<KafkaTopicSpec> };

function minIsrOf({ kafka }: KafkaSpec): number {
    return Number(kafka.config[MIN_ISR]);
}
