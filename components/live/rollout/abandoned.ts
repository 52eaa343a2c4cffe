import type { V1Pod } from "@kubernetes/client-node";
import {
    containersOf,
    hasCondition,
    isCatchingUp,
    isLeaving,
    isReady,
    ordinalOf,
    revisionOf,
    uidOf,
} from "./pods";
import { isHeld } from "./partition";
import { podTrouble } from "./podTrouble";
import type { RolloutState } from "./state";
import type { Situation } from "./trouble";

/** Troubles of a pod that only another specification ends. */
const LASTING: readonly Situation[] = [
    "claim",
    "config",
    "container",
    "crash",
    "image",
    "scheduling",
    "unreachable",
];

/** Troubles that don't come from its specification. */
const OF_THE_NODE: readonly Situation[] = ["node", "ended"];

/** Until a pod that neither gets ready nor fails counts as one that never will, in seconds. */
const STUCK_SECONDS = 300;

/**
 * A pod of an earlier revision that can't become ready. The StatefulSet waits for it, for ever, before it applies the
 * next revision to it; only its deletion helps.
 *
 * @returns One pod at most, and none while another one is about to go.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#forced-rollback
 */
export function abandonedPod(state: RolloutState): V1Pod | undefined {
    const { set, pods, wanted } = state;
    const isSeen = (set?.status?.observedGeneration ?? 0) >= (set?.metadata?.generation ?? 0);
    if (set === undefined || !isSeen || pods.some(isLeaving)) {
        return undefined;
    }
    const unready = pods.filter((pod) => !isReady(pod));
    const isAwaited = (pod: V1Pod) =>
        set.spec?.podManagementPolicy === "Parallel" ||
        // In order, it waits for the first one, and would not make any other anew before that one is ready.
        (pod === unready[0] && pods.indexOf(pod) === ordinalOf(pod, wanted.name));
    return unready.find(
        (pod) =>
            revisionOf(pod) !== set.status?.updateRevision &&
            // It would come back as it is.
            !isHeld(pod, set) &&
            isAwaited(pod) &&
            isStuck(pod, state) &&
            // It may hold what clients need while the others are away.
            !(isServing(pod) && unready.length > 1),
    );
}

function isStuck(pod: V1Pod, state: RolloutState): boolean {
    if (hasCondition(pod, "ContainersReady")) {
        return false;
    }
    const situation = podTrouble(pod, state)?.situation;
    if (situation !== undefined && OF_THE_NODE.includes(situation)) {
        return false;
    }
    const { unreadySeconds = 0 } = state.histories.get(uidOf(pod)) ?? {};
    if (isCatchingUp(pod)) {
        const ready = state.pods.filter(isReady);
        // It may take a day. But a revision that nobody runs may be why it never ends, and it has to start anew in any case.
        return (
            ready.every((each) => revisionOf(each) !== revisionOf(pod)) &&
            (ready.length > 0 || unreadySeconds >= STUCK_SECONDS)
        );
    }
    return (
        (situation !== undefined && LASTING.includes(situation)) || unreadySeconds >= STUCK_SECONDS
    );
}

/** Whether a container of a pod is fit to serve, although another one is not. */
function isServing(pod: V1Pod): boolean {
    const probed = (pod.spec?.containers ?? [])
        .filter(({ readinessProbe }) => readinessProbe !== undefined)
        .map(({ name }) => name);
    return containersOf(pod).some(({ name, ready }) => ready && probed.includes(name));
}
