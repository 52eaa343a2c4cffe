import { randomUUID } from "node:crypto";
import { KafkaClient } from "../../tools/client/kafka";

/** Reads every message that a topic has at this moment, in no particular order. */
export async function readTopic(kafka: KafkaClient, topic: string): Promise<string[]> {
    const admin = kafka.admin();
    await admin.connect();
    const ends = await admin.fetchTopicOffsets(topic);
    await admin.disconnect();
    const missing = new Map(
        ends
            .filter(({ low, high }) => BigInt(high) > BigInt(low))
            .map(({ partition, high }) => [partition, BigInt(high) - 1n]),
    );
    const values: string[] = [];
    if (missing.size === 0) {
        return values;
    }
    const consumer = kafka.consumer({ groupId: `kafka-eks-test-${randomUUID()}` });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    try {
        await new Promise<void>((resolve, reject) => {
            const giveUp = setTimeout(
                () =>
                    reject(
                        new Error(
                            `${topic}: partitions not read to their end: ${[...missing.keys()].join()}`,
                        ),
                    ),
                120_000,
            );
            const done = () => {
                clearTimeout(giveUp);
                resolve();
            };
            consumer
                .run({
                    eachMessage: ({ partition, message }) => {
                        values.push(message.value?.toString() ?? "");
                        if (BigInt(message.offset) >= (missing.get(partition) ?? 0n)) {
                            missing.delete(partition);
                        }
                        if (missing.size === 0) {
                            done();
                        }
                        return Promise.resolve();
                    },
                })
                .catch(reject);
        });
    } finally {
        await consumer.disconnect();
    }
    return values;
}

/** The values that were acknowledged and can't be read. */
export function lost(acknowledged: readonly string[], read: readonly string[]): string[] {
    const there = new Set(read);
    return acknowledged.filter((value) => !there.has(value));
}
