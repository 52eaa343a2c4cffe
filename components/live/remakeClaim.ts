import { setTimeout as delay } from "node:timers/promises";
import type { V1PersistentVolumeClaim } from "@kubernetes/client-node";
import { parseQuantity } from "../kubernetes/quantity";
import type { Fields } from "./appliedFields";
import { brief } from "./brief";
import type { WantedClaim } from "./growClaims";
import { CLAIM, type LiveObjects } from "./objects";

/** What a claim is to ask for while it has no volume. */
export interface AskedClaim extends WantedClaim {
    /** @default - The cluster's default class. */
    readonly storageClass?: string;
}

/** A claim without a volume that asks for something else than it should. No pod ever started with it: it holds nothing. */
export interface UnfitClaim {
    readonly claim: V1PersistentVolumeClaim;
    /** What it is to ask for, and what it asks for. */
    readonly differences: string;
}

const POLL_MS = 200;
/**
 * How long a claim is given to get its volume, in seconds: one that is on its way would be left over, and a class that retains
 * volumes would keep it.
 */
const YOUNG_SECONDS = 60;
/** Until a claim has to be gone after that, and its successor there, in seconds. */
const LIMIT_SECONDS = 60;
/** Annotations of Kubernetes itself, such as the node that was chosen for the volume. */
const OF_KUBERNETES = /(^|\.)kubernetes\.io\//;

/** A claim that would be made anew; `undefined` where it is as it should be, bound, or not there. */
export async function unfitClaim(
    live: LiveObjects,
    namespace: string,
    wanted: AskedClaim,
): Promise<UnfitClaim | undefined> {
    const { name } = wanted;
    const claim = await live.read<V1PersistentVolumeClaim>({ ...CLAIM, namespace, name });
    return claim && unfit(claim, wanted);
}

/**
 * Has a claim without a volume made anew where it asks for something else than it should: Kubernetes changes neither its
 * class nor, before it has a volume, its size. A claim with a volume is never touched, also where it gets one meanwhile.
 *
 * @returns What was different; `undefined` where nothing was made anew.
 * @throws Error when Kubernetes refuses. Then there is the claim that was there.
 */
export async function remakeClaim(
    live: LiveObjects,
    namespace: string,
    wanted: AskedClaim,
): Promise<string | undefined> {
    const ref = { ...CLAIM, namespace, name: wanted.name };
    const read = () => live.read<V1PersistentVolumeClaim>(ref);
    const began = performance.now();
    const secondsGone = () => (performance.now() - began) / 1000;
    let replaced: UnfitClaim | undefined;
    for (;;) {
        const claim = await read();
        const found = claim && unfit(claim, wanted);
        if (found === undefined && (claim !== undefined || replaced === undefined)) {
            return undefined;
        }
        if (replaced === undefined && isYoung(claim!) && secondsGone() < YOUNG_SECONDS) {
            await delay(POLL_MS);
            continue;
        }
        replaced ??= found!;
        const { claim: before, differences } = replaced;
        const fail = (why: string, cause?: unknown) => {
            throw new Error(
                `${wanted.name}: expected a claim with ${differences}, got "${brief(why)}". ` +
                    `Next: kubectl describe persistentvolumeclaim ${wanted.name} -n ${namespace}`,
                { cause },
            );
        };
        if (secondsGone() > YOUNG_SECONDS + LIMIT_SECONDS) {
            fail(`it is not there after ${LIMIT_SECONDS} s`);
        } else if (claim === undefined) {
            try {
                await live.create(successor(before, wanted));
                // Whatever admission makes of it.
                return differences;
            } catch (error) {
                // The StatefulSet may have been faster, and have made one by its template.
                if ((await read()) === undefined) {
                    await live.create(successor(before)).catch(() => undefined);
                    fail((error as Error).message, error);
                }
            }
        } else if (claim.metadata?.deletionTimestamp !== undefined) {
            await delay(POLL_MS);
        } else {
            await live.remove(ref, claim.metadata).catch(async (error: unknown) => {
                if (versionOf(await read()) === versionOf(claim)) {
                    fail((error as Error).message, error);
                }
            });
        }
    }
}

function isYoung({ metadata }: V1PersistentVolumeClaim): boolean {
    const made = metadata?.creationTimestamp;
    return made !== undefined && Date.now() - new Date(made).getTime() < YOUNG_SECONDS * 1000;
}

function unfit(claim: V1PersistentVolumeClaim, wanted: AskedClaim): UnfitClaim | undefined {
    const { metadata, spec } = claim;
    if (spec?.volumeName) {
        return undefined;
    }
    const size = spec?.resources?.requests?.["storage"] ?? "0";
    // A claim that names no class has the default one in its place.
    const isOtherClass =
        wanted.storageClass === undefined
            ? hasNamedClass(metadata)
            : spec?.storageClassName !== wanted.storageClass;
    const differences = [
        ...(isOtherClass
            ? [
                  `storageClass ${wanted.storageClass ?? "of the cluster"} instead of ${spec?.storageClassName ?? "none"}`,
              ]
            : []),
        // Kubernetes may write a part of a byte in another way.
        ...(Math.abs(parseQuantity(size)! - parseQuantity(wanted.size)!) < 1
            ? []
            : [`${wanted.size} instead of ${size}`]),
    ];
    return differences.length === 0 ? undefined : { claim, differences: differences.join(", ") };
}

/** Whether whoever made a claim named its class: what admission fills in is nobody's field. */
function hasNamedClass(metadata: V1PersistentVolumeClaim["metadata"]): boolean {
    return (metadata?.managedFields ?? []).some(
        ({ fieldsV1 }) =>
            (fieldsV1 as Fields | undefined)?.["f:spec"]?.["f:storageClassName"] !== undefined,
    );
}

/** @param wanted What it is to ask for; by default the same. */
function successor(
    { metadata, spec }: V1PersistentVolumeClaim,
    wanted?: AskedClaim,
): V1PersistentVolumeClaim {
    const { storageClassName: before, ...others } = spec!;
    const storageClassName = wanted === undefined ? before : wanted.storageClass;
    const { name, namespace, labels, annotations = {} } = metadata!;
    return {
        ...CLAIM,
        metadata: {
            name,
            namespace,
            labels,
            annotations: Object.fromEntries(
                Object.entries(annotations).filter(([key]) => !OF_KUBERNETES.test(key)),
            ),
        },
        spec: {
            ...others,
            ...(storageClassName !== undefined && { storageClassName }),
            ...(wanted !== undefined && { resources: { requests: { storage: wanted.size } } }),
        },
    };
}

function versionOf(claim: V1PersistentVolumeClaim | undefined): string | undefined {
    return claim?.metadata?.resourceVersion;
}
