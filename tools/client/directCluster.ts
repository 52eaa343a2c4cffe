import type { Kafka } from "kafkajs";
import { type Address, parseAddress } from "../../components/kafka/addresses";
import { firstAnswer } from "./firstAnswer";
import type { KafkaClient } from "./kafka";
import * as metadataRequests from "kafkajs/src/protocol/requests/metadata";

/**
 * kafkajs's public interface can't answer two questions of a health check. Its metadata calls throw as soon as one
 * partition of the cluster is without a leader, so it can't say which; and reading a message takes a consumer group
 * with its rebalance of three seconds and its traces on the brokers. The parts below that interface can do both, with
 * the same connections, TLS, SASL and socket factory. This file is the only one that knows them. kafkajs is pinned to
 * one exact version; a unit test fails if these parts move.
 */
interface Broker {
    readonly connectionPool: {
        send(exchange: object): Promise<unknown>;
    };
    connect(): Promise<void>;
    disconnect(): Promise<void>;
    readonly versions: Readonly<Record<number, { minVersion: number; maxVersion: number }>>;
    produce(request: object): Promise<{
        topics: { partitions: { partition: number; baseOffset: string }[] }[];
    }>;
    fetch(request: object): Promise<{
        responses: { partitions: { messages: FetchedMessage[] }[] }[];
    }>;
    findGroupCoordinator(request: object): Promise<unknown>;
    createTopics(request: object): Promise<unknown>;
    createPartitions(request: object): Promise<unknown>;
    describeConfigs(request: object): Promise<{
        resources: {
            resourceName: string;
            configEntries: { configName: string; configValue: string }[];
        }[];
    }>;
}

interface Cluster {
    readonly rootLogger: object;
    readonly brokerPool: {
        createBroker(options: object): Broker;
        /** Tries again what failed, as often as the client is told to. */
        retrier<T>(attempt: () => Promise<T>): Promise<T>;
    };
    readonly connectionPoolBuilder: {
        build(address: { host: string; port: number }): Promise<object>;
    };
}

/** A message as the broker has it. */
export interface FetchedMessage {
    readonly offset: string;
    readonly key: Buffer | null;
    readonly value: Buffer | null;
}

/** What a broker knows about the cluster, errors of partitions included. */
export interface RawMetadata {
    readonly brokers: readonly {
        readonly nodeId: number;
        readonly host: string;
        readonly port: number;
        readonly rack?: string | null;
    }[];
    readonly controllerId: number;
    readonly topicMetadata: readonly {
        readonly topicErrorCode: number;
        readonly topic: string;
        readonly isInternal: boolean;
        readonly partitionMetadata: readonly {
            readonly partitionErrorCode: number;
            readonly partitionId: number;
            /** -1 without a leader. */
            readonly leader: number;
            readonly replicas: readonly number[];
            readonly isr: readonly number[];
        }[];
    }[];
}

const METADATA_KEY = 3;
/** The first version with racks and the controller; every broker since 0.10 has it. */
const OLDEST_METADATA = 1;
/** In Kafka's protocol, what has a coordinator: a consumer group. */
const GROUP_COORDINATOR = 0;
/** In Kafka's protocol, the type of a topic among the resources that have a configuration. */
const TOPIC_RESOURCE = 2;
const CREATE_CLUSTER = "private:Kafka:createCluster";
const NEXT_BROKER_MS = 1_000;
/** A broker looks up the topics of a question one by one, and the client waits 10 s for all of them. */
const TOPICS_AT_ONCE = 1_000;

/** Makes the cluster object that kafkajs puts under its producers and admins. */
function createCluster(kafka: Kafka): Cluster {
    const key = Object.getOwnPropertySymbols(kafka).find(
        ({ description }) => description === CREATE_CLUSTER,
    );
    const create = (
        key && (kafka as unknown as Record<symbol, (options: object) => Cluster>)[key]
    )?.bind(kafka);
    if (create === undefined) {
        throw new Error(`this version of kafkajs has no ${CREATE_CLUSTER}`);
    }
    return create({ allowAutoTopicCreation: false });
}

function requireAddress(text: string): Address {
    const address = parseAddress(text);
    if (address === undefined) {
        throw new Error(`${text} is no address host:port`);
    }
    return address;
}

/** Single requests to chosen brokers. Must be closed. */
export class DirectCluster {
    private readonly cluster: Cluster;
    private readonly bootstrap: readonly Address[];
    private readonly brokers = new Map<string, Promise<Broker>>();
    /** Those of them that have answered. */
    private readonly opened = new Set<Broker>();
    private seed?: Address;

    /** @param nextBrokerMs How long one bootstrap address may be silent before the next one is asked, too. */
    constructor(
        kafka: KafkaClient,
        private readonly nextBrokerMs = NEXT_BROKER_MS,
    ) {
        this.cluster = createCluster(kafka);
        this.bootstrap = kafka.bootstrap.map(requireAddress);
    }

    /** Asks a broker for the cluster's metadata; without `topics`, for all of them. Topics are never created by it. */
    async metadata(topics: readonly string[] = []): Promise<RawMetadata> {
        const broker = await this.anyBroker();
        const range = broker.versions[METADATA_KEY]!;
        const version = Math.max(
            ...metadataRequests.versions
                .map(Number)
                .filter((known) => known >= Math.max(range.minVersion, OLDEST_METADATA))
                .filter((known) => known <= range.maxVersion),
        );
        const { request, response } = metadataRequests.protocol({ version })({
            topics,
            allowAutoTopicCreation: false,
        });
        // kafkajs's own parser throws on the first partition with an error; the answer is wanted as it is.
        const parse = (data: unknown) => Promise.resolve(data);
        const answer = await broker.connectionPool.send({
            request,
            response: { ...response, parse },
        });
        return answer as RawMetadata;
    }

