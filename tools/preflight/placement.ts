import type { V1Node, V1PersistentVolume, V1Pod } from "@kubernetes/client-node";
import { type Amounts, amountsOf, minus, quantityOf, requestsOf, type Resource } from "./amounts";
import { CORDONED, isSelected, isWithin, repellingTaint } from "./nodeFit";
import { type Neighbour, type Occupied, rulesFor } from "./neighbours";
import type { PodGroup } from "./podGroup";

/** A reason that labels of nodes decide. */
export const NOT_SELECTED = "without the labels that it asks for";

/** A node with what runs there, and what is left of it. */
export interface Host extends Occupied {
    free: Amounts;
    /** How many pods more it takes. */
    slots: number;
    readonly pods: Neighbour[];
}

/** A pod that has to find a node. */
interface Candidate {
    readonly group: PodGroup;
    readonly name: string;
    /** Volumes that it has already. */
    readonly volumes: readonly V1PersistentVolume[];
}

/** A pod without a node, and how many nodes don't take it for which reason. */
export interface Homeless {
    readonly name: string;
    readonly group: PodGroup;
    readonly reasons: ReadonlyMap<string, number>;
}

/** The nodes of a cluster with what runs on them. Pods that are done take nothing. */
export function hostsOf(nodes: readonly V1Node[], pods: readonly V1Pod[]): Host[] {
    const byNode = new Map<string | undefined, V1Pod[]>(
        nodes.map(({ metadata }) => [metadata?.name, []]),
    );
    pods.filter(isAlive).forEach((pod) => byNode.get(pod.spec?.nodeName)?.push(pod));
    return nodes.map((node) => {
        const own = byNode.get(node.metadata?.name)!;
        const { allocatable = {} } = node.status ?? {};
        return {
            node,
            free: own.reduce(
                (free, { spec }) => minus(free, requestsOf(spec!)),
                amountsOf(allocatable),
            ),
            slots: quantityOf(allocatable["pods"] ?? "110") - own.length,
            pods: own.map(({ metadata, spec }) => ({
                namespace: metadata?.namespace ?? "",
                labels: metadata?.labels ?? {},
                spec: spec!,
            })),
        };
    });
}

function isAlive({ status, spec }: V1Pod): boolean {
    return spec !== undefined && !["Succeeded", "Failed"].includes(status?.phase ?? "");
}

/**
 * Gives each pod a node, as the scheduler would: one after the other, where it keeps apart from its like and most is free.
 *
 * @param hosts Are filled up.
 * @param volumes Volumes of the claims that are there already, by claim.
 * @returns The pods that get none.
 */
export function place(
    groups: readonly PodGroup[],
    hosts: readonly Host[],
    volumes: ReadonlyMap<string, V1PersistentVolume> = new Map(),
): Homeless[] {
    return candidatesOf(groups, volumes).flatMap((candidate) => settle(candidate, hosts));
}

/** The largest pods first: what finds no node in this order hardly finds one in another. */
export function largestFirst(groups: readonly PodGroup[]): PodGroup[] {
    return groups.toSorted((a, b) => requestsOf(b.spec).memory - requestsOf(a.spec).memory);
}

function candidatesOf(
    groups: readonly PodGroup[],
    volumes: ReadonlyMap<string, V1PersistentVolume>,
): Candidate[] {
    return groups.flatMap((group) =>
        group.names.map((name, index) => {
            const volume = volumes.get(group.claims?.[index] ?? "");
            return { group, name, volumes: volume === undefined ? [] : [volume] };
        }),
    );
}

function settle(candidate: Candidate, hosts: readonly Host[]): Homeless[] {
    const { group, name } = candidate;
    const asked = requestsOf(group.spec);
    const rules = rulesFor(group, hosts);
    const reasons = new Map<string, number>();
    const fitting = hosts.filter((host) => {
        const reason = objectionOf(candidate, host, asked) ?? rules.objectionOf(host);
        if (reason !== undefined) {
            reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
        }
        return reason === undefined;
    });
    const [best] = fitting.toSorted(
        (a, b) => rules.alikeNear(a) - rules.alikeNear(b) || b.free.memory - a.free.memory,
    );
    if (best === undefined) {
        return [{ name, group, reasons }];
    }
    best.free = minus(best.free, asked);
    best.slots -= 1;
    best.pods.push(group);
    return [];
}

/** What about a node alone keeps a pod off it. */
function objectionOf(
    { group: { spec }, volumes }: Candidate,
    { node, free, slots }: Host,
    asked: Amounts,
): string | undefined {
    const taint = repellingTaint(spec.tolerations, node);
    if (taint !== undefined) {
        return taint.key === CORDONED
            ? "cordoned"
            : `taint ${taint.key}${taint.value ? `=${taint.value}` : ""}:${taint.effect}`;
    }
    if (!isSelected(spec, node)) {
        return NOT_SELECTED;
    }
    if (volumes.some((volume) => !isWithin(volume, node))) {
        return "out of reach of its volume";
    }
    const short = SHORT.find(([resource]) => asked[resource] > Math.max(free[resource], 0));
    if (short !== undefined) {
        return short[1];
    }
    return slots < 1 ? "no room for one more pod" : undefined;
}

const SHORT: readonly (readonly [Resource, string])[] = [
    ["cpu", "too little CPU free"],
    ["memory", "too little memory free"],
    ["ephemeral-storage", "too little disk free"],
];
