import { randomUUID } from "node:crypto";
import { HEALTH } from "../../components/kafka/names";
import { maxMinIsr, MIN_ISR } from "../../components/kafka/replication";
import { setTimeout as sleep } from "node:timers/promises";
import { type DirectCluster, withDirectCluster } from "../client/directCluster";
import { describeFault } from "../client/describeFault";
import type { KafkaClient } from "../client/kafka";
import { ensureTopicOn, type TopicSpec } from "../client/topics";

const REPLICATION_FACTOR = 3;
/** One hour: the messages are of no use once they were read. */
const RETENTION_MS = 60 * 60 * 1000;
const REQUEST_TIMEOUT_MS = 5_000;
const PAUSE_MS = 300;

/** What became of the message to one partition. */
export interface PartitionTrip {
    readonly partition: number;
    /** Why it failed. */
    readonly fault?: string;
}

/** What became of the messages through one listener. */
export interface RoundTrip {
    readonly trips: readonly PartitionTrip[];
    /** Addresses that the brokers gave, in the order of their ids. */
    readonly advertised: readonly string[];
    readonly milliseconds: number;
}

/**
 * Sends one message to every partition of the health check's topic, which is created if need be, with acks=all, and
 * reads exactly these messages back.
 *
 * @param deadlineMs How long to try again what failed, as during an election; afterwards the last fault counts.
 */
export async function roundTrip(kafka: KafkaClient, deadlineMs: number): Promise<RoundTrip> {
    return withDirectCluster(kafka, async (cluster) => {
        const deadline = Date.now() + deadlineMs;
        const { brokers } = await cluster.metadata();
        await ensureTopicOn(cluster, healthTopic(brokers.length));
        const start = Date.now();
        const { topicMetadata } = await cluster.metadata([HEALTH]);
        const partitions = topicMetadata.flatMap(({ partitionMetadata }) =>
            partitionMetadata.map(({ partitionId }) => partitionId).sort((a, b) => a - b),
        );
        const trips = await Promise.all(
            partitions.map((partition) => tripUntil(cluster, partition, deadline)),
        );
        return {
            trips,
            advertised: [...brokers]
                .sort((a, b) => a.nodeId - b.nodeId)
                .map(({ host, port }) => `${host}:${port}`),
            milliseconds: Date.now() - start,
        };
    });
}

/**
 * The health check's topic. It may be made while brokers are missing, so its min ISR is one of its own, below its replicas:
 * with too few replicas for the brokers' min ISR it would take no writes, and keep `up` from every restart.
 */
export function healthTopic(brokers: number): TopicSpec {
    const replicationFactor = Math.min(REPLICATION_FACTOR, brokers);
    return {
        topic: HEALTH,
        partitions: brokers,
        replicationFactor,
        config: {
            "retention.ms": String(RETENTION_MS),
            [MIN_ISR]: String(maxMinIsr(replicationFactor)),
        },
    };
}

async function tripUntil(
    cluster: DirectCluster,
    partition: number,
    deadline: number,
): Promise<PartitionTrip> {
    for (;;) {
        try {
            await trip(cluster, partition);
            return { partition };
        } catch (error) {
            if (Date.now() + PAUSE_MS > deadline) {
                return { partition, fault: describeFault(error).message };
            }
            await sleep(PAUSE_MS);
        }
    }
}

async function trip(cluster: DirectCluster, partition: number): Promise<void> {
    const { brokers, topicMetadata } = await cluster.metadata([HEALTH]);
    const leader = topicMetadata[0]?.partitionMetadata.find(
        ({ partitionId }) => partitionId === partition,
    )?.leader;
    const broker = brokers.find(({ nodeId }) => nodeId === leader);
    if (broker === undefined) {
        throw new Error("the partition has no leader");
    }
    const sent = { key: randomUUID(), value: `health check of ${new Date().toISOString()}` };
    const offset = await cluster.produce(broker, HEALTH, partition, sent, REQUEST_TIMEOUT_MS);
    const messages = await cluster.fetch(broker, HEALTH, partition, offset, REQUEST_TIMEOUT_MS);
    const read = messages.find((message) => message.offset === offset);
    if (read?.key?.toString() !== sent.key || read.value?.toString() !== sent.value) {
        throw new Error(`the message at offset ${offset} is not the one that was sent`);
    }
}