    /** Appends a message with acks=all and returns its offset. */
    async produce(
        address: Address,
        topic: string,
        partition: number,
        message: { key: string; value: string },
        timeoutMs: number,
    ): Promise<string> {
        const broker = await this.broker(address);
        const { topics } = await broker.produce({
            acks: -1,
            timeout: timeoutMs,
            topicData: [
                { topic, partitions: [{ partition, firstSequence: 0, messages: [message] }] },
            ],
        });
        return topics[0]!.partitions[0]!.baseOffset;
    }

    /** Reads the messages of a partition from an offset on. */
    async fetch(
        address: Address,
        topic: string,
        partition: number,
        offset: string,
        timeoutMs: number,
    ): Promise<FetchedMessage[]> {
        const broker = await this.broker(address);
        const { responses } = await broker.fetch({
            replicaId: -1,
            isolationLevel: 0,
            maxWaitTime: timeoutMs,
            topics: [
                { topic, partitions: [{ partition, fetchOffset: offset, maxBytes: 1024 * 1024 }] },
            ],
        });
        return responses.flatMap(({ partitions }) =>
            partitions.flatMap(({ messages }) => messages),
        );
    }

    /** Asks for the coordinator of a consumer group; kafkajs's own search keeps to itself why there is none. */
    async requireCoordinator(groupId: string): Promise<void> {
        const broker = await this.anyBroker();
        const question = { groupId, coordinatorType: GROUP_COORDINATOR };
        await broker.findGroupCoordinator(question);
    }

    /** Creates a topic through the controller. */
    async createTopic(
        topic: string,
        settings: {
            partitions: number;
            replicationFactor: number;
            config: Readonly<Record<string, string>>;
        },
    ): Promise<void> {
        const controller = await this.controller();
        await controller.createTopics({
            topics: [
                {
                    topic,
                    numPartitions: settings.partitions,
                    replicationFactor: settings.replicationFactor,
                    configEntries: Object.entries(settings.config).map(([name, value]) => ({
                        name,
                        value,
                    })),
                },
            ],
            timeout: 10_000,
        });
    }

    /** Raises the number of a topic's partitions. */
    async setPartitions(topic: string, count: number): Promise<void> {
        const controller = await this.controller();
        await controller.createPartitions({
            topicPartitions: [{ topic, count }],
            timeout: 10_000,
        });
    }

    /** A setting of topics, by topic. */
    async topicSetting(topics: readonly string[], setting: string): Promise<Map<string, string>> {
        const settings = new Map<string, string>();
        for (let start = 0; start < topics.length; start += TOPICS_AT_ONCE) {
            const broker = await this.anyBroker();
            const { resources } = await broker.describeConfigs({
                resources: topics.slice(start, start + TOPICS_AT_ONCE).map((name) => ({
                    type: TOPIC_RESOURCE,
                    name,
                    configNames: [setting],
                })),
            });
            for (const { resourceName, configEntries } of resources) {
                const entry = configEntries.find(({ configName }) => configName === setting);
                if (entry !== undefined) {
                    settings.set(resourceName, entry.configValue);
                }
            }
        }
        return settings;
    }

    /** Closes every connection. Brokers that have not answered are not waited for. */
    async close(): Promise<void> {
        await Promise.allSettled([...this.opened].map((broker) => broker.disconnect()));
        for (const broker of this.brokers.values()) {
            broker.then((late) => late.disconnect()).catch(() => undefined);
        }
    }

    private async controller(): Promise<Broker> {
        const { brokers, controllerId } = await this.metadata();
        const controller = brokers.find(({ nodeId }) => nodeId === controllerId);
        if (controller === undefined) {
            throw new Error("the cluster has no controller");
        }
        return this.broker(controller);
    }

    /**
     * A broker of the bootstrap that answers. kafkajs's own search stays with the first one that accepts a connection, also
     * when its process hangs and never answers.
     */
    private async anyBroker(): Promise<Broker> {
        const seed = this.seed && (await this.broker(this.seed).catch(() => undefined));
        if (seed !== undefined) {
            return seed;
        }
        return this.cluster.brokerPool.retrier(() =>
            firstAnswer(
                this.bootstrap,
                async (address) => {
                    const broker = await this.broker(address);
                    this.seed = address;
                    return broker;
                },
                this.nextBrokerMs,
            ),
        );
    }

    private async broker({ host, port }: Address): Promise<Broker> {
        const address = `${host}:${port}`;
        // Made from a promise, so that two requests at the same time share one broker and its connections.
        const opening = this.brokers.get(address) ?? this.open(host, port);
        this.brokers.set(address, opening);
        try {
            const broker = await opening;
            // Again, where the connection was lost.
            await broker.connect();
            return broker;
        } catch (error) {
            // kafkajs would take the open connection of a broker that never answered for one that did.
            if (this.brokers.get(address) === opening) {
                this.brokers.delete(address);
            }
            throw error;
        }
    }

    private async open(host: string, port: number): Promise<Broker> {
        const broker = this.cluster.brokerPool.createBroker({
            logger: this.cluster.rootLogger,
            connectionPool: await this.cluster.connectionPoolBuilder.build({ host, port }),
        });
        try {
            await broker.connect();
        } catch (error) {
            await broker.disconnect();
            throw error;
        }
        this.opened.add(broker);
        return broker;
    }
}

/** Runs something with a {@link DirectCluster} and closes it whatever happens. */
export async function withDirectCluster<T>(
    kafka: KafkaClient,
    use: (cluster: DirectCluster) => Promise<T>,
): Promise<T> {
    const cluster = new DirectCluster(kafka);
    try {
        return await use(cluster);
    } finally {
        await cluster.close();
    }
}
