import { Topic } from "../kafka/topics";
import { contentHash } from "../kubernetes/files";

/** Specification of a `KafkaTopic`. */
export interface KafkaTopicSpec {
    readonly topicName: string;
    readonly partitions?: number;
    readonly replicas?: number;
    readonly config: Readonly<Record<string, string>>;
}

/** What Kubernetes accepts as the name of an object. */
const OBJECT_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

const MAX_OBJECT_NAME = 253;

/** Name of a topic's `KafkaTopic`: the topic's own where Kubernetes accepts it, else one that is made from it. */
export function topicResourceName(topic: string): string {
    if (OBJECT_NAME.test(topic)) {
        return topic;
    }
    const hash = contentHash(topic);
    const readable = topic
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-|-$/g, "")
        .slice(0, MAX_OBJECT_NAME - hash.length - 1);
    return readable === "" ? hash : `${readable}-${hash}`;
}

/** The specification of a topic's `KafkaTopic`. */
export function topicSpec({ name, partitions, replicationFactor, config }: Topic): KafkaTopicSpec {
    return {
        topicName: name,
        ...(partitions !== undefined && { partitions }),
        ...(replicationFactor !== undefined && { replicas: replicationFactor }),
        config,
    };
}
