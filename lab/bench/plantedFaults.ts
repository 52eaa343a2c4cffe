import { setTimeout as sleep } from "node:timers/promises";
import { Partitioners } from "kafkajs";
import { waitFor } from "../wait";
import type { Java } from "./java";
import { type LoadResult, underLoad } from "./load";
import type { RunningKafka } from "./runningKafka";

const TOPIC = "bench-planted";
/** How long messages are acknowledged before one of them is removed. */
const LOAD_MS = 3_000;
const LIMIT_SECONDS = 60;

/**
 * Shows that a load counts what is lost, stored twice, or out of order. The first messages of three partitions are the
 * victims, after they were acknowledged: one is removed, one is sent once more, one is removed and sent once more.
 *
 * @throws Error when exactly these three are not found: what the load counts says nothing then.
 */
export async function findPlantedFaults(
    tools: { readonly java: Java; readonly directory: string },
    kafka: RunningKafka,
): Promise<LoadResult> {
    const found = await underLoad(tools, kafka, TOPIC, async () => {
        await sleep(LOAD_MS);
        // On a busy machine the leader may have just moved.
        await waitFor("the removal of messages", LIMIT_SECONDS, () => removeFirst(kafka, [0, 2]));
        await sendFirst(kafka, [1, 2]);
    });
    checkPlanted(found);
    return found;
}

/** @throws Error unless one message was lost, one stored twice and one out of order. */
export function checkPlanted({ lost, duplicates, reordered }: LoadResult): void {
    if (lost !== 1 || duplicates !== 1 || reordered !== 1) {
        throw new Error(
            "counter of losses: expected what was planted, 1 lost, 1 twice and 1 out of order, " +
                `got ${lost} lost, ${duplicates} twice and ${reordered} out of order`,
        );
    }
}

/** Removes the first message of some partitions. */
async function removeFirst(kafka: RunningKafka, partitions: readonly number[]): Promise<true> {
    const admin = kafka.client().admin();
    await admin.connect();
    try {
        // Otherwise the library does not know the topic's brokers.
        await admin.fetchTopicOffsets(TOPIC);
        await admin.deleteTopicRecords({
            topic: TOPIC,
            partitions: partitions.map((partition) => ({ partition, offset: "1" })),
        });
        return true;
    } finally {
        await admin.disconnect();
    }
}

/** Sends the first message of some partitions once more: of those that the load sends, its number is the partition's. */
async function sendFirst(kafka: RunningKafka, partitions: readonly number[]): Promise<void> {
    const producer = kafka.client().producer({
        allowAutoTopicCreation: false,
        // Named, because kafkajs warns about its default; the partitions are given.
        createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    try {
        const messages = partitions.map((partition) => ({ partition, value: String(partition) }));
        await producer.send({ topic: TOPIC, acks: -1, messages });
    } finally {
        await producer.disconnect();
    }
}
