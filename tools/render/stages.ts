import type { KubernetesObject } from "@kubernetes/client-node";
import { DATA_VOLUME, KAFKA, ZOOKEEPER } from "../../components/kafka/names";

/** What is applied together, in this order. Each is a folder of the rendering. */
export const STAGES = ["namespace", "gates", "base", "zookeeper", "kafka", "finish"] as const;

/** One of {@link STAGES}. */
export type Stage = (typeof STAGES)[number];

/** An object of a rendering, and when it is applied. */
export interface StagedObject {
    readonly stage: Stage;
    readonly object: KubernetesObject;
}

/** Kinds of Strimzi that make nodes. */
const NODE_KINDS = ["Kafka", "KafkaNodePool"];
/** Kinds of what needs brokers that run. */
const LATE_KINDS = ["Job", "KafkaTopic", "KafkaUser"];

/**
 * The stage of an object that the program registers. A claim comes with the StatefulSet whose pods bind it: a stage is over only
 * when all of its claims are bound.
 */
export function stageOf({ kind = "", metadata }: KubernetesObject): Stage {
    const name = metadata?.name ?? "";
    if (kind === "Namespace") {
        return "namespace";
    }
    if (NODE_KINDS.includes(kind)) {
        return "kafka";
    }
    if (LATE_KINDS.includes(kind)) {
        return "finish";
    }
    for (const application of [ZOOKEEPER, KAFKA] as const) {
        const isSet = kind === "StatefulSet" && name === application;
        const isClaim = name.startsWith(`${DATA_VOLUME}-${application}-`);
        if (isSet || (kind === "PersistentVolumeClaim" && isClaim)) {
            return application;
        }
    }
    return "base";
}
