import type { V1StatefulSet } from "@kubernetes/client-node";
import { brief } from "../brief";
import { newestEvent } from "../events";
import { isReady, ordinalOf } from "./pods";
import type { RolloutState } from "./state";
import { describe, type Trouble } from "./trouble";

/** Refusals that end by themselves: a webhook restarts, or a quota has just been made. */
const PASSING = [
    /failed calling webhook/,
    /status unknown for quota/,
    /timed out|timeout|connection refused|try again/i,
];

/** Why the pod that is to be made next is not there; `undefined` where none is. */
export function missingPod(state: RolloutState, set: V1StatefulSet): Trouble | undefined {
    const { pods, wanted, events } = state;
    const isOrdered = set.spec?.podManagementPolicy !== "Parallel";
    const missing = firstMissing(state);
    if (missing === undefined || (isOrdered && !pods.slice(0, missing).every(isReady))) {
        return undefined;
    }
    const pod = `${wanted.name}-${missing}`;
    const newest = newestEvent(events, set.metadata?.uid);
    if (newest?.reason !== "FailedCreate") {
        return {
            pod,
            kind: "blocked",
            situation: "missing",
            reason: `${pod} is not there yet, and no event says why`,
            next: describe("statefulset", wanted.name, state),
        };
    }
    const why = (newest.message ?? "").replace(/^create .*? failed error: /, "");
    const mayPass = PASSING.some((pattern) => pattern.test(why));
    return {
        pod,
        kind: mayPass ? "blocked" : "hopeless",
        situation: mayPass ? "missing" : "rejected",
        reason: `Kubernetes refuses to make ${pod}: ${brief(why)}`,
        next: "correct what the message names, and run pulumi up",
    };
}

/** The lowest ordinal without a pod. */
function firstMissing({ pods, wanted }: RolloutState): number | undefined {
    const present = new Set(pods.map((pod) => ordinalOf(pod, wanted.name)));
    const ordinals = Array.from({ length: wanted.sent.replicas }, (_, ordinal) => ordinal);
    return ordinals.find((ordinal) => !present.has(ordinal));
}
