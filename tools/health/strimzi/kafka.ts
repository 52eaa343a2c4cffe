import { type Check, shortList } from "../check";
import { explainCondition, faultsOf } from "./conditions";
import type { KafkaResource, NodePool } from "./resources";

/**
 * Judges the `Kafka` resource: its operator has dealt with the last change of it, and says that Kafka is ready.
 *
 * @param operatorLog Command for the operator's log, where there is an operator.
 */
export function judgeKafka(
    kafka: KafkaResource,
    operatorLog: string | undefined,
    namespace: string,
): Check {
    const { metadata, status } = kafka;
    const faults = faultsOf(kafka);
    const ok = faults.length === 0;
    const versions = [
        ["Kafka", status?.kafkaVersion],
        ["metadata version", status?.kafkaMetadataVersion],
        ["operator", status?.operatorLastSuccessfulVersion],
    ]
        .filter(([, version]) => version !== undefined)
        .map((part) => part.join(" "));
    const warnings = (status?.conditions ?? [])
        .filter((condition) => condition.type === "Warning" && condition.status === "True")
        .map((condition) => `warning ${explainCondition(condition)}`);
    return {
        area: "operator",
        name: `Kafka ${metadata.name}`,
        ok,
        detail: [...(ok ? ["ready"] : faults), versions.join(", "), ...warnings]
            .filter((part) => part !== "")
            .join("; "),
        ...(!ok && {
            next: operatorLog ?? `kubectl describe kafka ${metadata.name} -n ${namespace}`,
        }),
    };
}

/** Judges the node pools: each has as many nodes as it should. Whether these run is for their pods to say. */
export function judgeNodePools(pools: readonly NodePool[], namespace: string): Check[] {
    return pools
        .filter(({ spec, status }) => spec.replicas > 0 || (status?.nodeIds ?? []).length > 0)
        .map(({ metadata: { name }, spec, status }) => {
            const ids = (status?.nodeIds ?? []).map(String);
            const ok = ids.length === spec.replicas;
            return {
                area: "operator",
                name: `node pool ${name}`,
                ok,
                detail: `${ids.length} of ${spec.replicas} nodes (${shortList(ids) || "none"})`,
                ...(!ok && { next: `kubectl describe kafkanodepool ${name} -n ${namespace}` }),
            };
        });
}
