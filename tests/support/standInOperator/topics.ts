import { ConfigResourceTypes } from "kafkajs";
import { KafkaClient } from "../../../tools/client/kafka";
import { KafkaObject } from "./cluster";
import { StrimziObject, StrimziSpecs } from "./resources";

export type TopicObject = StrimziObject<StrimziSpecs["kafkatopics"]>;

/** Where a value comes from, in Kafka's protocol: the topic itself. */
const TOPIC_CONFIG = 1;

/**
 * Makes a topic what its resource says.
 *
 * @returns What is impossible, as the resource's condition says it; nothing when all is well.
 */
export async function reconcileTopic(
    client: KafkaClient,
    kafka: KafkaObject,
    { spec }: TopicObject,
): Promise<string | undefined> {
    const topic = spec.topicName;
    const configEntries = Object.entries(spec.config).map(([name, value]) => ({ name, value }));
    const admin = client.admin();
    await admin.connect();
    try {
        if (!(await admin.listTopics()).includes(topic)) {
            const replicas = Number(kafka.spec.kafka.config["default.replication.factor"]);
            await admin.createTopics({
                waitForLeaders: true,
                topics: [
                    {
                        topic,
                        numPartitions: spec.partitions ?? 1,
                        replicationFactor: spec.replicas ?? replicas,
                        configEntries,
                    },
                ],
            });
            return undefined;
        }
        const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
        const { partitions } = topics[0]!;
        const count = spec.partitions ?? partitions.length;
        if (count < partitions.length) {
            return "Decreasing partitions not supported";
        }
        if (spec.replicas !== undefined && spec.replicas !== partitions[0]!.replicas.length) {
            return "Replication factor change not supported";
        }
        if (count > partitions.length) {
            await admin.createPartitions({ topicPartitions: [{ topic, count }] });
        }
        const resource = { type: ConfigResourceTypes.TOPIC, name: topic };
        const { resources } = await admin.describeConfigs({
            resources: [resource],
            includeSynonyms: false,
        });
        const now = resources[0]!.configEntries
            .filter(({ configSource }) => (configSource as number) === TOPIC_CONFIG)
            .map(({ configName, configValue }) => `${configName}=${configValue}`);
        const wanted = configEntries.map(({ name, value }) => `${name}=${value}`);
        if (now.sort().join("\n") !== wanted.sort().join("\n")) {
            await admin.alterConfigs({
                validateOnly: false,
                resources: [{ ...resource, configEntries }],
            });
        }
        return undefined;
    } finally {
        await admin.disconnect();
    }
}

/** Deletes a topic, which is what becomes of it when its resource is deleted. */
export async function deleteTopic(client: KafkaClient, topic: string): Promise<void> {
    const admin = client.admin();
    await admin.connect();
    try {
        await admin.deleteTopics({ topics: [topic] });
    } finally {
        await admin.disconnect();
    }
}
