import type { V1ContainerStatus, V1Node, V1Pod } from "@kubernetes/client-node";

/** Whether a pod serves and stays. */
export function isReady(pod: V1Pod): boolean {
    return !isLeaving(pod) && hasCondition(pod, "Ready");
}

/** Whether a condition of a pod or node is met. */
export function hasCondition({ status }: V1Pod | V1Node, wanted: string): boolean {
    return (
        status?.conditions?.some(({ type, status: met }) => type === wanted && met === "True") ===
        true
    );
}

/** Whether a pod is about to go. */
export function isLeaving({ metadata }: V1Pod): boolean {
    return metadata?.deletionTimestamp !== undefined;
}

/** Name of a pod, which every pod has. */
export function nameOf({ metadata }: V1Pod): string {
    return metadata?.name ?? "";
}

/** Identity of a pod; another pod of the same name has another one. */
export function uidOf({ metadata }: V1Pod): string {
    return metadata?.uid ?? "";
}

/** Ordinal of a StatefulSet's pod; `undefined` where a pod is none. */
export function ordinalOf(pod: V1Pod, statefulSet: string): number | undefined {
    const [prefix, ordinal] = nameOf(pod).split(/-(?=\d+$)/);
    return prefix === statefulSet && ordinal !== undefined ? Number(ordinal) : undefined;
}

/** The ControllerRevision that a pod was made from. */
export function revisionOf({ metadata }: V1Pod): string | undefined {
    return metadata?.labels?.["controller-revision-hash"];
}

/** How the containers of a pod are, those first that start first. */
export function containersOf({ status }: V1Pod): readonly V1ContainerStatus[] {
    return [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
}

/** Whether a container of a pod has ever run, so that its node has prepared all of it. */
export function hasRun(pod: V1Pod): boolean {
    return containersOf(pod).some(
        ({ state, lastState }) =>
            (state?.running ?? state?.terminated ?? lastState?.terminated) !== undefined,
    );
}

/** Whether a container of a pod can't be made, as for want of a variable: another one may run beside it. */
export function cannotBeMade(pod: V1Pod): boolean {
    return containersOf(pod).some(
        ({ state }) => state?.waiting?.reason === "CreateContainerConfigError",
    );
}

/** Whether a container runs whose startup probe has not passed: to stop it would only begin its start anew. */
export function isCatchingUp(pod: V1Pod): boolean {
    return containersOf(pod).some(
        ({ state, started }) => state?.running !== undefined && started === false,
    );
}

/** Whether a container of a pod runs. */
export function hasStarted(pod: V1Pod): boolean {
    return containersOf(pod).some(({ state }) => state?.running !== undefined);
}

/** Why the scheduler found no node for a pod; `undefined` where it found one, or has not looked yet. */
export function refusalOf({ status }: V1Pod): string | undefined {
    return status?.conditions?.find(
        ({ type, status: met }) => type === "PodScheduled" && met === "False",
    )?.message;
}
