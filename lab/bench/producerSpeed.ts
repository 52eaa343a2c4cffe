import type { KafkaClient } from "../../tools/client/kafka";
import type { Java } from "./java";
import { withTopic } from "./benchTopic";

const RECORDS = 150_000;
const RECORD_BYTES = 1_000;
const LIMIT_MS = 180_000;

/**
 * How many MiB a second Kafka's own `ProducerPerformance` gets acknowledged by all replicas.
 *
 * @param kafka A client that may make and delete the topic.
 * @param clientFile Properties of the producer, which say where Kafka is.
 */
export async function producerSpeed(
    java: Java,
    kafka: KafkaClient,
    clientFile: string,
    topic: string,
): Promise<number> {
    const output = await withTopic(kafka, topic, () =>
        java.runClient(
            "org.apache.kafka.tools.ProducerPerformance",
            [
                ...["--topic", topic],
                ...["--num-records", String(RECORDS)],
                ...["--record-size", String(RECORD_BYTES)],
                ...["--throughput", "-1"],
                ...["--producer.config", clientFile],
                ...["--producer-props", "acks=all"],
            ],
            { timeoutMs: LIMIT_MS },
        ),
    );
    return parseSpeed(output);
}

/**
 * The rate in the last line of `ProducerPerformance`, in MiB a second.
 *
 * @throws Error when there is none.
 */
export function parseSpeed(output: string): number {
    const last = output.trim().split("\n").at(-1) ?? "";
    const [, rate] = /records\/sec \(([\d.]+) MB\/sec\)/.exec(last) ?? [];
    if (rate === undefined || !last.startsWith(`${RECORDS} records sent`)) {
        throw new Error(`ProducerPerformance did not send all records: ${last}`);
    }
    return Number(rate);
}
