import type { KafkaClient } from "../../tools/client/kafka";

/**
 * Sends a message to each partition of a topic, and so through each broker that leads one.
 *
 * @param acknowledged Where each message is added as soon as it is acknowledged by all replicas.
 */
export async function sendToPartitions(
    kafka: KafkaClient,
    topic: string,
    {
        partitions,
        text,
        acknowledged,
    }: { readonly partitions: number; readonly text: string; readonly acknowledged: string[] },
): Promise<void> {
    const producer = kafka.producer();
    await producer.connect();
    for (let partition = 0; partition < partitions; partition++) {
        const value = `${text} to partition ${partition}`;
        await producer.send({ topic, acks: -1, messages: [{ partition, value }] });
        acknowledged.push(value);
    }
    await producer.disconnect();
}
