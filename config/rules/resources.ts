import { parseQuantity } from "../../components/kubernetes/quantity";
import { ConfigProblem, show } from "../problems";
import { ParsedConfig } from "../schema";

/**
 * Least memory of a broker; half of it is its heap. Beside a full heap a broker takes 150 to 180 MiB. In a StatefulSet the tool
 * of the startup probe takes up to 140 MiB more: with 512Mi the kernel kills the broker.
 */
const LEAST_BROKER_MEMORY = { statefulset: "768Mi", strimzi: "512Mi" } as const;

/** Least memory of a ZooKeeper member, which takes 80 to 100 MiB beside a full heap. */
const LEAST_ZOOKEEPER_MEMORY = "256Mi";

/** Least memory of a controller, which takes 140 MiB beside a full heap. */
const LEAST_CONTROLLER_MEMORY = "512Mi";

/** Memory that is too little, and limits below their requests. */
export function resourceConflicts({
    kafka,
    zookeeper,
    strimzi,
    kafkaDeploymentType = "strimzi",
}: ParsedConfig): ConfigProblem[] {
    const { controllers } = strimzi;
    return [
        ...conflictsOf("kafka", kafka.resources, LEAST_BROKER_MEMORY[kafkaDeploymentType]),
        ...conflictsOf("zookeeper", zookeeper.resources, LEAST_ZOOKEEPER_MEMORY),
        ...conflictsOf("strimzi.controllers", controllers?.resources, LEAST_CONTROLLER_MEMORY),
    ];
}

function conflictsOf(
    key: string,
    resources: ParsedConfig["kafka"]["resources"],
    leastMemory: string,
): ConfigProblem[] {
    const { requests, limits } = resources ?? {};
    const problems: ConfigProblem[] = [];
    const atLeast = (
        path: string,
        value: string | undefined,
        least: string | undefined,
        why: string,
    ) => {
        if (value && least && parseQuantity(value)! < parseQuantity(least)!) {
            const expected = `at least ${show(least)}, ${why}`;
            problems.push({ key: `${key}.resources.${path}`, expected, given: show(value) });
        }
    };
    atLeast("requests.memory", requests?.memory, leastMemory, "to run with");
    if (requests?.memory === undefined) {
        atLeast("limits.memory", limits?.memory, leastMemory, "to run with");
    }
    atLeast("limits.memory", limits?.memory, requests?.memory, "the request");
    atLeast("limits.cpu", limits?.cpu, requests?.cpu, "the request");
    return problems;
}
