import type { V1ContainerStatus, V1Pod, V1StatefulSet } from "@kubernetes/client-node";
import { containersOf, isCatchingUp, isLeaving, isReady, nameOf, revisionOf } from "./pods";
import type { RolloutState } from "./state";
import { describe, type Trouble } from "./trouble";

/** What happens at the moment. */
export function activityOf(
    state: RolloutState,
    set: V1StatefulSet,
    troubles: readonly Trouble[],
): string {
    const { pods, wanted } = state;
    const activities = pods
        .filter((pod) => !isReady(pod))
        .map((pod) => {
            const trouble = troubles.find((each) => each.pod === nameOf(pod));
            return trouble?.reason ?? `${nameOf(pod)} ${actionOf(pod)}`;
        });
    if (activities.length > 0) {
        return activities.join(", ");
    }
    const next = pods.findLast((pod) => revisionOf(pod) !== set.status?.updateRevision);
    if (pods.length > wanted.sent.replicas) {
        return `${nameOf(pods.at(-1)!)} has to go`;
    }
    return next === undefined
        ? "Kubernetes has still to count them"
        : `${nameOf(next)} has to restart`;
}

function actionOf(pod: V1Pod): string {
    if (isLeaving(pod)) {
        return "is stopping";
    }
    if (isCatchingUp(pod)) {
        return "is catching up";
    }
    if (containersOf(pod).some(hasFailed)) {
        return "failed and starts again";
    }
    return pod.status?.phase === "Running" ? "runs and is not ready yet" : "is starting";
}

function hasFailed({ state }: V1ContainerStatus): boolean {
    return state?.terminated !== undefined || state?.waiting?.reason === "CrashLoopBackOff";
}

/** What to do about a pod that takes too long. */
export function nextOf(state: RolloutState, set: V1StatefulSet): string {
    const unready = state.pods.find((pod) => !isReady(pod));
    if (unready === undefined) {
        return describe("statefulset", state.wanted.name, state);
    }
    const description = describe("pod", nameOf(unready), state);
    return revisionOf(unready) === set.status?.updateRevision
        ? description
        : `${description}; if it can't become ready, kubectl delete pod ${nameOf(unready)} -n ${state.wanted.namespace}`;
}
