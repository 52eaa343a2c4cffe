import type { KafkaClient } from "./kafka";

/** What a partition holds: from its first offset to that of the next message. */
interface PartitionOffsets {
    readonly partition: number;
    readonly low: string;
    readonly high: string;
}

/** The end of a topic at one moment, and how far it is read. */
export class TopicEnd {
    private readonly ends: ReadonlyMap<number, bigint>;
    private readonly open: Set<number>;

    constructor(offsets: readonly PartitionOffsets[]) {
        this.ends = new Map(offsets.map(({ partition, high }) => [partition, BigInt(high)]));
        this.open = new Set(
            offsets
                .filter(({ low, high }) => BigInt(low) < BigInt(high))
                .map(({ partition }) => partition),
        );
    }

    /** Whether all that was there is read. */
    get isReached(): boolean {
        return this.open.size === 0;
    }

    /** Whether a message was there at that moment. */
    includes(partition: number, offset: string): boolean {
        return BigInt(offset) < (this.ends.get(partition) ?? 0n);
    }

    /** Notes that a partition is read up to an offset, that one included. */
    note(partition: number, offset: string): void {
        if (!this.includes(partition, String(BigInt(offset) + 1n))) {
            this.open.delete(partition);
        }
    }
}

/** The end of a topic now: what consumers can read, so without transactions that are still open. */
export async function findEnd(kafka: KafkaClient, topic: string): Promise<TopicEnd> {
    const admin = kafka.admin();
    try {
        await admin.connect();
        return new TopicEnd(await admin.fetchTopicOffsets(topic));
    } finally {
        await admin.disconnect();
    }
}
