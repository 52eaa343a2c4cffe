import type { KubernetesApis } from "../client/kubernetes";
import type { PodExec } from "../client/podExec";
import type { Tunnel } from "../client/tunnel";

/** Areas of the health check, in the order of a report: what comes first is often the cause of what follows. */
export const AREAS = [
    "operator",
    "pods",
    "volumes",
    "services",
    "zookeeper",
    "brokers",
    "partitions",
    "certificates",
    "listeners",
] as const;

/** Part of the system that checks belong to. */
export type Area = (typeof AREAS)[number];

/** The verdict on one thing. */
export interface Check {
    readonly area: Area;
    /** What was checked. */
    readonly name: string;
    readonly ok: boolean;
    /** Set when it could not be tried, which is no failure and no proof either. */
    readonly skipped?: true;
    /** What was found. */
    readonly detail: string;
    /** Command that tells more about a failure. */
    readonly next?: string;
}

/** What the health check found. */
export interface HealthReport {
    /** Whether every check passed. */
    readonly healthy: boolean;
    readonly checks: readonly Check[];
}

/** What the areas need to find out how things are. */
export interface HealthContext {
    readonly namespace: string;
    readonly apis: KubernetesApis;
    readonly tunnel: Tunnel;
    readonly exec: PodExec;
}

/** Selects the objects of brokers and of ZooKeeper. */
export const APPLICATIONS_SELECTOR = "app.kubernetes.io/name in (kafka,zookeeper)";

const LONGEST_LIST = 8;

/** The first items of a list in one line, and how many more there are. */
export function shortList(items: readonly string[]): string {
    const shown = items.slice(0, LONGEST_LIST).join(", ");
    const more = items.length - LONGEST_LIST;
    return more > 0 ? `${shown} and ${more} more` : shown;
}
