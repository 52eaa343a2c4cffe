import { DEFAULT_KAFKA_IMAGE, kafkaVersionOfImage } from "../components/kafka/versions";
import { DEFAULT_STRIMZI, newestKafka } from "../components/strimzi/versions";
import type { ParsedConfig } from "./schema";

/** The Kafka that the brokers run; `undefined` where no key and no image's name tells it. */
export function kafkaVersionOf({
    kafkaDeploymentType,
    kafka,
    strimzi,
}: Pick<ParsedConfig, "kafkaDeploymentType" | "kafka" | "strimzi">): string | undefined {
    return (
        kafka.version ??
        (kafkaDeploymentType === "statefulset"
            ? kafkaVersionOfImage(kafka.image ?? DEFAULT_KAFKA_IMAGE)
            : newestKafka(strimzi.version ?? DEFAULT_STRIMZI))
    );
}
