import type { V1PersistentVolumeClaim } from "@kubernetes/client-node";
import { parseQuantity } from "../../components/kubernetes/quantity";
import type { Check, HealthContext } from "./check";
import type { ExpectedSet } from "./expected";

const APPLICATION_LABEL = "app.kubernetes.io/name";

/** Judges the claims: all that are expected exist, have a volume of the size that they ask for, and ask for the same. */
export function judgeVolumes(
    claims: readonly V1PersistentVolumeClaim[],
    expected: readonly ExpectedSet[],
    namespace: string,
): Check[] {
    const wanted = expected.flatMap((set) => set.claims);
    const found = new Map(claims.map((claim) => [claim.metadata?.name ?? "", claim]));
    const labelled = [...found.keys()].filter((name) =>
        ["kafka", "zookeeper"].includes(
            found.get(name)?.metadata?.labels?.[APPLICATION_LABEL] ?? "",
        ),
    );
    const largest = new Map(
        expected.flatMap((set) => {
            const size = largestOf(set.claims.flatMap((name) => requestOf(found.get(name)) ?? []));
            return set.claims.map((name) => [name, size] as const);
        }),
    );
    return [...new Set([...wanted, ...labelled])].sort().map((name) => {
        const claim = found.get(name);
        return claim === undefined
            ? {
                  area: "volumes",
                  name,
                  ok: false,
                  detail: "does not exist",
                  next: `kubectl get persistentvolumeclaims -n ${namespace}`,
              }
            : judgeClaim(claim, largest.get(name), namespace);
    });
}

/** @param largest Size that the largest claim of the same StatefulSet or node pool asks for. */
function judgeClaim(
    claim: V1PersistentVolumeClaim,
    largest: string | undefined,
    namespace: string,
): Check {
    const { metadata, spec, status } = claim;
    const name = metadata?.name ?? "";
    const asked = requestOf(claim);
    const isSmaller = bytesOf(asked) < bytesOf(largest);
    const growth = growthOf(claim);
    // Its phase stays `Bound` until the pod that uses it ends.
    const isLeaving = metadata?.deletionTimestamp !== undefined;
    const detail = [
        status?.phase ?? "Unknown",
        ...(isLeaving ? ["deleted: it goes when its pod ends"] : []),
        growth?.detail ?? asked ?? "no size",
        `class ${spec?.storageClassName ?? "default"}`,
        ...(isSmaller ? [`smaller than the others, which ask for ${largest}`] : []),
    ].join(", ");
    if (status?.phase === "Bound" && growth?.isStuck !== true && !isSmaller && !isLeaving) {
        return { area: "volumes", name, ok: true, detail };
    }
    const next = isSmaller
        ? "pulumi up --refresh gives it their size"
        : `kubectl describe persistentvolumeclaim ${name} -n ${namespace}`;
    return { area: "volumes", name, ok: false, detail, next };
}

/** How the volume of a claim gets the size that is asked for; `undefined` where it has it, or there is none yet. */
function growthOf(
    claim: V1PersistentVolumeClaim,
): { readonly detail: string; readonly isStuck: boolean } | undefined {
    const { status } = claim;
    const size = status?.capacity?.storage;
    const asked = requestOf(claim);
    if (size === undefined || bytesOf(size) >= bytesOf(asked)) {
        return undefined;
    }
    const conditions = (status?.conditions ?? []).filter((each) => each.status === "True");
    const failure = conditions.find(({ type }) => GROWTH_FAILURES.includes(type));
    const state = status?.allocatedResourceStatuses?.storage;
    const isGrowing = conditions.some(({ type }) => GROWTH_STEPS.includes(type));
    if (
        failure === undefined &&
        !/(Infeasible|Failed)$/.test(state ?? "") &&
        (isGrowing || state)
    ) {
        return { detail: `${size} of ${asked}, growing`, isStuck: false };
    }
    const reason = failure?.message ?? state ?? "nobody has begun to grow it";
    return { detail: `${size} of ${asked}: ${reason}`, isStuck: true };
}

/** Conditions of a claim that say that its volume could not grow. */
const GROWTH_FAILURES = ["ControllerResizeError", "NodeResizeError"];

/**
 * Conditions of a claim whose volume is about to grow.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/persistent-volume-claim-v1/
 */
const GROWTH_STEPS = ["Resizing", "FileSystemResizePending"];

function requestOf(claim: V1PersistentVolumeClaim | undefined): string | undefined {
    return claim?.spec?.resources?.requests?.storage;
}

function largestOf(sizes: readonly string[]): string | undefined {
    return sizes.toSorted((a, b) => bytesOf(b) - bytesOf(a)).at(0);
}

function bytesOf(size = "0"): number {
    return parseQuantity(size) ?? 0;
}

/** Checks the claims. */
export async function checkVolumes(
    { apis, namespace }: HealthContext,
    expected: readonly ExpectedSet[],
): Promise<Check[]> {
    const { items } = await apis.core.listNamespacedPersistentVolumeClaim({ namespace });
    return judgeVolumes(items, expected, namespace);
}
