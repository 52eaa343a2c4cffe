import type { V1ContainerStatus, V1Pod, V1StatefulSet } from "@kubernetes/client-node";
import { containersOf, isLeaving, isReady, refusalOf, revisionOf } from "./pods";

/** Restarts after which a container that has never been ready counts as one that fails again. */
const FAILING = 2;

/** What a node still does before a container's first start: a volume may have to come from another node. */
const ON_ITS_WAY = ["ContainerCreating", "PodInitializing"];

/**
 * Whether a pod's server does not come to run: no node takes it, it has no image, or it fails again and again. One that is being
 * prepared is not among them, and neither is one on a lost node, or one that is paused.
 */
export function cannotStart(pod: V1Pod): boolean {
    if (isReady(pod)) {
        return false;
    }
    const containers = containersOf(pod);
    return containers.length === 0 ? refusalOf(pod) !== undefined : containers.some(isFailing);
}

/**
 * Whether a pod is not ready and of the last revision, and no ready pod is of that: its revision may be what is wrong, although
 * its server runs.
 *
 * @param pods All pods of the StatefulSet.
 * @param set The StatefulSet; without one nobody knows which revision is the last.
 */
export function isOfUntriedRevision(
    pod: V1Pod,
    pods: readonly V1Pod[],
    set: V1StatefulSet | undefined,
): boolean {
    const revision = revisionOf(pod);
    const ready = pods.filter(isReady);
    return (
        !isReady(pod) &&
        !isLeaving(pod) &&
        ready.length > 0 &&
        (set === undefined || revision === set.status?.updateRevision) &&
        ready.every((each) => revisionOf(each) !== revision)
    );
}

function isFailing({ state, started, restartCount }: V1ContainerStatus): boolean {
    if (state?.terminated !== undefined) {
        // One that ended well may only have prepared the others.
        return state.terminated.exitCode !== 0;
    }
    const isOnItsWay = state?.running ?? ON_ITS_WAY.includes(state?.waiting?.reason ?? "");
    return !isOnItsWay || (started !== true && restartCount >= FAILING);
}
