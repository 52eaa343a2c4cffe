import type {
    V1Node,
    V1PersistentVolume,
    V1Pod,
    V1PodAffinityTerm,
    V1PodSpec,
    V1TopologySpreadConstraint,
} from "@kubernetes/client-node";
import { selects } from "../../components/kubernetes/labelSelector";
import { type Amounts, amountsOf, minus, quantityOf, requestsOf, type Resource } from "./amounts";
import { CORDONED, isSelected, isWithin, labelsOf, repellingTaint } from "./nodeFit";
import type { PodGroup } from "./podGroup";

/** A pod on a node, as far as others are concerned. */
interface Neighbour {
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly spec: Pick<V1PodSpec, "affinity">;
}

/** A node with what runs there, and what is left of it. */
export interface Host {
    readonly node: V1Node;
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

/** What the pods on all nodes mean for one more. */
interface Rules {
    objectionOf(host: Host): string | undefined;
    /** How many of its like are on a node, and in its zone, which counts less. */
    alikeNear(host: Host): number;
}

/** Reasons that the configuration of the pods decides, beside what they ask for. */
export const NOT_SELECTED = "without the labels that it asks for";
export const APART = "with a pod that it keeps apart from";
export const SPREAD = "in a zone with enough of its like";

function rulesFor(group: PodGroup, hosts: readonly Host[]): Rules {
    const { spec } = group;
    const avoided = avoidedDomains(group, hosts);
    const wanted = requiredTerms(spec.affinity?.podAffinity).map((term) => ({
        key: term.topologyKey,
        domains: domainsWith(hosts, term.topologyKey, (pod) => isMeant(term, group, pod)),
    }));
    const spreads = (spec.topologySpreadConstraints ?? []).map((constraint) => ({
        constraint,
        counts: countsOf(constraint, group, hosts),
    }));
    const domainOf = ({ node }: Host, key: string) => labelsOf(node)[key];
    return {
        objectionOf: (host) => {
            const meets = avoided.some(({ key, domains }) => {
                const domain = domainOf(host, key);
                return domain !== undefined && domains.has(domain);
            });
            if (meets) {
                return APART;
            }
            // The first of several that want each other comes anywhere.
            const isAlone = wanted.some(
                ({ key, domains }) => domains.size > 0 && !domains.has(domainOf(host, key) ?? ""),
            );
            if (isAlone) {
                return "without the pod that it wants near it";
            }
            return spreads
                .filter(({ constraint }) => constraint.whenUnsatisfiable === "DoNotSchedule")
                .map(({ constraint: { topologyKey, maxSkew, minDomains = 1 }, counts }) => {
                    const domain = domainOf(host, topologyKey);
                    if (domain === undefined) {
                        return `without the label ${topologyKey}`;
                    }
                    const least =
                        counts.size < minDomains ? 0 : Math.min(...counts.values(), Infinity);
                    return (counts.get(domain) ?? 0) + 1 - least > maxSkew ? SPREAD : undefined;
                })
                .find((reason) => reason !== undefined);
        },
        alikeNear: (host) => {
            const alike = host.pods.filter((pod) => isAlike(group, pod)).length;
            const inDomains = spreads.map(
                ({ constraint, counts }) =>
                    counts.get(domainOf(host, constraint.topologyKey) ?? "") ?? 0,
            );
            return alike * 1_000 + inDomains.reduce((sum, each) => sum + each, 0);
        },
    };
}

function isAlike({ namespace, selector }: PodGroup, pod: Neighbour): boolean {
    return pod.namespace === namespace && selects({ matchLabels: { ...selector } }, pod.labels);
}

/** Where a pod may not come: what it keeps apart from, and what keeps apart from it. */
function avoidedDomains(
    group: PodGroup,
    hosts: readonly Host[],
): { readonly key: string; readonly domains: ReadonlySet<string> }[] {
    const own = requiredTerms(group.spec.affinity?.podAntiAffinity).map((term) => ({
        key: term.topologyKey,
        domains: domainsWith(hosts, term.topologyKey, (pod) => isMeant(term, group, pod)),
    }));
    const others = hosts.flatMap(({ node, pods }) =>
        pods.flatMap((pod) =>
            requiredTerms(pod.spec.affinity?.podAntiAffinity)
                .filter((term) => isMeant(term, pod, group))
                .map(({ topologyKey: key }) => ({
                    key,
                    domains: new Set([labelsOf(node)[key] ?? ""]),
                })),
        ),
    );
    return [...own, ...others];
}

function requiredTerms(
    affinity:
        | { readonly requiredDuringSchedulingIgnoredDuringExecution?: V1PodAffinityTerm[] }
        | undefined,
): readonly V1PodAffinityTerm[] {
    return affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
}

/**
 * Whether a term of one pod's affinity means another pod. A selector of namespaces means all of them: which have its labels is
 * not read.
 */
function isMeant(
    { labelSelector, namespaces = [], namespaceSelector }: V1PodAffinityTerm,
    { namespace }: Pick<Neighbour, "namespace">,
    other: Neighbour,
): boolean {
    const own = namespaces.length === 0 && namespaceSelector === undefined;
    const isNamed = own ? other.namespace === namespace : namespaces.includes(other.namespace);
    return (
        (isNamed || namespaceSelector !== undefined) &&
        labelSelector !== undefined &&
        selects(labelSelector, other.labels)
    );
}

/** The domains in which such a pod is. */
function domainsWith(
    hosts: readonly Host[],
    key: string,
    isSuch: (pod: Neighbour) => boolean,
): Set<string> {
    return new Set(
        hosts
            .filter(({ pods }) => pods.some(isSuch))
            .flatMap(({ node }) => labelsOf(node)[key] ?? []),
    );
}

/** How many of the pods that a constraint counts are in each domain that could take one. */
function countsOf(
    { topologyKey, labelSelector = {}, nodeTaintsPolicy }: V1TopologySpreadConstraint,
    { namespace, spec }: PodGroup,
    hosts: readonly Host[],
): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { node, pods } of hosts) {
        const domain = labelsOf(node)[topologyKey];
        const counted =
            domain !== undefined &&
            isSelected(spec, node) &&
            (nodeTaintsPolicy !== "Honor" || repellingTaint(spec.tolerations, node) === undefined);
        if (counted) {
            const own = pods.filter(
                (pod) => pod.namespace === namespace && selects(labelSelector, pod.labels),
            );
            counts.set(domain, (counts.get(domain) ?? 0) + own.length);
        }
    }
    return counts;
}
