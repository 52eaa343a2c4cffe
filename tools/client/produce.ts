import { Partitioners } from "kafkajs";
import { diagnose } from "./diagnose";
import type { KafkaClient } from "./kafka";
import { requireTopic } from "./topics";

/** A message to send. */
export interface Outgoing {
    readonly topic: string;
    /**
     * Messages with the same key go to the same partition.
     *
     * @default - The partition is chosen at random.
     */
    readonly key?: string;
    readonly value: string;
}

/** Where a message was stored. */
export interface Stored {
    readonly partition: number;
    readonly offset: string;
}

/**
 * Sends a message and waits until every in-sync replica has it (acks=all).
 *
 * @throws A {@link ClientError} for a fault with an address or the topic; otherwise kafkajs's error.
 */
export async function produce(
    kafka: KafkaClient,
    { topic, key, value }: Outgoing,
): Promise<Stored> {
    const producer = kafka.producer({
        allowAutoTopicCreation: false,
        // The same partition for a key as Java's clients choose; named, because kafkajs warns about its default.
        createPartitioner: Partitioners.DefaultPartitioner,
    });
    try {
        await requireTopic(kafka, topic);
        await producer.connect();
        const [stored] = await producer.send({ topic, acks: -1, messages: [{ key, value }] });
        return { partition: stored!.partition, offset: stored!.baseOffset ?? "unknown" };
    } catch (error) {
        throw await diagnose(kafka, error);
    } finally {
        await producer.disconnect();
    }
}
