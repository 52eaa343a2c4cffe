import { longestGap } from "./statistics";

/** A message whose storage was acknowledged. */
export interface Ack {
    readonly id: number;
    readonly partition: number;
    /** Milliseconds since the load began. */
    readonly time: number;
}

/** A message as it is stored. */
export interface StoredMessage {
    readonly partition: number;
    readonly id: number;
}

/** What `AckedLoad` wrote down. */
export interface AckLog {
    readonly acks: readonly Ack[];
    /** When the last message was sent, in milliseconds since the load began. */
    readonly end: number;
    readonly sent: number;
    /** Messages that the client gave up; they may be stored or not. */
    readonly failed: number;
}

/** How long nothing was acknowledged, in milliseconds. */
export interface Stalls {
    /** Longest time without an acknowledgement from any partition. */
    readonly overall: number;
    /** The same for the partition that had the longest one. */
    readonly worstPartition: number;
}

/**
 * Reads the file that `AckedLoad` writes.
 *
 * @throws Error when it has no end: the load was killed, so nothing can be said about it.
 */
export function parseAckLog(text: string): AckLog {
    const lines = text.trim().split("\n");
    const [word, end, sent, failed] = lines.pop()?.split(" ") ?? [];
    if (word !== "end") {
        throw new Error("the load did not come to its end");
    }
    return {
        acks: lines.filter(Boolean).map((line) => {
            const [id, partition, time] = line.split(" ").map(Number);
            return { id: id!, partition: partition!, time: time! };
        }),
        end: Number(end),
        sent: Number(sent),
        failed: Number(failed),
    };
}

/** The longest stalls of a load. One that lasts until its end counts too. */
export function stallsOf({ acks, end }: AckLog): Stalls {
    const stall = (some: readonly Ack[]) => {
        const times = some.map(({ time }) => time);
        // What was still under way at the end may be acknowledged after it.
        const isOver = times.some((time) => time >= end);
        return longestGap(isOver ? times : [...times, end]);
    };
    const partitions = [...new Set(acks.map(({ partition }) => partition))];
    return {
        overall: stall(acks),
        worstPartition: Math.max(
            0,
            ...partitions.map((one) => stall(acks.filter(({ partition }) => partition === one))),
        ),
    };
}

/** Reads the file that `ReadMessages` writes: the messages of a partition in their order. */
export function parseMessages(text: string): StoredMessage[] {
    const lines = text.split("\n").filter(Boolean);
    return lines.map((line) => {
        const [partition, id] = line.split(" ").map(Number);
        return { partition: partition!, id: id! };
    });
}

/** Ids that were acknowledged and are not among the messages that can be read. */
export function lostIds(acks: readonly Ack[], messages: readonly StoredMessage[]): number[] {
    const there = new Set(messages.map(({ id }) => id));
    return acks.map(({ id }) => id).filter((id) => !there.has(id));
}

/** How many messages are there more often than once, each as often as it is too many. */
export function duplicateCount(messages: readonly StoredMessage[]): number {
    return messages.length - new Set(messages.map(({ id }) => id)).size;
}

/** How many messages stand behind one of their partition that was sent later. What is stored once more does not count. */
export function reorderedCount(messages: readonly StoredMessage[]): number {
    const seen = new Set<number>();
    const highest = new Map<number, number>();
    let count = 0;
    for (const { partition, id } of messages) {
        const before = highest.get(partition) ?? -1;
        if (!seen.has(id) && id < before) {
            count += 1;
        }
        seen.add(id);
        highest.set(partition, Math.max(before, id));
    }
    return count;
}
