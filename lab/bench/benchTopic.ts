import type { KafkaClient } from "../../tools/client/kafka";
import { ensureTopic } from "../../tools/client/topics";

const PARTITIONS = 6;

/** Makes a topic with three replicas, uses it and deletes it. */
export async function withTopic<T>(
    kafka: KafkaClient,
    topic: string,
    use: () => Promise<T>,
): Promise<T> {
    await ensureTopic(kafka, { topic, partitions: PARTITIONS, replicationFactor: 3 });
    const result = await use();
    await removeTopic(kafka, topic);
    return result;
}

/** Deletes a topic. */
export async function removeTopic(kafka: KafkaClient, topic: string): Promise<void> {
    const admin = kafka.admin();
    await admin.connect();
    await admin.deleteTopics({ topics: [topic] });
    await admin.disconnect();
}
