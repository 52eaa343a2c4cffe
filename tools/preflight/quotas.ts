import type {
    KubernetesObject,
    V1Container,
    V1LimitRange,
    V1LimitRangeItem,
    V1Pod,
    V1PodSpec,
    V1ResourceQuota,
    V1Service,
} from "@kubernetes/client-node";
import { quantityOf } from "./amounts";
import { fails, type Judgement, listOf, notKnown, ok, warning } from "./finding";
import { judgeKnown, type Known, valueOr } from "./known";
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

type Quantities = Readonly<Record<string, string>>;

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

/** A pod as the API server admits it: with what ranges give to containers that say nothing themselves. */
function withDefaults(spec: V1PodSpec, ranges: readonly V1LimitRange[]): V1PodSpec {
    const items = ranges
        .flatMap((range) => range.spec?.limits ?? [])
        .filter(({ type }) => type === "Container");
    const defaults = (of: "_default" | "defaultRequest"): Quantities =>
        Object.assign({}, ...items.map((item) => item[of] ?? {})) as Quantities;
    const admitted = ({ resources, ...container }: V1Container): V1Container => {
        const limits = { ...defaults("_default"), ...resources?.limits };
        const requests = {
            ...limits,
            ...defaults("defaultRequest"),
            // A limit of its own counts as its request.
            ...resources?.limits,
            ...resources?.requests,
        };
        return { ...container, resources: { limits, requests } };
    };
    return {
        ...spec,
        containers: spec.containers.map(admitted),
        ...(spec.initContainers && { initContainers: spec.initContainers.map(admitted) }),
    };
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
        const wanted = groups.map(({ names, spec }) => names.length * sumOf(spec, kind, name));
        const there = present
            .filter((pod) => groups.some((group) => isOfGroup(group, pod)))
            .map(({ spec }) => (spec === undefined ? 0 : sumOf(spec, kind, name)));
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

function sumOf({ containers }: V1PodSpec, kind: "requests" | "limits", name: string): number {
    return total(containers.map(({ resources }) => quantityOf(resources?.[kind]?.[name] ?? "0")));
}

function total(numbers: readonly number[]): number {
    return numbers.reduce((sum, each) => sum + each, 0);
}

function amount(resource: string, value: number): string {
    return /memory|storage$/.test(resource)
        ? `${Math.round((value / 2 ** 30) * 100) / 100}Gi`
        : String(Math.round(value * 1000) / 1000);
}

/** @param groups The pods as the stack has them, before anything is added. */
function judgeRange(
    { metadata, spec }: V1LimitRange,
    demand: Demand,
    groups: readonly PodGroup[],
): Judgement[] {
    const key = `LimitRange ${metadata?.name}`;
    const judged = (spec?.limits ?? []).flatMap((item) => {
        switch (item.type) {
            case "Container":
                return [...containersBeyond(key, item, demand), ...cpuLimits(key, item, groups)];
            case "Pod":
                return podsBeyond(key, item, demand);
            case "PersistentVolumeClaim":
                return claimsBeyond(key, item, demand);
            default:
                return [];
        }
    });
    return judged.length > 0 ? judged : [ok(key, "lets all pods and claims in")];
}

/** What something asks for, by the names of a range. */
interface Asked {
    readonly what: string;
    readonly requests: Quantities;
    readonly limits: Quantities;
}

function beyond(key: string, { min = {}, max = {} }: V1LimitRangeItem, asked: Asked): Judgement[] {
    const { what, requests, limits } = asked;
    const tooLittle = Object.entries(min).flatMap(([resource, bound]) => {
        const got = requests[resource] ?? limits[resource];
        return got !== undefined && quantityOf(got) < quantityOf(bound)
            ? [difference(key, what, `at least ${bound} of ${resource}`, got)]
            : [];
    });
    const tooMuch = Object.entries(max).flatMap(([resource, bound]) => {
        const got = limits[resource] ?? requests[resource];
        return got !== undefined && quantityOf(got) > quantityOf(bound)
            ? [difference(key, what, `at most ${bound} of ${resource}`, got)]
            : [];
    });
    return [...tooLittle, ...tooMuch];
}

function difference(key: string, what: string, expected: string, got: string): Judgement {
    return fails(key, {
        expected: `${expected} for ${what}`,
        got,
        next: "change the LimitRange, or what the stack asks for",
    });
}

function containersBeyond(key: string, item: V1LimitRangeItem, { groups }: Demand): Judgement[] {
    return groups.flatMap(({ what, spec }) =>
        spec.containers.flatMap(({ resources }) =>
            beyond(key, item, {
                what,
                requests: resources?.requests ?? {},
                limits: resources?.limits ?? {},
            }),
        ),
    );
}

/** A range gives a limit of the CPU to containers without one, and throttled brokers fall out of the ISR. */
function cpuLimits(
    key: string,
    { _default }: V1LimitRangeItem,
    groups: readonly PodGroup[],
): Judgement[] {
    const limit = _default?.["cpu"];
    if (limit === undefined) {
        return [];
    }
    const without = groups.flatMap(({ what, claims, spec }) =>
        spec.containers
            .filter(({ resources }) => resources?.limits?.["cpu"] === undefined)
            .map(({ resources }) => ({
                what,
                isServer: claims !== undefined,
                asked: resources?.requests?.["cpu"] ?? "0",
            })),
    );
    const tooMuch = without.filter(({ asked }) => quantityOf(asked) > quantityOf(limit));
    const servers = without.filter(({ isServer }) => isServer);
    const [first] = tooMuch;
    if (first !== undefined) {
        return [
            fails(key, {
                expected: `a default limit of at least ${first.asked} CPU, which ${first.what} ask for`,
                got: limit,
                next: "configure resources.limits.cpu, or take the default out of the LimitRange",
            }),
        ];
    }
    return servers.length === 0
        ? []
        : [
              warning(key, {
                  expected: "no limit of the CPU unless one is configured",
                  got: `${limit} for each container of ${listOf([...new Set(servers.map(({ what }) => what))])}`,
                  next: "configure resources.limits.cpu, or take the default out of the LimitRange",
              }),
          ];
}

function podsBeyond(key: string, item: V1LimitRangeItem, { groups }: Demand): Judgement[] {
    return groups.flatMap(({ what, spec }) => {
        const sums = (kind: "requests" | "limits"): Quantities =>
            Object.fromEntries(
                ["cpu", "memory"]
                    .map((name) => [name, String(sumOf(spec, kind, name))])
                    .filter(([, sum]) => sum !== "0"),
            ) as Quantities;
        return beyond(key, item, { what, requests: sums("requests"), limits: sums("limits") });
    });
}

function claimsBeyond(key: string, item: V1LimitRangeItem, { claims }: Demand): Judgement[] {
    const sizes = new Map(claims.map(({ key: what, size }) => [`${what}.size`, size]));
    return [...sizes].flatMap(([what, storage]) =>
        beyond(key, item, { what, requests: { storage }, limits: {} }),
    );
}
