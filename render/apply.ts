import type { KubernetesObject, V1StatefulSet } from "@kubernetes/client-node";
import { sleep } from "../client/deadline";
import { describeError } from "../client/errors";
import { CLUSTER_ID_POOL } from "../components/rendering/strimzi/names";
import { ApplyError } from "./errors";
import type { ObjectApi } from "./objectApi";
import { firstUnready, readinessOf } from "./readiness";
import { isGenerated } from "./secrets";

/** How {@link applyObjects} and {@link deleteObjects} go about it. */
export interface ApplyOptions {
    /**
     * Gives up on an object that shows no progress for so long, in milliseconds.
     *
     * @default 600000
     */
    readonly stallMs?: number;
    /** Told what is waited for. */
    readonly onProgress?: (line: string) => void;
}

const STALL_MS = 600_000;
const POLL_MS = 300;

/** Kinds that hold data or are of no use without them; with a topic's resource its operator deletes the topic. */
const DATA_KINDS: readonly string[] = ["Namespace", "PersistentVolumeClaim", "KafkaTopic"];

/** What an earlier deployment may have left, of whatever kind it was: it is taken back, and not deleted with the rest. */
function isData({ kind, metadata }: KubernetesObject): boolean {
    return (
        DATA_KINDS.includes(kind ?? "") ||
        (kind === "KafkaNodePool" && metadata?.name === CLUSTER_ID_POOL)
    );
}

/** Kinds whose pods have to be gone with them, in order: brokers need ZooKeeper or controllers for a clean stop. */
const POD_KINDS: readonly string[] = ["StatefulSet", "Job", "KafkaNodePool"];

/**
 * Applies objects in their order with server-side apply, and waits for each as Pulumi would before the next.
 *
 * @throws {@link ApplyError} when an object is refused, fails, or shows no progress for too long.
 */
export async function applyObjects(
    api: ObjectApi,
    objects: readonly KubernetesObject[],
    options: ApplyOptions = {},
): Promise<void> {
    for (const object of objects) {
        await naming(object, "could not be applied", async () => {
            const live = await api.read(object);
            if (live !== undefined && isGenerated(object)) {
                // What is there was generated before, and is known to others.
                return;
            }
            if (live !== undefined && readinessOf(live).state === "failed") {
                // A failed Job never runs again by itself.
                await remove(api, live, options);
            }
            await api.apply(adopt(object, live), isData(object));
        });
        await awaitReady(api, object, options);
    }
}

/**
 * Deletes objects in the reverse of their order, and waits until each is gone. The namespace, the claims and the topics,
 * and with them the data, stay unless `deleteData` is set.
 *
 * @throws {@link ApplyError} when an object can't be deleted, or is not gone for too long.
 */
export async function deleteObjects(
    api: ObjectApi,
    objects: readonly KubernetesObject[],
    { deleteData, ...options }: ApplyOptions & { readonly deleteData: boolean },
): Promise<void> {
    const doomed = objects.filter((object) => deleteData || !isData(object));
    for (const object of doomed.toReversed()) {
        await naming(object, "could not be deleted", () => remove(api, object, options));
    }
}

/**
 * The object as it may be applied over the live one: a change of a StatefulSet's claim templates or pod management
 * policy would be refused. The program ignores such changes too; the claims themselves carry the size.
 */
function adopt(object: KubernetesObject, live: KubernetesObject | undefined): KubernetesObject {
    if (object.kind !== "StatefulSet" || live === undefined) {
        return object;
    }
    const { volumeClaimTemplates, podManagementPolicy } = (live as V1StatefulSet).spec ?? {};
    const { spec } = object as V1StatefulSet;
    return { ...object, spec: { ...spec, volumeClaimTemplates, podManagementPolicy } } as object;
}

