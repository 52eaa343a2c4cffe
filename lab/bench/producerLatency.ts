import type { KafkaClient } from "../../tools/client/kafka";
import { withTopic } from "./benchTopic";
import type { Java } from "./java";

/** How long acknowledgements took, in milliseconds. */
export interface Latency {
    readonly average: number;
    /** What 99 of 100 did not exceed. */
    readonly percentile99: number;
}

/** Records of 1000 bytes a second: a fraction of what the lab can do, so that nothing queues. */
const RATE = 500;
/** Connections and the JVM's compilers have come to rest after this time. */
const WARM_UP_SECONDS = 5;
const SECONDS = 10;
const LIMIT_MS = 150_000;

/**
 * How long all replicas take to acknowledge a record, at a steady rate.
 *
 * @param kafka A client that may make and delete the topic.
 * @param clientFile Properties of the producer, which say where Kafka is.
 */
export async function producerLatency(
    java: Java,
    kafka: KafkaClient,
    clientFile: string,
    topic: string,
): Promise<Latency> {
    const numbers = [RATE, WARM_UP_SECONDS, SECONDS].map(String);
    const output = await withTopic(kafka, topic, () =>
        java.runClient("SteadyLatency", [clientFile, topic, ...numbers], { timeoutMs: LIMIT_MS }),
    );
    return parseLatency(output);
}

/**
 * Reads what `SteadyLatency` prints.
 *
 * @throws Error when there is nothing of it, or not of all records.
 */
export function parseLatency(output: string): Latency {
    const [, count, average, percentile99] = /^(\d+) ([\d.]+) ([\d.]+)$/.exec(output.trim()) ?? [];
    if (Number(count) !== RATE * SECONDS) {
        throw new Error(`SteadyLatency did not send all records: ${output.trim()}`);
    }
    return { average: Number(average), percentile99: Number(percentile99) };
}
