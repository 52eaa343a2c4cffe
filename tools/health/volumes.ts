import type { V1PersistentVolumeClaim } from "@kubernetes/client-node";
import type { Check, HealthContext } from "./check";
import type { ExpectedSet } from "./expected";

const APPLICATION_LABEL = "app.kubernetes.io/name";

/** Judges the claims: all that are expected exist and have a volume. */
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
            : judgeClaim(name, claim, namespace);
    });
}

function judgeClaim(
    name: string,
    { spec, status }: V1PersistentVolumeClaim,
    namespace: string,
): Check {
    const ok = status?.phase === "Bound";
    const size = status?.capacity?.storage;
    const asked = spec?.resources?.requests?.storage;
    const detail = [
        status?.phase ?? "Unknown",
        size === undefined || size === asked ? (asked ?? "no size") : `${size} of ${asked}`,
        `class ${spec?.storageClassName ?? "default"}`,
    ].join(", ");
    const next = `kubectl describe persistentvolumeclaim ${name} -n ${namespace}`;
    return { area: "volumes", name, ok, detail, ...(!ok && { next }) };
}

/** Checks the claims. */
export async function checkVolumes(
    { apis, namespace }: HealthContext,
    expected: readonly ExpectedSet[],
): Promise<Check[]> {
    const { items } = await apis.core.listNamespacedPersistentVolumeClaim({ namespace });
    return judgeVolumes(items, expected, namespace);
}
