import { parseQuantity } from "../../components/kubernetes/quantity";
import { ConfigProblem, show } from "../problems";
import { ParsedConfig } from "../schema";
import type { Servers } from "./servers";

/** Memory of a server. */
export interface LeastMemory {
    /** Least memory, as a Kubernetes quantity; half of it is its heap. */
    readonly memory: string;
    /** What everything beside a full heap takes, in MiB. */
    readonly beside: number;
}

/**
 * What servers need. Beside a full heap a broker takes 150 to 180 MiB. In a StatefulSet the tool of the startup probe takes up to
 * 140 MiB more: with 512Mi the kernel kills the broker. A ZooKeeper member takes 80 to 100 MiB, and a controller 140 MiB.
 */
export const LEAST_MEMORY = {
    kafka: (type: "statefulset" | "strimzi"): LeastMemory =>
        type === "statefulset"
            ? { memory: "768Mi", beside: 320 }
            : { memory: "512Mi", beside: 180 },
    zookeeper: (): LeastMemory => ({ memory: "256Mi", beside: 100 }),
    "strimzi.controllers": (): LeastMemory => ({ memory: "512Mi", beside: 140 }),
};

/** The heap of an operator and what its JVM takes beside. */
const LEAST_OPERATOR_MEMORY = "256Mi";

/** Whether a request or a limit of some servers is wrong, so that nobody knows what they get. */
export function areResourcesWrong(key: Servers["key"], { wrong }: ParsedConfig): boolean {
    return [...wrong].some((each) => each.startsWith(`${key}.resources`));
}

/** Memory that is too little, and limits below their requests. */
export function resourceConflicts({
    kafka,
    zookeeper,
    strimzi,
    kafkaDeploymentType = "strimzi",
}: ParsedConfig): ConfigProblem[] {
    const { controllers } = strimzi;
    return [
        ...conflictsOf("kafka", kafka.resources, LEAST_MEMORY.kafka(kafkaDeploymentType).memory),
        ...conflictsOf("zookeeper", zookeeper.resources, LEAST_MEMORY.zookeeper().memory),
        ...conflictsOf(
            "strimzi.controllers",
            controllers?.resources,
            LEAST_MEMORY["strimzi.controllers"]().memory,
        ),
        ...conflictsOf("strimzi", strimzi.resources, LEAST_OPERATOR_MEMORY),
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
