import { remember } from "../kafka/remembered";
import { MIN_ISR } from "../kafka/replication";
import type { LiveObjects } from "../live/objects";
import type { KafkaSpec } from "./kafkaSpec";

/**
 * Has the namespace remember what new topics and writes depend on. Kafka's id and its nodes are the operator's to keep.
 *
 * @param spec What the `Kafka` resource has. The configuration may say more: an `up` with `--target` leaves it as it is.
 */
export async function noteKafka(
    live: LiveObjects,
    namespace: string,
    { kafka: { config } }: KafkaSpec,
): Promise<void> {
    await remember(live, namespace, {
        replicationFactor: Number(config["default.replication.factor"]),
        minInsyncReplicas: Number(config[MIN_ISR]),
    });
}
