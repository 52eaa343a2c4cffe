import { BROKER_RULES } from "./brokerRules";
import { LOG_RULES } from "./logRules";
import type { PropertyRule } from "./rule";

/**
 * All rules. Each line of Kafka has been asked about them.
 *
 * @see https://github.com/apache/kafka/blob/trunk/core/src/main/scala/kafka/server/KafkaConfig.scala (validateValues)
 * @see https://github.com/apache/kafka/blob/trunk/storage/src/main/java/org/apache/kafka/storage/internals/log/LogConfig.java (validate)
 * @see https://github.com/apache/kafka/blob/trunk/group-coordinator/src/main/java/org/apache/kafka/coordinator/group/GroupCoordinatorConfig.java
 */
export const PROPERTY_RULES: readonly PropertyRule[] = [...BROKER_RULES, ...LOG_RULES];
