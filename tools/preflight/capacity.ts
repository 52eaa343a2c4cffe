import type { V1Node, V1PersistentVolume, V1Pod } from "@kubernetes/client-node";
import { ZONE_LABEL } from "../../components/kubernetes/labels";
import { minus, requestsOf, show, sumOf } from "./amounts";
import { count, fails, type Judgement, listOf, notKnown, ok, warning } from "./finding";
import { judgeKnown, type Known, valueOr } from "./known";
import { APART, SPREAD } from "./neighbours";
import { isSelected, labelsOf, repellingTaint } from "./nodeFit";
import { type Homeless, type Host, hostsOf, largestFirst, NOT_SELECTED, place } from "./placement";
import { isOfGroup, type PodGroup } from "./podGroup";

/** What is known of a cluster's nodes and of what runs there. */
export interface NodeFacts {
    readonly nodes: Known<readonly V1Node[]>;
    /** Pods of all namespaces. */
    readonly pods: Known<readonly V1Pod[]>;
    /** Volumes of the stack's claims that are there already, by claim. */
    readonly volumes: Known<ReadonlyMap<string, V1PersistentVolume>>;
}

/** Judges whether all pods of a stack find a node. Those of them that run already are not counted twice. */
export function judgeCapacity(groups: readonly PodGroup[], facts: NodeFacts): Judgement[] {
    return judgeKnown(facts.nodes, "nodes", (nodes) => {
        const others = valueOr(facts.pods, []).filter(
            (pod) => !groups.some((group) => isOfGroup(group, pod)),
        );
        const hosts = hostsOf(nodes, others);
        const usable = hosts.filter(({ node }) => groups.some((group) => mayTake(group, node)));
        if (usable.length === 0) {
            return [noNode(nodes)];
        }
        const volumes = valueOr(facts.volumes, new Map<string, V1PersistentVolume>());
        const attempt = (order: readonly PodGroup[]) =>
            place(order, hostsOf(nodes, others), volumes);
        const homeless = attempt(groups);
        const always = homeless.length === 0 ? [] : attempt(largestFirst(groups));
        // What adds nodes may make all of it right.
        const judge = hasAutoscaler(others) ? warning : fails;
        const found = [
            usableNodes(usable, nodes.length),
            ...judgeSum(groups, usable, judge),
            ...(always.length > 0
                ? judgeHomeless(groups, always, judge)
                : judgeLuck(groups, homeless)),
            ...judgeSpread(groups, usable),
        ];
        return "unknown" in facts.pods ? withoutUsage(found, facts.pods.unknown) : found;
    });
}

/** Whether a node takes a pod as far as its labels and taints are concerned. */
function mayTake({ spec }: PodGroup, node: V1Node): boolean {
    return isSelected(spec, node) && repellingTaint(spec.tolerations, node) === undefined;
}

function noNode(nodes: readonly V1Node[]): Judgement {
    return fails("nodes", {
        expected: "nodes that take the stack's pods",
        got:
            nodes.length === 0
                ? "none at all"
                : `${count(nodes.length, "node")}, all of them cordoned, tainted or without the labels`,
        next: "kubectl describe nodes, then uncordon or add some, or configure tolerations",
    });
}

function usableNodes(usable: readonly Host[], all: number): Judgement {
    const zones = zonesOf(usable);
    const where =
        zones.size === 0 ? `without the label ${ZONE_LABEL}` : `in ${count(zones.size, "zone")}`;
    return ok(
        "nodes",
        `${usable.length} of ${count(all, "node")} take pods of the stack, ${where}`,
    );
}

function zonesOf(hosts: readonly Host[]): Set<string> {
    return new Set(hosts.flatMap(({ node }) => labelsOf(node)[ZONE_LABEL] ?? []));
}

/** Judges the sums: what all pods ask for, and what all usable nodes have left. */
function judgeSum(
    groups: readonly PodGroup[],
    usable: readonly Host[],
    judge: typeof fails,
): Judgement[] {
    const asked = sumOf(groups.flatMap((group) => group.names.map(() => requestsOf(group.spec))));
    const free = sumOf(usable.map((host) => host.free));
    const left = minus(free, asked);
    return (["cpu", "memory"] as const).map((resource) => {
        const key = `requests.${resource}`;
        const [wanted, got] = [asked[resource], free[resource]].map((each) =>
            show(resource, each),
        ) as [string, string];
        return left[resource] >= 0
            ? ok(key, `${wanted} of ${got} that are free`)
            : judge(key, {
                  expected: `${wanted} free`,
                  got,
                  next: addNodes(judge, "add nodes, or lower what the stack asks for"),
              });
    });
}

function judgeHomeless(
    groups: readonly PodGroup[],
    homeless: readonly Homeless[],
    judge: typeof fails,
): Judgement[] {
    return groups.map((group) => {
        const own = homeless.filter((each) => each.group === group);
        const [first] = own;
        if (first === undefined) {
            return fitting(group);
        }
        return judge(keyOf(group), {
            expected: `nodes for all ${group.what} (${group.names.length})`,
            got: `none for ${listOf(own.map(({ name }) => name))} (${reasonsOf(first)})`,
            next: addNodes(judge, nextFor(group, first)),
        });
    });
}

