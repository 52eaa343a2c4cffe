import { Partitioners } from "kafkajs";
import { withDeadline } from "../cli/deadline";
import { type Compression, COMPRESSIONS } from "./codecs";
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
    /**
     * How it is compressed on its way; the topic may have its own way to store it.
     *
     * @default "none"
     */
    readonly compression?: Compression;
    /**
     * Gives up after this time.
     *
     * @default Infinity
     */
    readonly timeoutMs?: number;
}

/** Where a message was stored. */
export interface Stored {
    readonly partition: number;
    readonly offset: string;
}

/**
 * Sends a message and waits until every in-sync replica has it (acks=all).
 *
 * @throws A {@link UserError} for a fault with an address or the topic, or when time is up; otherwise kafkajs's error.
 */
export async function produce(kafka: KafkaClient, message: Outgoing): Promise<Stored> {
    const { topic, timeoutMs = Infinity } = message;
    try {
        return await withDeadline(
            send(kafka, message),
            timeoutMs,
            `the acknowledgement of topic ${topic}`,
        );
    } catch (error) {
        throw await diagnose(kafka, error);
    }
}

async function send(
    kafka: KafkaClient,
    { topic, key, value, compression = "none" }: Outgoing,
): Promise<Stored> {
    const producer = kafka.producer({
        allowAutoTopicCreation: false,
        // The same partition for a key as Java's clients choose; named, because kafkajs warns about its default.
        createPartitioner: Partitioners.DefaultPartitioner,
    });
    try {
        await requireTopic(kafka, topic);
        await producer.connect();
        const [stored] = await producer.send({
            topic,
            acks: -1,
            compression: COMPRESSIONS[compression],
            messages: [{ key, value }],
        });
        return { partition: stored!.partition, offset: stored!.baseOffset ?? "unknown" };
    } finally {
        await producer.disconnect();
    }
}
