import type {
    KubernetesObject,
    V1LimitRange,
    V1Pod,
    V1ResourceQuota,
    V1Service,
} from "@kubernetes/client-node";
import { quantityOf, sumOfContainers, total } from "./amounts";
import { fails, type Judgement, listOf, notKnown, ok } from "./finding";
import { judgeKnown, type Known, valueOr } from "./known";
import { judgeRange, withDefaults } from "./limitRanges";
import type { PlannedClaim } from "./plannedPods";
import { plannedServices } from "./plannedServices";
import { isOfGroup, type PodGroup } from "./podGroup";

/** What a stack puts into its namespace. */
export interface Demand {
    readonly groups: readonly PodGroup[];
    readonly claims: readonly PlannedClaim[];
    readonly objects: readonly KubernetesObject[];
}

/** What is known of the namespace. */
export interface QuotaFacts {
    readonly quotas: Known<readonly V1ResourceQuota[]>;
    readonly ranges: Known<readonly V1LimitRange[]>;
    /** Pods of all namespaces. */
    readonly pods: Known<readonly V1Pod[]>;
    /** Services of all namespaces. */
    readonly services: Known<readonly V1Service[]>;
    /** Names of claims that are there. */
    readonly claims: Known<ReadonlySet<string>>;
}

/** Judges whether quotas and limits of a namespace let the stack in. */
export function judgeQuotas(namespace: string, demand: Demand, facts: QuotaFacts): Judgement[] {
    const groups = demand.groups.filter((group) => group.namespace === namespace);
    const asAdmitted = groups.map((group) => ({
        ...group,
        spec: withDefaults(group.spec, valueOr(facts.ranges, [])),
    }));
    return [
        ...judgeKnown(facts.quotas, "ResourceQuota", (quotas) =>
            quotas.length === 0
                ? [ok("ResourceQuota", "none")]
                : quotas.flatMap((quota) =>
                      judgeQuota(quota, { ...demand, groups: asAdmitted }, facts),
                  ),
        ),
        ...judgeKnown(facts.ranges, "LimitRange", (ranges) =>
            ranges.length === 0
                ? [ok("LimitRange", "none")]
                : ranges.flatMap((range) =>
                      judgeRange(range, { ...demand, groups: asAdmitted }, groups),
                  ),
        ),
    ];
}

/** Scopes that all pods of the program are in; those in others are no pods of it. */
const OUR_SCOPES = ["NotTerminating", "NotBestEffort"];
const OTHER_SCOPES = ["Terminating", "BestEffort"];

function judgeQuota(
    { metadata, spec, status }: V1ResourceQuota,
    demand: Demand,
    facts: QuotaFacts,
): Judgement[] {
    const key = `ResourceQuota ${metadata?.name}`;
    const scopes = [
        ...(spec?.scopes ?? []),
        ...(spec?.scopeSelector?.matchExpressions ?? []).map(({ scopeName }) => scopeName),
    ];
    if (scopes.some((scope) => OTHER_SCOPES.includes(scope))) {
        return [ok(key, `for other pods (${scopes.join(", ")})`)];
    }
    const strange = scopes.find((scope) => !OUR_SCOPES.includes(scope));
    if (strange !== undefined) {
        return [notKnown(key, `whether its scope ${strange} has the stack's pods`)];
    }
    const hard = status?.hard ?? spec?.hard ?? {};
    const used = status?.used ?? {};
    const present = valueOr(facts.pods, []);
    const judged = Object.entries(hard).flatMap(([resource, limit]) => {
        const unlimited = podsWithout(resource, demand.groups);
        if (unlimited.length > 0) {
            return [
                fails(`${key}: ${resource}`, {
                    expected: `${resource} of all containers, which the quota asks for`,
                    got: `none of ${listOf(unlimited)}`,
                    next: `configure ${keyOf(resource)}, or give the namespace a LimitRange with a default`,
                }),
            ];
        }
        const more = demandOf(resource, demand, facts, present);
        const left = quantityOf(limit) - quantityOf(used[resource] ?? "0");
        return more <= left
            ? []
            : [
                  fails(`${key}: ${resource}`, {
                      expected: `${amount(resource, more)} that are left`,
                      got: `${amount(resource, Math.max(left, 0))} of ${limit}`,
                      next: "raise the quota, or lower what the stack asks for",
                  }),
              ];
    });
    return judged.length > 0 ? judged : [ok(key, `leaves enough of ${listOf(Object.keys(hard))}`)];
}