function addNodes(judge: typeof fails, next: string): string {
    return judge === warning ? `see that the autoscaler may add such nodes; else ${next}` : next;
}

/** All pods find a node in one order, and perhaps not in the one in which they come. */
function judgeLuck(groups: readonly PodGroup[], homeless: readonly Homeless[]): Judgement[] {
    return groups.map((group) => {
        const own = homeless.filter((each) => each.group === group);
        const [first] = own;
        return first === undefined
            ? fitting(group)
            : warning(keyOf(group), {
                  expected: `nodes for all ${group.what} (${group.names.length}) in any order`,
                  got: `none for ${listOf(own.map(({ name }) => name))} where others come first (${reasonsOf(first)})`,
                  next: nextFor(group, first),
              });
    });
}

function fitting(group: PodGroup): Judgement {
    const { cpu, memory } = requestsOf(group.spec);
    const each = `${group.names.length} of ${show("cpu", cpu)} and ${show("memory", memory)}`;
    return ok(keyOf(group), `all ${group.what} find a node (${each})`);
}

function keyOf({ key, what }: PodGroup): string {
    return key ?? what;
}

function reasonsOf({ reasons }: Homeless): string {
    return [...reasons]
        .toSorted(([, a], [, b]) => b - a)
        .map(([reason, nodes]) => `${count(nodes, "node")}: ${reason}`)
        .join("; ");
}

function nextFor({ key }: PodGroup, { reasons }: Homeless): string {
    const all = [...reasons.keys()];
    const of = key?.replace(/\.resources$/, "");
    if (all.some((reason) => reason.startsWith("too little"))) {
        return `add a node with room${key === undefined ? "" : `, or lower ${key}.requests`}`;
    }
    if (all.some((reason) => [APART, SPREAD].includes(reason))) {
        return of === undefined ? "add a node" : `add nodes, or set ${of}.spread to preferred`;
    }
    if (all.includes(NOT_SELECTED)) {
        return `label nodes (${ZONE_LABEL} where kafka.rackAwareness is true), or change ${of}.nodeSelector`;
    }
    return `kubectl describe nodes${of === undefined ? "" : `; ${of}.tolerations puts up with taints`}`;
}

/** Judges whether servers of a kind can be on as many nodes as there are of them, where that is only preferred. */
function judgeSpread(groups: readonly PodGroup[], usable: readonly Host[]): Judgement[] {
    return groups
        .filter(({ claims, names }) => claims !== undefined && names.length > 1)
        .flatMap((group) => {
            const nodes = usable.filter(({ node }) => mayTake(group, node)).length;
            const of = group.key!.replace(/\.resources$/, "");
            return nodes >= group.names.length || nodes === 0
                ? []
                : [
                      warning(`${of}.spread`, {
                          expected: `a node of its own for each of ${group.names.length} ${group.what}`,
                          got: `${count(nodes, "node")}: the loss of one may stop several`,
                          next: "add nodes",
                      }),
                  ];
        });
}

const AUTOSCALERS = /^(cluster-autoscaler|aws-cluster-autoscaler|karpenter)$/;

/** Whether something adds nodes when pods find none. */
function hasAutoscaler(pods: readonly V1Pod[]): boolean {
    return pods.some(({ metadata }) =>
        ["app.kubernetes.io/name", "k8s-app", "app"].some((label) =>
            AUTOSCALERS.test(metadata?.labels?.[label] ?? ""),
        ),
    );
}

/** On nodes that may be full, only what would not even fit on empty ones is known. */
function withoutUsage(found: readonly Judgement[], reason: string): Judgement[] {
    const sure = found.filter(({ outcome, key }) => outcome !== "ok" || key === "nodes");
    return [...sure, notKnown("running pods", `what they take of the nodes: ${reason}`)];
}

/** Judges whether nodes tell their zone, where that is to become the rack of brokers. Strimzi's brokers need such nodes. */
export function judgeZones(rackAwareness: boolean, nodes: Known<readonly V1Node[]>): Judgement[] {
    if (!rackAwareness) {
        return [];
    }
    return judgeKnown(nodes, "kafka.rackAwareness", (all) => {
        const without = all
            .filter((node) => repellingTaint(undefined, node) === undefined)
            .filter((node) => labelsOf(node)[ZONE_LABEL] === undefined);
        return without.length === 0
            ? [ok("kafka.rackAwareness", "all nodes that take pods tell their zone")]
            : [
                  warning("kafka.rackAwareness", {
                      expected: `the label ${ZONE_LABEL} on all nodes that take pods`,
                      got: `none on ${listOf(without.map(({ metadata }) => metadata?.name ?? ""))}`,
                      next: "label the nodes, or set kafka.rackAwareness to false",
                  }),
              ];
    });
}
