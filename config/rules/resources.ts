import { parseQuantity } from "../../components/kubernetes/quantity";
import { ConfigProblem, show } from "../problems";
import { ParsedConfig } from "../schema";

/** Least memory that a server starts with, half of it as its heap. */
const LEAST_MEMORY = {
    kafka: "512Mi",
    zookeeper: "128Mi",
    "strimzi.controllers": "512Mi",
} as const;

/** Memory that is too little, and limits below their requests. */
export function resourceConflicts(
    key: keyof typeof LEAST_MEMORY,
    resources: ParsedConfig["kafka"]["resources"],
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
    const least = LEAST_MEMORY[key];
    atLeast("requests.memory", requests?.memory, least, "to start with");
    if (requests?.memory === undefined) {
        atLeast("limits.memory", limits?.memory, least, "to start with");
    }
    atLeast("limits.memory", limits?.memory, requests?.memory, "the request");
    atLeast("limits.cpu", limits?.cpu, requests?.cpu, "the request");
    return problems;
}
