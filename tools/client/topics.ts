import { setTimeout as sleep } from "node:timers/promises";
import { type DirectCluster, type RawMetadata, withDirectCluster } from "./directCluster";
import { KafkaRefusedError, UnknownTopicError } from "./errors";
import { kafkaAnswer } from "./errorFields";
import type { KafkaClient } from "./kafka";

/** A broker as the cluster's metadata has it. */
export interface BrokerDescription {
    readonly id: number;
    readonly host: string;
    readonly port: number;
    readonly isController: boolean;
    /** `broker.rack`, which is the zone. */
    readonly rack?: string;
}

/** A partition as the cluster's metadata has it. */
export interface PartitionDescription {
    readonly partition: number;
    /** Id of the leading broker; `undefined` while the partition is offline. */
    readonly leader?: number;
    readonly replicas: readonly number[];
    readonly isr: readonly number[];
}

/** A topic as the cluster's metadata has it. */
export interface TopicDescription {
    readonly topic: string;
    /** Whether it is one of Kafka's own, such as `__consumer_offsets`. */
    readonly isInternal: boolean;
    /** The topic's `min.insync.replicas`, its default included. */
    readonly minInsyncReplicas: number;
    readonly partitions: readonly PartitionDescription[];
}

/** A cluster's brokers and topics. */
export interface ClusterDescription {
    /** In the order of their ids. */
    readonly brokers: readonly BrokerDescription[];
    /** In the order of their names. */
    readonly topics: readonly TopicDescription[];
}

/** What {@link ensureTopic} makes. */
export interface TopicSpec {
    readonly topic: string;
    readonly partitions: number;
    readonly replicationFactor: number;
    /** Settings of the topic, such as `retention.ms`; used only when it is created. */
    readonly config?: Readonly<Record<string, string>>;
}

/** Error code of a topic that does not exist, in Kafka's protocol. */
const UNKNOWN_TOPIC = 3;
/** Answers to a topic that exists already, or already has that many partitions. */
const ALREADY_DONE = ["TOPIC_ALREADY_EXISTS", "INVALID_PARTITIONS"];
/** How long a new topic may take until every broker knows it and its partitions have leaders. */
const NEW_TOPIC_TIMEOUT_MS = 10_000;
/** How long to look for a topic: a broker may learn of a new topic a moment after the controller. */
const FIND_TOPIC_TIMEOUT_MS = 2_000;
const POLL_MS = 200;

/** Metadata in this project's terms, in a stable order. */
export function describeMetadata(
    metadata: RawMetadata,
    minInsyncReplicas: ReadonlyMap<string, string>,
): ClusterDescription {
    return {
        brokers: metadata.brokers
            .map(({ nodeId, host, port, rack }) => ({
                id: nodeId,
                host,
                port,
                isController: nodeId === metadata.controllerId,
                ...(rack && { rack }),
            }))
            .sort((a, b) => a.id - b.id),
        topics: metadata.topicMetadata
            .map(({ topic, isInternal, partitionMetadata }) => ({
                topic,
                isInternal,
                minInsyncReplicas: Number(minInsyncReplicas.get(topic) ?? 1),
                partitions: partitionMetadata
                    .map(({ partitionId, leader, replicas, isr }) => ({
                        partition: partitionId,
                        ...(leader >= 0 && { leader }),
                        replicas,
                        isr,
                    }))
                    .sort((a, b) => a.partition - b.partition),
            }))
            .sort((a, b) => (a.topic < b.topic ? -1 : 1)),
    };
}

/** Describes a cluster's brokers and topics; a partition without a leader is part of the answer, not an error. */
export async function describeCluster(kafka: KafkaClient): Promise<ClusterDescription> {
    return withDirectCluster(kafka, async (cluster) => {
        const metadata = await cluster.metadata();
        const topics = metadata.topicMetadata.map(({ topic }) => topic);
        return describeMetadata(
            metadata,
            await cluster.topicSetting(topics, "min.insync.replicas"),
        );
    });
}

/** Names of the topics that exist, Kafka's own left out. */
function userTopics({ topicMetadata }: RawMetadata): string[] {
    return topicMetadata
        .filter(({ isInternal }) => !isInternal)
        .map(({ topic }) => topic)
        .sort();
}

/** The error for a topic that does not exist. */
export function unknownTopic(topic: string, existing: readonly string[]): UnknownTopicError {
    const known = existing.length > 0 ? existing.join(", ") : "none";
    return new UnknownTopicError(
        `there is no topic ${JSON.stringify(topic)} (topics that exist: ${known})`,
        "topics are not created by using them: add it to kafka-eks:topics and run pulumi up, or correct --topic",
    );
}

/**
 * Makes sure that a topic exists. A client that used an unknown topic would retry for a while and then report
 * something less clear.
 *
 * @throws {@link UnknownTopicError} with the topics that exist.
 */
export async function requireTopic(kafka: KafkaClient, topic: string): Promise<void> {
    await withDirectCluster(kafka, async (cluster) => {
        const deadline = Date.now() + FIND_TOPIC_TIMEOUT_MS;
        for (;;) {
            const { topicMetadata } = await cluster.metadata([topic]);
            if (topicMetadata[0]?.topicErrorCode !== UNKNOWN_TOPIC) {
                return;
            }
            if (Date.now() > deadline) {
                throw unknownTopic(topic, userTopics(await cluster.metadata()));
            }
            await sleep(POLL_MS);
        }
    });
}

/**
 * Makes sure that a topic exists and has at least so many partitions, each with a leader. A topic that exists keeps
 * its replication factor and settings.
 */
export async function ensureTopic(kafka: KafkaClient, spec: TopicSpec): Promise<void> {
    await withDirectCluster(kafka, (cluster) => ensureTopicOn(cluster, spec));
}

/** {@link ensureTopic} on open connections. */
export async function ensureTopicOn(cluster: DirectCluster, spec: TopicSpec): Promise<void> {
    const { topic, partitions, replicationFactor, config = {} } = spec;
    const before = await partitionsOf(cluster, topic);
    if (before.length >= partitions) {
        return;
    }
    try {
        if (before.length === 0) {
            await cluster.createTopic(topic, { partitions, replicationFactor, config });
        } else {
            await cluster.setPartitions(topic, partitions);
        }
    } catch (error) {
        // Someone else did the same a moment ago, and this broker does not know yet.
        if (!ALREADY_DONE.includes(kafkaAnswer(error) ?? "")) {
            throw error;
        }
    }
    const deadline = Date.now() + NEW_TOPIC_TIMEOUT_MS;
    for (;;) {
        const ready = (await partitionsOf(cluster, topic)).filter(({ leader }) => leader >= 0);
        if (ready.length >= partitions) {
            return;
        }
        if (Date.now() > deadline) {
            throw new KafkaRefusedError(
                `only ${ready.length} of the ${partitions} partitions of the new topic ${topic} ` +
                    `got a leader within ${NEW_TOPIC_TIMEOUT_MS / 1000} s`,
                "read the log of the controller's pod",
            );
        }
        await sleep(POLL_MS);
    }
}

async function partitionsOf(
    cluster: DirectCluster,
    topic: string,
): Promise<RawMetadata["topicMetadata"][number]["partitionMetadata"]> {
    const { topicMetadata } = await cluster.metadata([topic]);
    return topicMetadata.find((found) => found.topic === topic)?.partitionMetadata ?? [];
}
