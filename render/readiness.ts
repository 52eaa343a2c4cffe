import type { KubernetesObject, V1Job, V1Pod, V1StatefulSet } from "@kubernetes/client-node";

/** Whether what comes after an object may come. */
export type Readiness =
    | { readonly state: "ready" }
    | { readonly state: "waiting"; readonly reason: string }
    | { readonly state: "failed"; readonly reason: string };

const READY: Readiness = { state: "ready" };
const NOT_NOTICED: Readiness = { state: "waiting", reason: "the change is not noticed yet" };

/** Annotation by which the program tells what to wait for. */
const WAIT_FOR = "pulumi.com/waitFor";

/**
 * Whether an object is ready, as Pulumi's provider would see it: a StatefulSet is rolled out, a Job is complete, an
 * object with a `pulumi.com/waitFor` annotation has what that asks for. Nothing else is waited for.
 *
 * @param live The object as it is now; `undefined` while there is none.
 */
export function readinessOf(live: KubernetesObject | undefined): Readiness {
    if (live === undefined) {
        return { state: "waiting", reason: "not there yet" };
    }
    const waitFor = live.metadata?.annotations?.[WAIT_FOR];
    const observed = valueAt(live, ".status.observedGeneration");
    if (waitFor !== undefined && observed !== undefined && observed !== live.metadata?.generation) {
        return NOT_NOTICED;
    }
    if (waitFor !== undefined) {
        return awaited(live, waitFor);
    }
    if (live.kind === "Job") {
        return jobReadiness(live);
    }
    return live.kind === "StatefulSet" ? statefulSetReadiness(live) : READY;
}

function jobReadiness({ status }: V1Job): Readiness {
    const condition = (type: string) =>
        status?.conditions?.find((each) => each.type === type && each.status === "True");
    if (condition("Complete")) {
        return READY;
    }
    const failure = condition("Failed");
    return failure === undefined
        ? { state: "waiting", reason: "still running" }
        : { state: "failed", reason: failure.message ?? failure.reason ?? "it failed" };
}

function statefulSetReadiness({ metadata, spec, status }: V1StatefulSet): Readiness {
    const replicas = spec?.replicas ?? 1;
    const { readyReplicas = 0, updatedReplicas = 0 } = status ?? {};
    if (status?.observedGeneration !== metadata?.generation) {
        return NOT_NOTICED;
    }
    if (status?.currentRevision !== status?.updateRevision && updatedReplicas < replicas) {
        return {
            state: "waiting",
            reason: `${updatedReplicas} of ${replicas} pods updated, ${readyReplicas} ready`,
        };
    }
    return readyReplicas < replicas || (status?.replicas ?? 0) !== replicas
        ? { state: "waiting", reason: `${readyReplicas} of ${replicas} pods ready` }
        : READY;
}

/** `condition=Type` or `jsonpath={.path.to.value}`, the two forms that the program uses. */
function awaited(live: KubernetesObject, waitFor: string): Readiness {
    const [, condition] = /^condition=(\w+)$/.exec(waitFor) ?? [];
    const [, path] = /^jsonpath=\{((?:\.\w+)+)\}$/.exec(waitFor) ?? [];
    if (condition === undefined && path === undefined) {
        return { state: "failed", reason: `${WAIT_FOR}: ${waitFor} is not understood` };
    }
    const met =
        path === undefined
            ? conditions(live).some(({ type, status }) => type === condition && status === "True")
            : valueAt(live, path) !== undefined;
    return met ? READY : { state: "waiting", reason: `no ${condition ?? path} yet` };
}

function conditions(live: KubernetesObject): readonly { type?: string; status?: string }[] {
    const found = valueAt(live, ".status.conditions");
    return Array.isArray(found) ? (found as { type?: string; status?: string }[]) : [];
}

function valueAt(object: unknown, path: string): unknown {
    return path
        .slice(1)
        .split(".")
        .reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], object);
}

/** What the first pod that is not ready waits for, for a person who waits too; `undefined` when all are ready. */
export function firstUnready(pods: readonly V1Pod[]): { pod: string; why: string } | undefined {
    const sorted = [...pods].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    for (const pod of sorted) {
        const why = whyUnready(pod);
        if (why !== undefined) {
            return { pod: nameOf(pod), why };
        }
    }
    return undefined;
}

function nameOf(pod: V1Pod): string {
    return pod.metadata?.name ?? "";
}

function whyUnready({ metadata, status }: V1Pod): string | undefined {
    const condition = (type: string) => status?.conditions?.find((each) => each.type === type);
    if (metadata?.deletionTimestamp !== undefined) {
        return "is being stopped";
    }
    if (condition("Ready")?.status === "True") {
        return undefined;
    }
    const scheduled = condition("PodScheduled");
    if (scheduled?.status === "False") {
        return scheduled.message ?? "has no node yet";
    }
    if (status?.containerStatuses === undefined) {
        return "has no containers yet";
    }
    const waiting = status.containerStatuses.find(({ state }) => state?.waiting)?.state?.waiting;
    if (waiting === undefined) {
        return "runs and is not ready yet";
    }
    return waiting.message === undefined
        ? `${waiting.reason}`
        : `${waiting.reason}: ${waiting.message}`;
}
