import { randomUUID } from "node:crypto";
import type { Consumer, KafkaMessage } from "kafkajs";
import { LONGEST_TIMER_MS, withDeadline } from "../cli/deadline";
import { TimeoutError } from "../cli/errors";
import { diagnose, findLateFault } from "./diagnose";
import { withDirectCluster } from "./directCluster";
import { faultOf, kafkaAnswer } from "./errorFields";
import type { KafkaClient } from "./kafka";
import { findEnd, type TopicEnd } from "./topicEnd";
import { requireTopic } from "./topics";

/** A message as it was read. */
export interface Incoming {
    readonly topic: string;
    readonly partition: number;
    readonly offset: string;
    readonly key: string | null;
    /** `null` for a tombstone. */
    readonly value: string | null;
    /** Milliseconds since 1970. */
    readonly timestamp: number;
}

/** What to read and when to stop. */
export interface ConsumeOptions {
    readonly topic: string;
    /** Whether to read what is already there, or only what arrives from now on. */
    readonly fromBeginning: boolean;
    /**
     * Whether it ends once all is read that was there at its start; with `fromBeginning` only.
     *
     * @default false
     */
    readonly toEnd?: boolean;
    /**
     * Ends after so many messages.
     *
     * @default - Only time ends it, or the end of the topic.
     */
    readonly maxMessages?: number;
    /** Ends after this time; `Infinity` for never. */
    readonly timeoutMs: number;
    readonly onMessage: (message: Incoming) => void | Promise<void>;
    /** Called once messages are waited for: those sent from now on are read. */
    readonly onReady?: () => void;
    /** Ends it early. */
    readonly signal?: AbortSignal;
}

/** What came of it. */
export interface Consumed {
    readonly received: number;
    /** Whether time was up before anything else ended it. */
    readonly timedOut: boolean;
}

/** A stop waits for the running fetch, so one fetch must not wait long for messages. */
const MAX_WAIT_MS = 500;
const CLEAN_UP_TIMEOUT_MS = 5_000;
/** Answers of a group's coordinator that has just been made, or has just moved. How long that lasts depends on the brokers. */
const PASSING_ANSWERS = ["GROUP_LOAD_IN_PROGRESS", "NOT_COORDINATOR_FOR_GROUP"];

/**
 * Reads messages of all partitions until there are enough of them, all were read, or time is up. It joins under a random consumer
 * group that commits nothing and is deleted at the end, so no trace of it stays on the brokers.
 *
 * @throws A {@link UserError} for a fault with an address or the topic; otherwise kafkajs's error.
 */
export async function consume(kafka: KafkaClient, options: ConsumeOptions): Promise<Consumed> {
    const groupId = `kafka-eks-client-${randomUUID()}`;
    const progress: Progress = { received: 0, ready: false, ended: false };
    const consumer = kafka.consumer({
        groupId,
        allowAutoTopicCreation: false,
        maxWaitTimeInMs: MAX_WAIT_MS,
        // Other restarts would hide what is wrong until time is up; the retries before them outlast an election.
        retry: { restartOnFailure: (error) => Promise.resolve(!progress.ended && passes(error)) },
    });
    const end = endOf(options);
    try {
        const reason = await Promise.race([
            end.promise,
            readTopic(kafka, consumer, options, progress),
        ]);
        if (reason === "time" && !progress.ready) {
            // Not even able to listen: find out why, instead of saying that there were no messages.
            const late = new TimeoutError("time was up", "try again with a longer --timeout");
            const fault = (await findLateFault(kafka, late)) ?? progress.hindrance;
            if (fault !== undefined) {
                throw fault;
            }
        }
        return { received: progress.received, timedOut: reason === "time" };
    } catch (error) {
        throw await diagnose(kafka, await coordinatorFault(kafka, groupId, error));
    } finally {
        end.cancel();
        progress.ended = true;
        await leave(consumer);
        if (progress.ready) {
            await deleteGroup(kafka, groupId);
        }
    }
}

/** Resolves when time is up or the caller has had enough. */
function endOf({ timeoutMs, signal }: ConsumeOptions): {
    promise: Promise<"time" | "stopped">;
    cancel: () => void;
} {
    let resolve!: (reason: "time" | "stopped") => void;
    const promise = new Promise<"time" | "stopped">((settle) => (resolve = settle));
    const timer = setTimeout(() => resolve("time"), Math.min(timeoutMs, LONGEST_TIMER_MS));
    const stop = () => resolve("stopped");
    if (signal?.aborted) {
        stop();
    }
    signal?.addEventListener("abort", stop, { once: true });
    return {
        promise,
        cancel: () => {
            clearTimeout(timer);
            signal?.removeEventListener("abort", stop);
        },
    };
}

