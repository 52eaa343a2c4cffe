import type { StackConfig } from "../../config/stackConfig";

type DeploymentType = StackConfig["kafkaDeploymentType"];

/** A question of `up` to the cluster, beside what it does with its objects. */
export interface Question {
    readonly group: string;
    readonly resource: string;
    readonly subresource?: string;
    readonly verb: string;
    readonly isClusterWide: boolean;
    /** Whether `up` goes on without an answer. */
    readonly isOptional: boolean;
}

/** A row of the table in docs/operations.md: verbs by who needs them. */
interface Row {
    readonly group: string;
    readonly both?: readonly string[];
    readonly statefulset?: readonly string[];
    readonly strimzi?: readonly string[];
    readonly isClusterWide?: true;
    readonly isOptional?: true;
}

const STRIMZI = "kafka.strimzi.io";

/**
 * What `up` asks, by the name of the objects. It is the table "What `up` and a preview ask the cluster" in docs/operations.md, and a
 * test compares both.
 */
export const QUESTIONS_OF_UP: Readonly<Record<string, Row>> = {
    namespaces: { group: "", both: ["get", "patch"], isClusterWide: true },
    statefulsets: { group: "apps", both: ["list", "get"], statefulset: ["patch"] },
    // With StatefulSets nobody needs them, and up goes on without.
    kafkas: { group: STRIMZI, strimzi: ["list"] },
    kafkanodepools: { group: STRIMZI, strimzi: ["list"] },
    kafkatopics: { group: STRIMZI, strimzi: ["list"] },
    networkpolicies: {
        group: "networking.k8s.io",
        statefulset: ["get", "list", "create", "delete"],
    },
    services: { group: "", statefulset: ["get"] },
    persistentvolumeclaims: {
        group: "",
        both: ["list"],
        statefulset: ["get", "patch", "create", "delete"],
    },
    configmaps: { group: "", both: ["get"], statefulset: ["list", "delete"] },
    pods: { group: "", both: ["list"], statefulset: ["delete"] },
    "pods/log": { group: "", statefulset: ["get"] },
    jobs: { group: "batch", both: ["list"], statefulset: ["create", "delete"] },
    controllerrevisions: { group: "apps", statefulset: ["list"] },
    events: { group: "", statefulset: ["list"], isOptional: true },
    nodes: { group: "", statefulset: ["get"], isClusterWide: true, isOptional: true },
    // Those of Helm are asked for with its releases.
    secrets: { group: "", both: ["get"] },
};

/** What `up` asks the cluster with one deployment type. */
export function questionsOfUp(type: DeploymentType): Question[] {
    return Object.entries(QUESTIONS_OF_UP).flatMap(([name, row]) => {
        const [resource, subresource] = name.split("/") as [string, string?];
        return [...(row.both ?? []), ...(row[type] ?? [])].map((verb) => ({
            group: row.group,
            resource,
            ...(subresource !== undefined && { subresource }),
            verb,
            isClusterWide: row.isClusterWide === true,
            isOptional: row.isOptional === true,
        }));
    });
}
