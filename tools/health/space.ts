import type { V1Pod } from "@kubernetes/client-node";
import { KAFKA, ZOOKEEPER } from "../../components/kafka/names";
import { BROKER_POOL, CONTROLLER_POOL } from "../../components/strimzi/names";
import { TimeoutError } from "../cli/errors";
import { describeFault } from "../client/describeFault";
import { APPLICATIONS_SELECTOR, type Check, type HealthContext } from "./check";
import type { ExpectedSet } from "./expected";

/** Percentage of a volume below which it is nearly full: Kafka stops a broker whose volume is full. */
const LEAST_FREE = 10;
const ANSWER_TIMEOUT_MS = 10_000;

/** Keys of the configuration with the size of a set's volumes, by the set's name. */
const SIZE_KEYS: Readonly<Record<string, string>> = {
    [KAFKA]: "kafka-eks:kafka.storage.size",
    [ZOOKEEPER]: "kafka-eks:zookeeper.storage.size",
    [BROKER_POOL]: "kafka-eks:kafka.storage.size",
    [CONTROLLER_POOL]: "kafka-eks:strimzi.controllers.storage.size",
};

/** Where a claim's volume is mounted. */
export interface MountedClaim {
    readonly claim: string;
    readonly pod: string;
    /**
     * Container that runs and has it mounted.
     *
     * @default - None of the pod does, so that nobody can look.
     */
    readonly container?: string;
    readonly path: string;
}

/** How full a file system is, in KiB. */
export interface Usage {
    readonly size: number;
    readonly used: number;
    /** What whoever is not root may still write. */
    readonly available: number;
}

/** What was found out about a volume. */
export type FoundSpace =
    | { readonly usage: Usage }
    | {
          readonly fault: string;
          /** Whether the volume gave no answer; otherwise it could not be asked, which says nothing about it. */
          readonly isSilent: boolean;
      };

/** The claims of containers, of one that runs where there is one. */
export function mountedClaims(pods: readonly V1Pod[]): MountedClaim[] {
    return pods.flatMap(({ metadata, spec, status }) => {
        const running = (status?.containerStatuses ?? [])
            .filter(({ state }) => state?.running !== undefined)
            .map(({ name }) => name);
        return (spec?.volumes ?? []).flatMap(({ name, persistentVolumeClaim }) => {
            const mounts = (spec?.containers ?? []).flatMap(
                ({ name: container, volumeMounts = [] }) =>
                    volumeMounts
                        .filter((mount) => mount.name === name)
                        .map(({ mountPath: path }) =>
                            running.includes(container) ? { container, path } : { path },
                        ),
            );
            const mounted = mounts.find((mount) => "container" in mount) ?? mounts[0];
            return persistentVolumeClaim && mounted
                ? [
                      {
                          claim: persistentVolumeClaim.claimName,
                          pod: metadata?.name ?? "",
                          ...mounted,
                      },
                  ]
                : [];
        });
    });
}

/** Reads what `df -Pk` prints of one file system; `undefined` when it is something else. */
export function parseUsage(text: string): Usage | undefined {
    const [, size, used, available] = /\s(\d+)\s+(\d+)\s+(\d+)\s+\d+%\s/.exec(text) ?? [];
    return size === undefined
        ? undefined
        : { size: Number(size), used: Number(used), available: Number(available) };
}

/** Judges the free space of a claim's volume. */
export function judgeSpace(
    { claim, pod, path }: MountedClaim,
    found: FoundSpace,
    expected: readonly ExpectedSet[],
    namespace: string,
): Check {
    const base = { area: "volumes", name: `${claim}: free space` } as const;
    if ("fault" in found) {
        const { fault, isSilent } = found;
        return isSilent
            ? {
                  ...base,
                  ok: false,
                  detail: fault,
                  next: `kubectl describe pod ${pod} -n ${namespace}`,
              }
            : { ...base, ok: true, skipped: true, detail: `could not be read: ${fault}` };
    }
    const { size, used, available } = found.usage;
    const free = Math.floor((100 * available) / Math.max(used + available, 1));
    const ok = free >= LEAST_FREE;
    const key = SIZE_KEYS[expected.find(({ claims }) => claims.includes(claim))?.name ?? ""];
    return {
        ...base,
        ok,
        detail: `${gibibytes(used)} of ${gibibytes(size)} GiB used, ${free} % free`,
        ...(!ok && {
            next:
                key === undefined
                    ? `kubectl exec ${pod} -n ${namespace} -- df -h ${path}`
                    : `grow it: pulumi config set --path ${key} SIZE && pulumi up`,
        }),
    };
}

function gibibytes(kibibytes: number): string {
    return (kibibytes / 1024 ** 2).toFixed(1);
}

/** Checks the free space of every volume that a pod of Kafka or ZooKeeper mounts. */
export async function checkSpace(
    context: HealthContext,
    expected: readonly ExpectedSet[],
): Promise<Check[]> {
    const { apis, namespace } = context;
    const { items } = await apis.core
        .listNamespacedPod({ namespace, labelSelector: APPLICATIONS_SELECTOR })
        // The area of the pods says why they can't be seen.
        .catch(() => ({ items: [] }));
    const claims = mountedClaims(items).sort((a, b) => (a.claim < b.claim ? -1 : 1));
    return Promise.all(
        claims.map(async (claim) =>
            judgeSpace(claim, await spaceOf(claim, context), expected, namespace),
        ),
    );
}

async function spaceOf(
    { pod, container, path }: MountedClaim,
    { exec }: HealthContext,
): Promise<FoundSpace> {
    if (container === undefined) {
        return { fault: `${pod} does not run`, isSilent: false };
    }
    const command = ["df", "-Pk", path];
    try {
        const text = await exec({ pod, container, command, timeoutMs: ANSWER_TIMEOUT_MS });
        const usage = parseUsage(text);
        return usage ? { usage } : { fault: "df printed something else", isSilent: false };
    } catch (error) {
        return { fault: describeFault(error).message, isSilent: error instanceof TimeoutError };
    }
}
