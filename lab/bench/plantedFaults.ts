import { produce } from "../../tools/client/produce";
import { setTimeout as sleep } from "node:timers/promises";
import { waitFor } from "../wait";
import type { Java } from "./java";
import { type LoadResult, underLoad } from "./load";
import type { RunningKafka } from "./runningKafka";

const TOPIC = "bench-planted";
/** How long messages are acknowledged before one of them is removed. */
const LOAD_MS = 3_000;
const LIMIT_SECONDS = 60;

/**
 * Shows that a load counts what is lost and what is stored twice: the first message of a partition is removed after it
 * was acknowledged, and another one is sent once more.
 *
 * @throws Error when exactly these two are not found: what the load counts says nothing then.
 */
export async function findPlantedFaults(
    tools: { readonly java: Java; readonly directory: string },
    kafka: RunningKafka,
): Promise<LoadResult> {
    const found = await underLoad(tools, kafka, TOPIC, async () => {
        await sleep(LOAD_MS);
        // On a busy machine the leader may have just moved.
        await waitFor("the removal of a message", LIMIT_SECONDS, () => removeFirst(kafka, 0));
        // Message 1 is the first one of partition 1.
        await produce(kafka.client(), { topic: TOPIC, value: "1" });
    });
    checkPlanted(found);
    return found;
}

/** @throws Error unless one message was lost and one stored twice. */
export function checkPlanted({ lost, duplicates }: LoadResult): void {
    if (lost !== 1 || duplicates !== 1) {
        throw new Error(
            `counter of losses: expected the planted loss and the planted duplicate, got ${lost} lost and ${duplicates} duplicates`,
        );
    }
}

async function removeFirst(kafka: RunningKafka, partition: number): Promise<true> {
    const admin = kafka.client().admin();
    await admin.connect();
    try {
        // Otherwise the library does not know the topic's brokers.
        await admin.fetchTopicOffsets(TOPIC);
        await admin.deleteTopicRecords({ topic: TOPIC, partitions: [{ partition, offset: "1" }] });
        return true;
    } finally {
        await admin.disconnect();
    }
}
