import type {
    V1Container,
    V1LimitRange,
    V1LimitRangeItem,
    V1PodSpec,
} from "@kubernetes/client-node";
import { type Quantities, quantityOf, sumOfContainers } from "./amounts";
import { fails, type Judgement, listOf, ok, warning } from "./finding";
import type { PlannedClaim } from "./plannedPods";
import type { PodGroup } from "./podGroup";

/** What a range is compared with. */
interface Demand {
    readonly groups: readonly PodGroup[];
    readonly claims: readonly PlannedClaim[];
}

/** A pod as the API server admits it: with what ranges give to containers that say nothing themselves. */
export function withDefaults(spec: V1PodSpec, ranges: readonly V1LimitRange[]): V1PodSpec {
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

/**
 * Judges whether a range lets pods and claims in.
 *
 * @param demand The pods as the API server admits them.
 * @param groups The pods as the stack has them, before anything is added.
 */
export function judgeRange(
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
                    .map((name) => [name, String(sumOfContainers(spec, kind, name))])
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
