import type {
    V1Node,
    V1PodAffinityTerm,
    V1PodSpec,
    V1TopologySpreadConstraint,
} from "@kubernetes/client-node";
import { selects } from "../../components/kubernetes/labelSelector";
import { isSelected, labelsOf, repellingTaint } from "./nodeFit";
import type { PodGroup } from "./podGroup";

/** A pod on a node, as far as others are concerned. */
export interface Neighbour {
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly spec: Pick<V1PodSpec, "affinity">;
}

/** A node with what runs there. */
export interface Occupied {
    readonly node: V1Node;
    readonly pods: readonly Neighbour[];
}

/** What the pods on all nodes mean for one more. */
export interface Rules {
    objectionOf(host: Occupied): string | undefined;
    /** How many of its like are on a node, and in its zone, which counts less. */
    alikeNear(host: Occupied): number;
}

/** Reasons that the pods on other nodes decide. */
export const APART = "with a pod that it keeps apart from";
export const SPREAD = "in a zone with enough of its like";

/** The rules for one more pod of a group. */
export function rulesFor(group: PodGroup, hosts: readonly Occupied[]): Rules {
    const { spec } = group;
    const avoided = avoidedDomains(group, hosts);
    const wanted = requiredTerms(spec.affinity?.podAffinity).map((term) => ({
        key: term.topologyKey,
        domains: domainsWith(hosts, term.topologyKey, (pod) => isMeant(term, group, pod)),
        // The first of several that want each other comes anywhere.
        meansItself: isMeant(term, group, group),
    }));
    const spreads = (spec.topologySpreadConstraints ?? []).map((constraint) => ({
        constraint,
        counts: countsOf(constraint, group, hosts),
    }));
    const domainOf = ({ node }: Occupied, key: string) => labelsOf(node)[key];
    return {
        objectionOf: (host) => {
            const meets = avoided.some(({ key, domains }) => {
                const domain = domainOf(host, key);
                return domain !== undefined && domains.has(domain);
            });
            if (meets) {
                return APART;
            }
            const isAlone = wanted.some(({ key, domains, meansItself }) =>
                domains.size === 0 ? !meansItself : !domains.has(domainOf(host, key) ?? ""),
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
    hosts: readonly Occupied[],
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
    hosts: readonly Occupied[],
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
    hosts: readonly Occupied[],
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
