import type { KafkaClient } from "../client/kafka";
import { ensureTopic } from "../client/topics";
import type { Java } from "./java";

const PARTITIONS = 6;
const RECORDS = 150_000;
const RECORD_BYTES = 1_000;
const LIMIT_MS = 180_000;

/**
 * How many MB a second Kafka's own `ProducerPerformance` gets acknowledged by all replicas. Its topic is made before
 * and deleted afterwards.
 */
export async function producerSpeed(
    java: Java,
    kafka: KafkaClient,
    bootstrap: string,
    topic: string,
): Promise<number> {
    await ensureTopic(kafka, { topic, partitions: PARTITIONS, replicationFactor: 3 });
    const output = await java.runClient(
        "org.apache.kafka.tools.ProducerPerformance",
        [
            ...["--topic", topic],
            ...["--num-records", String(RECORDS)],
            ...["--record-size", String(RECORD_BYTES)],
            ...["--throughput", "-1"],
            ...["--producer-props", "acks=all", `bootstrap.servers=${bootstrap}`],
        ],
        { timeoutMs: LIMIT_MS },
    );
    const admin = kafka.admin();
    await admin.connect();
    await admin.deleteTopics({ topics: [topic] });
    await admin.disconnect();
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
