import type { KafkaClient } from "../../tools/client/kafka";
import { describeCluster } from "../../tools/client/topics";

/** Whether every replica of a topic is in sync. */
export async function isInSync(kafka: KafkaClient, topic: string): Promise<boolean> {
    const { topics } = await describeCluster(kafka);
    const { partitions } = topics.find((each) => each.topic === topic)!;
    return partitions.every(({ isr, replicas }) => isr.length === replicas.length);
}