async function awaitReady(
    api: ObjectApi,
    object: KubernetesObject,
    { stallMs = STALL_MS, onProgress }: ApplyOptions,
): Promise<void> {
    const title = titleOf(object);
    let progress = { reason: "", since: Date.now() };
    let shown = "";
    for (;;) {
        const readiness = readinessOf(await api.read(object));
        if (readiness.state === "ready") {
            return;
        }
        if (readiness.state === "failed") {
            throw new ApplyError(
                `${title} failed: ${readiness.reason}${await logOf(api, object)}`,
                `look at it with ${kubectl(object, `describe ${refOf(object)}`)}`,
            );
        }
        const { reason } = readiness;
        if (reason !== progress.reason) {
            progress = { reason, since: Date.now() };
        }
        const unready = await firstUnreadyPod(api, object);
        const line = `${title}: ${reason}${unready ? `, ${unready.pod}: ${unready.why}` : ""}`;
        if (line !== shown) {
            shown = line;
            onProgress?.(line);
        }
        if (Date.now() - progress.since >= stallMs) {
            throw new ApplyError(
                `no progress for ${Math.round(stallMs / 1000)} s: ${line}`,
                kubectl(object, `describe ${unready ? `pod ${unready.pod}` : refOf(object)}`),
            );
        }
        await sleep(POLL_MS);
    }
}

async function firstUnreadyPod(api: ObjectApi, object: KubernetesObject) {
    const labels = (object as V1StatefulSet).spec?.selector?.matchLabels;
    return object.kind === "StatefulSet" && labels !== undefined
        ? firstUnready(await api.pods(object.metadata?.namespace ?? "", labels))
        : undefined;
}

/** What a failed Job has to say. */
async function logOf(api: ObjectApi, { kind, metadata }: KubernetesObject): Promise<string> {
    if (kind !== "Job") {
        return "";
    }
    try {
        const labels = { "job-name": metadata?.name ?? "" };
        const [pod] = await api.pods(metadata?.namespace ?? "", labels);
        const log = pod === undefined ? "" : await api.logTail(pod);
        return log === "" ? "" : `; its log ends with: ${log.trim().replaceAll("\n", " / ")}`;
    } catch {
        // That it failed is known; its pod may be gone.
        return "";
    }
}

async function remove(
    api: ObjectApi,
    object: KubernetesObject,
    { stallMs = STALL_MS, onProgress }: ApplyOptions,
): Promise<void> {
    const hasPods = POD_KINDS.includes(object.kind ?? "");
    await api.delete(object, hasPods ? "Foreground" : "Background");
    const deadline = Date.now() + stallMs;
    for (let shown = false; (await api.read(object)) !== undefined; shown = true) {
        if (!shown) {
            onProgress?.(`${titleOf(object)}: being deleted`);
        }
        if (Date.now() >= deadline) {
            throw new ApplyError(
                `${titleOf(object)} is not gone after ${Math.round(stallMs / 1000)} s`,
                `see what holds it: ${kubectl(object, `get ${refOf(object)} -o yaml`)}`,
            );
        }
        await sleep(POLL_MS);
    }
}

/** Names the object in an error of the API server. */
async function naming(
    object: KubernetesObject,
    what: string,
    step: () => Promise<void>,
): Promise<void> {
    try {
        await step();
    } catch (error) {
        if (error instanceof ApplyError) {
            throw error;
        }
        const { message, next } = describeError(error);
        const conflict = (error as { code?: unknown }).code === 409;
        throw new ApplyError(
            `${titleOf(object)} ${what}: ${message}`,
            conflict
                ? "something else, such as Pulumi, manages it: change or delete it there"
                : (next ?? kubectl(object, `get ${refOf(object)} -o yaml`)),
            { cause: error },
        );
    }
}

function titleOf({ kind, metadata }: KubernetesObject): string {
    return `${kind} ${metadata?.name}`;
}

function refOf({ kind, metadata }: KubernetesObject): string {
    return `${kind?.toLowerCase()} ${metadata?.name}`;
}

function kubectl({ metadata }: KubernetesObject, command: string): string {
    const namespace = metadata?.namespace === undefined ? "" : ` --namespace ${metadata.namespace}`;
    return `kubectl${namespace} ${command}`;
}