/** How far the reading is. */
interface Progress {
    received: number;
    /** Whether messages are waited for. */
    ready: boolean;
    /** Whether nobody waits for it any more. */
    ended: boolean;
    /** Why messages were not waited for at the last attempt. */
    hindrance?: Error;
}

function passes(error: Error): boolean {
    return PASSING_ANSWERS.includes(kafkaAnswer(error) ?? "");
}

/** Reads a topic once it is found to be there. */
async function readTopic(
    kafka: KafkaClient,
    consumer: Consumer,
    options: ConsumeOptions,
    progress: Progress,
): Promise<"enough"> {
    await requireTopic(kafka, options.topic);
    const end = options.toEnd ? await findEnd(kafka, options.topic) : undefined;
    return end?.isReached ? "enough" : read(consumer, options, progress, end);
}

/** Runs the consumer until there are enough messages, or all to the end; rejects when it or the caller's handler fails. */
async function read(
    consumer: Consumer,
    { topic, fromBeginning, maxMessages = Infinity, onMessage, onReady }: ConsumeOptions,
    progress: Progress,
    end: TopicEnd | undefined,
): Promise<"enough"> {
    if (progress.ended) {
        // Time was up while the topic was looked for; nobody would stop a consumer that starts now.
        return "enough";
    }
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning });
    return new Promise((resolve, reject) => {
        consumer.on(consumer.events.CRASH, ({ payload: { error, restart } }) => {
            progress.hindrance = error;
            if (!restart) {
                reject(error);
            }
        });
        consumer.on(consumer.events.GROUP_JOIN, () => {
            if (!progress.ready) {
                progress.ready = true;
                onReady?.();
            }
        });
        // Beside the messages: the last offset may be a transaction's end, which is none.
        consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
            end?.note(payload.partition, payload.lastOffset);
            if (end?.isReached) {
                resolve("enough");
            }
        });
        const run = consumer.run({
            autoCommit: false,
            eachMessage: async ({ partition, message }) => {
                // The rest of a batch still comes after the last message that was wanted.
                if (progress.ended || progress.received >= maxMessages) {
                    return;
                }
                // A partition that is read to its end gets new messages while others are not.
                if (end?.includes(partition, message.offset) === false) {
                    return;
                }
                progress.received += 1;
                try {
                    await onMessage(incoming(topic, partition, message));
                } catch (error) {
                    // kafkajs would read the message again; the caller wants to know.
                    reject(error instanceof Error ? error : new Error(String(error)));
                }
                if (progress.received >= maxMessages) {
                    resolve("enough");
                }
            },
        });
        run.catch(reject);
    });
}

function incoming(topic: string, partition: number, message: KafkaMessage): Incoming {
    return {
        topic,
        partition,
        offset: message.offset,
        key: message.key?.toString() ?? null,
        value: message.value?.toString() ?? null,
        timestamp: Number(message.timestamp),
    };
}

/** Why a group has no coordinator, if that is the error: kafkajs does not say it. */
async function coordinatorFault(
    kafka: KafkaClient,
    groupId: string,
    error: unknown,
): Promise<unknown> {
    if (faultOf(error).name !== "KafkaJSGroupCoordinatorNotFound") {
        return error;
    }
    return withDirectCluster(kafka, (cluster) => cluster.requireCoordinator(groupId)).then(
        () => error,
        (reason: unknown) => reason,
    );
}

/** Leaves the group, which ends by itself if that fails. */
async function leave(consumer: Consumer): Promise<void> {
    await withDeadline(consumer.disconnect(), CLEAN_UP_TIMEOUT_MS, "the consumer to leave").catch(
        () => undefined,
    );
}

/**
 * Deletes the group. Failures don't matter: nothing was committed, and brokers forget an empty group without offsets
 * by themselves.
 */
async function deleteGroup(kafka: KafkaClient, groupId: string): Promise<void> {
    const admin = kafka.admin({ retry: { retries: 1 } });
    const work = admin.connect().then(() => admin.deleteGroups([groupId]));
    await withDeadline(work, CLEAN_UP_TIMEOUT_MS, "the group to be deleted").catch(() => undefined);
    await admin.disconnect().catch(() => undefined);
}