/** Part of the resource's name that says what of a container it counts; `cpu` alone is what it requests. */
function ofContainers(resource: string): readonly ["requests" | "limits", string] | undefined {
    const [, kind = "requests", name] =
        /^(?:(requests|limits)\.)?(cpu|memory|ephemeral-storage)$/.exec(resource) ?? [];
    return name === undefined ? undefined : [kind as "requests" | "limits", name];
}

function keyOf(resource: string): string {
    const [kind, name] = ofContainers(resource)!;
    return `resources.${kind}.${name}`;
}

/** Groups with a container that does not say what a quota counts. The API server refuses their pods. */
function podsWithout(resource: string, groups: readonly PodGroup[]): string[] {
    const part = ofContainers(resource);
    // Of disks nobody has to say anything.
    if (part === undefined || part[1] === "ephemeral-storage") {
        return [];
    }
    const [kind, name] = part;
    return groups
        .filter(({ spec }) =>
            [...(spec.initContainers ?? []), ...spec.containers].some(
                ({ resources }) => resources?.[kind]?.[name] === undefined,
            ),
        )
        .map(({ what }) => what);
}

/** How much of a resource comes on top of what is there. */
function demandOf(
    resource: string,
    { groups, claims, objects }: Demand,
    facts: QuotaFacts,
    present: readonly V1Pod[],
): number {
    const part = ofContainers(resource);
    if (part !== undefined) {
        const [kind, name] = part;
        const wanted = groups.map(
            ({ names, spec }) => names.length * sumOfContainers(spec, kind, name),
        );
        const there = present
            .filter((pod) => groups.some((group) => isOfGroup(group, pod)))
            .map(({ spec }) => (spec === undefined ? 0 : sumOfContainers(spec, kind, name)));
        return total(wanted) - total(there);
    }
    const known = valueOr(facts.claims, new Set<string>());
    const made = claims.filter(({ name }) => !known.has(name));
    const [, storageClass, what] =
        /^(.+)\.storageclass\.storage\.k8s\.io\/(.+)$/.exec(resource) ?? [];
    const ofClass =
        storageClass === undefined
            ? made
            : made.filter((claim) => claim.storageClass === storageClass);
    switch (what ?? resource.replace(/^count\/([a-z]+)$/, "$1")) {
        case "requests.storage":
            return total(ofClass.map(({ size }) => quantityOf(size)));
        case "persistentvolumeclaims":
            return ofClass.length;
        case "pods":
            return (
                total(groups.map(({ names }) => names.length)) -
                present.filter((pod) => groups.some((group) => isOfGroup(group, pod))).length
            );
        case "services.loadbalancers":
            return newServices(objects, facts.services, ["LoadBalancer"]);
        case "services.nodeports":
            return newServices(objects, facts.services, ["LoadBalancer", "NodePort"]);
        default:
            return 0;
    }
}

/** How many Services of some types come on top of those that are there. */
function newServices(
    objects: readonly KubernetesObject[],
    present: QuotaFacts["services"],
    types: readonly string[],
): number {
    const planned = plannedServices(objects).filter(({ type }) => types.includes(type));
    const there = valueOr(present, []).filter(
        ({ metadata, spec }) =>
            types.includes(spec?.type ?? "") &&
            planned.some(
                ({ namespace, name }) =>
                    metadata?.namespace === namespace && metadata?.name === name,
            ),
    );
    return planned.length - there.length;
}

function amount(resource: string, value: number): string {
    return /memory|storage$/.test(resource)
        ? `${Math.round((value / 2 ** 30) * 100) / 100}Gi`
        : String(Math.round(value * 1000) / 1000);
}
