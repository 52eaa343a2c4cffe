import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ensureTopic } from "../../tools/client/topics";
import {
    type AckLog,
    duplicateCount,
    lostIds,
    parseAckLog,
    parseMessages,
    reorderedCount,
    stallsOf,
    type StoredMessage,
} from "./ackLog";
import { withClientFile } from "./clientFile";
import { ended, type Java } from "./java";
import { waitFor } from "../wait";
import type { RunningKafka } from "./runningKafka";

/** What a load on a Kafka found out while something happened to it. */
export interface LoadResult {
    /** Longest time without any acknowledgement, in seconds. */
    readonly stall: number;
    /** The same for the partition that had the longest one. */
    readonly worstPartitionStall: number;
    readonly sent: number;
    readonly acknowledged: number;
    /** Messages that the client gave up. */
    readonly failed: number;
    /** Messages that were acknowledged and can't be read. */
    readonly lost: number;
    /** Messages that can be read more than once, each as often as it is too many. */
    readonly duplicates: number;
    /** Messages that stand behind one of their partition that was sent later. */
    readonly reordered: number;
}

/** Messages per second of every load. */
export const RATE = 500;
const PARTITIONS = 12;
/** Acknowledgements flow before something happens and after it. */
const MARGIN_MS = 5_000;
/** On a busy machine a client takes this long to start at most. */
const START_SECONDS = 60;
/** The load stops by itself after this time, and 120 s later its client has given up everything. */
const MAX_SECONDS = 480;

/**
 * Sends numbered messages with acks=all while something happens to a Kafka, then reads everything back.
 *
 * @param name Names the topic, which must be new.
 */
export function underLoad(
    tools: { readonly java: Java; readonly directory: string },
    kafka: RunningKafka,
    name: string,
    happening: () => Promise<void>,
): Promise<LoadResult> {
    const { security, bootstrap } = kafka;
    return withClientFile(tools.directory, { ...security, bootstrap }, (clientFile) =>
        sendAndRead({ ...tools, clientFile }, kafka, name, happening),
    );
}

async function sendAndRead(
    {
        java,
        directory,
        clientFile,
    }: { readonly java: Java; readonly directory: string; readonly clientFile: string },
    kafka: RunningKafka,
    name: string,
    happening: () => Promise<void>,
): Promise<LoadResult> {
    const ackLog = join(directory, `${name}-acks`);
    const clientLog = join(directory, `${name}-client.log`);
    const stored = join(directory, `${name}-stored`);
    const topic = { topic: name, partitions: PARTITIONS, replicationFactor: kafka.mostReplicas };
    await ensureTopic(kafka.client(), topic);
    const numbers = [PARTITIONS, RATE, MAX_SECONDS].map(String);
    const client = java.startClient("AckedLoad", [clientFile, name, ...numbers, ackLog], clientLog);
    try {
        await waitFor(
            "the first acknowledgements",
            START_SECONDS,
            () => client.exitCode !== null || statSync(ackLog).size > 0,
        );
        await sleep(MARGIN_MS);
        await happening();
        await sleep(MARGIN_MS);
    } finally {
        client.stdin?.end();
        await ended(client);
    }
    if (client.exitCode !== 0) {
        throw new Error(`the load failed: ${readFileSync(clientLog, "utf8").slice(-2_000)}`);
    }
    const acks = parseAckLog(readFileSync(ackLog, "utf8"));
    const from = [clientFile, name, String(PARTITIONS)];
    await java.runClient("ReadMessages", [...from, stored], { timeoutMs: 150_000 });
    return resultOf(acks, parseMessages(readFileSync(stored, "utf8")));
}

/** Sums up a load. */
export function resultOf(log: AckLog, messages: readonly StoredMessage[]): LoadResult {
    const { overall, worstPartition } = stallsOf(log);
    return {
        stall: overall / 1000,
        worstPartitionStall: worstPartition / 1000,
        sent: log.sent,
        acknowledged: log.acks.length,
        failed: log.failed,
        lost: lostIds(log.acks, messages).length,
        duplicates: duplicateCount(messages),
        reordered: reorderedCount(messages),
    };
}
