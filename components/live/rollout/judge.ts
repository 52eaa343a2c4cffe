import type { V1Pod, V1StatefulSet } from "@kubernetes/client-node";
import { activityOf, nextOf } from "./activity";
import { difference } from "./difference";
import { goneOf } from "./gone";
import { isHeld, partitionCommand, partitionOf } from "./partition";
import { isReady, nameOf, revisionOf } from "./pods";
import { isWanted, type RolloutState } from "./state";
import { describe, type Situation, type Trouble } from "./trouble";
import { troublesOf } from "./troubles";

/** How far a rollout is. */
export type Verdict = { readonly kind: "done" } | Unfinished;

/** Why a rollout is not done. */
export interface Unfinished {
    /** Whether waiting helps; see {@link Trouble}. */
    readonly kind: Trouble["kind"];
    /** Tells this state of things from others: how long each lasts counts. */
    readonly situation: string;
    /** For how long it has to last before it counts as hopeless, in seconds. */
    readonly hopelessAfterSeconds: number;
    /** What would be right, as it follows the word "expected". */
    readonly expected: string;
    readonly got: string;
    /** Pods that are ready in the last revision; 0 where nobody can say. */
    readonly asWanted: number;
    /** A sentence without its full stop. */
    readonly reason: string;
    /** What is shown meanwhile. */
    readonly progress: string;
    /** What to do, as it follows the word "Next". */
    readonly next: string;
}

/**
 * Refusals of what has only just been made: the ServiceAccount of a new namespace, or what a container reads, may come
 * a moment later.
 */
const HOPELESS_AFTER_SECONDS: Partial<Record<Situation, number>> = { rejected: 15, config: 30 };

/** Says how far a StatefulSet is on its way to what is wanted. */
export function judge(state: RolloutState): Verdict {
    const { set, wanted } = state;
    const gone = goneOf("StatefulSet", wanted.namespace, set);
    if (set === undefined || gone !== undefined) {
        return { ...HOPELESS, ...gone! };
    }
    const changed = changedByOthers(state, set);
    if (changed !== undefined) {
        return changed;
    }
    if ((set.status?.observedGeneration ?? 0) < (set.metadata?.generation ?? 0)) {
        return unseen(state);
    }
    if (isDone(state, set)) {
        return { kind: "done" };
    }
    const troubles = troublesOf(state, set);
    const worst =
        troubles.find(({ kind }) => kind === "hopeless") ??
        troubles.find(({ kind }) => kind === "blocked");
    const held = worst === undefined ? heldBack(state, set) : undefined;
    if (held !== undefined) {
        return held;
    }
    const reason = worst?.reason ?? activityOf(state, set, troubles);
    const { expected, got } = countOf(state, set);
    return {
        kind: worst?.kind ?? "waiting",
        situation: worst === undefined ? "" : `${worst.pod} ${worst.situation}`,
        hopelessAfterSeconds: (worst && HOPELESS_AFTER_SECONDS[worst.situation]) ?? 0,
        expected,
        got,
        asWanted: asWanted(state, set).length,
        reason,
        progress: `${got} of ${expected}: ${reason}`,
        next: worst?.next ?? nextOf(state, set),
    };
}

const HOPELESS = {
    kind: "hopeless",
    situation: "",
    hopelessAfterSeconds: 0,
    asWanted: 0,
    progress: "",
} as const;

function changedByOthers(
    { wanted }: RolloutState,
    { spec }: V1StatefulSet,
): Unfinished | undefined {
    const found = difference(wanted.sent, wanted.accepted, spec);
    return (
        found && {
            ...HOPELESS,
            expected: `${found.path} ${show(found.expected)}`,
            got: show(found.got),
            reason: "somebody changed it, or an earlier pulumi up was interrupted",
            next: "pulumi up --refresh",
        }
    );
}

const LONGEST_VALUE = 100;

function show(value: unknown): string {
    const text = value === undefined ? "nothing" : JSON.stringify(value);
    return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

/** Somebody has told the StatefulSet to leave pods in the revision before, and the others are done. */
function heldBack(state: RolloutState, set: V1StatefulSet): Unfinished | undefined {
    const { pods, wanted } = state;
    const done = asWanted(state, set);
    const held = pods.filter(
        (pod) => isHeld(pod, set) && revisionOf(pod) !== set.status?.updateRevision,
    );
    if (held.length === 0 || !pods.every((pod) => isHeld(pod, set) || done.includes(pod))) {
        return undefined;
    }
    const names = held.map(nameOf).join(", ");
    return {
        ...HOPELESS,
        expected: "updateStrategy.rollingUpdate.partition 0",
        got: String(partitionOf(set)),
        asWanted: done.length,
        reason: `somebody set it, and it keeps ${names} in the revision before`,
        next: `${partitionCommand(wanted, undefined)}, and pulumi up`,
    };
}

/** What its status says is about an older specification, and so would be every judgement of its pods. */
function unseen(state: RolloutState): Unfinished {
    return {
        kind: "blocked",
        situation: "unseen",
        hopelessAfterSeconds: 0,
        expected: "Kubernetes to act on the change",
        got: "nothing yet",
        asWanted: 0,
        reason: "the controller of StatefulSets has not seen it",
        progress: "Kubernetes has still to see the change",
        next: describe("statefulset", state.wanted.name, state),
    };
}

function isDone(state: RolloutState, set: V1StatefulSet): boolean {
    const { replicas } = state.wanted.sent;
    return (
        state.pods.length === replicas &&
        asWanted(state, set).length === replicas &&
        set.status?.readyReplicas === replicas &&
        set.status.updatedReplicas === replicas
    );
}

/** Pods that are to be, and are ready in the last revision. */
function asWanted(state: RolloutState, { status }: V1StatefulSet): V1Pod[] {
    return state.pods.filter(
        (pod) => isWanted(pod, state) && isReady(pod) && revisionOf(pod) === status?.updateRevision,
    );
}

/** How many pods are as they should be; while all of them are ready, how many are of the last revision. */
function countOf(state: RolloutState, set: V1StatefulSet) {
    const { replicas } = state.wanted.sent;
    const ready = state.pods.filter((pod) => isWanted(pod, state) && isReady(pod));
    const [how, count] =
        ready.length < replicas
            ? ["ready", ready.length]
            : ["up to date", asWanted(state, set).length];
    return {
        expected: `${replicas} ${replicas === 1 ? "pod" : "pods"} ${how}`,
        got: String(count),
    };
}
