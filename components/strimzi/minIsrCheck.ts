import type { KubernetesObject } from "@kubernetes/client-node";
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
        .map(({ metadata, spec }) => `${spec?.topicName ?? metadata?.name} (${spec?.replicas})`);
    if (small.length > 0) {
        const examples = small.sort().slice(0, EXAMPLES).join(", ");
        throw new Error(
            `kafka.config["${MIN_ISR}"]: expected topics of more than ${wanted} replicas, got ${small.length} ` +
                `topic${small.length === 1 ? "" : "s"} of no more (${examples}${small.length > EXAMPLES ? ", …" : ""}). ` +
                "Next: Raise their replicas first, as docs/operations.md says, or set it back",
        );
    }
}

type LiveTopic = KubernetesObject & { readonly spec?: Partial<KafkaTopicSpec> };

function minIsrOf({ kafka }: KafkaSpec): number {
    return Number(kafka.config[MIN_ISR]);
}
