import type { TopicDescription } from "../client/topics";
import { type Check, shortList } from "./check";

/** A topic's smallest number of replicas, beside how many of them have to be in sync for a write with acks=all. */
interface TopicReplicas {
    readonly topic: string;
    readonly replicas: number;
    readonly minIsr: number;
}

/**
 * Judges the topics' replicas against min ISR. A topic with fewer of them refuses acks=all for ever. One with just as many
 * refuses it while one of its brokers restarts, which is said and fails nothing.
 */
export function judgeMinIsr(topics: readonly TopicDescription[]): Check {
    const all = topics.map(({ topic, minInsyncReplicas: minIsr, partitions }): TopicReplicas => {
        const replicas = Math.min(...partitions.map((partition) => partition.replicas.length));
        return { topic, replicas, minIsr };
    });
    const unwritable = all.filter(({ replicas, minIsr }) => replicas < minIsr);
    const tight = all.filter(({ replicas, minIsr }) => replicas === minIsr && minIsr > 1);
    const ok = unwritable.length === 0;
    const refusals = ok
        ? `enough in all ${topics.length} topics`
        : `${countOf(unwritable)} no writes with acks=all: ${listOf(unwritable)}`;
    const stops =
        tight.length === 0
            ? []
            : [
                  `${countOf(tight)} no writes with acks=all while a broker restarts: ${listOf(tight)}`,
              ];
    return {
        area: "partitions",
        name: "replicas for min ISR",
        ok,
        detail: [refusals, ...stops].join("; "),
        ...(!ok && {
            next:
                'raise their replicas with kafka-reassign-partitions, as docs/operations.md says under "A topic has ' +
                'too few replicas", or lower min.insync.replicas',
        }),
    };
}

function countOf({ length }: readonly TopicReplicas[]): string {
    return length === 1 ? "1 topic takes" : `${length} topics take`;
}

function listOf(topics: readonly TopicReplicas[]): string {
    return shortList(
        topics.map(
            ({ topic, replicas, minIsr }) => `${topic} (replicas ${replicas}, min ISR ${minIsr})`,
        ),
    );
}
