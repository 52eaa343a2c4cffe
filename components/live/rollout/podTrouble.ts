import type { V1Pod } from "@kubernetes/client-node";
import { brief } from "../brief";
import { isWarning, newestEvent } from "../events";
import { claimTrouble } from "./claimTrouble";
import { containerTrouble } from "./containerTrouble";
import { fileTrouble } from "./fileTrouble";
import { containersOf, hasRun, isLeaving, nameOf, refusalOf, uidOf } from "./pods";
import type { RolloutState } from "./state";
import { describe, type Trouble } from "./trouble";

/** What keeps a pod from becoming ready; `undefined` while it is on its way. */
export function podTrouble(pod: V1Pod, state: RolloutState): Trouble | undefined {
    const onNode = nodeTrouble(pod, state);
    if (onNode !== undefined || isLeaving(pod)) {
        return onNode;
    }
    if (pod.status?.phase === "Failed") {
        return endedTrouble(pod, state);
    }
    if (pod.spec?.nodeName === undefined) {
        // What the scheduler says of preemption is of no use to anybody.
        const refusal = refusalOf(pod)?.split(/\.? preemption: /)[0];
        return claimTrouble(pod, refusal, state) ?? schedulingTrouble(pod, refusal);
    }
    const onFile = fileTrouble(pod, state);
    if (onFile !== undefined) {
        return onFile;
    }
    for (const container of containersOf(pod)) {
        const found = containerTrouble(pod, container, state);
        if (found !== undefined) {
            return found;
        }
    }
    return creationTrouble(pod, state);
}

/** Kubernetes keeps the pods of a lost node, because it can't know that their processes have ended. */
export function nodeTrouble(pod: V1Pod, { lostNodes }: RolloutState): Trouble | undefined {
    const node = pod.spec?.nodeName;
    if (node === undefined || !lostNodes.has(node)) {
        return undefined;
    }
    return {
        pod: nameOf(pod),
        kind: "blocked",
        situation: "node",
        reason: isLeaving(pod)
            ? `${nameOf(pod)} can't stop, because its node ${node} is not ready`
            : `the node ${node} of ${nameOf(pod)} is not ready`,
        next:
            `bring the node back; once it is surely off, kubectl taint node ${node} ` +
            "node.kubernetes.io/out-of-service=nodeshutdown:NoExecute",
    };
}

/** The StatefulSet makes it anew, but what ended it, such as a full disk, may last. */
function endedTrouble(pod: V1Pod, state: RolloutState): Trouble {
    const { reason, message } = pod.status ?? {};
    const why = [reason, message].filter((text) => text !== undefined).join(": ");
    return {
        pod: nameOf(pod),
        kind: "blocked",
        situation: "ended",
        reason: `the node of ${nameOf(pod)} ended it: ${brief(why)}`,
        next: describe("pod", nameOf(pod), state),
    };
}

function schedulingTrouble(pod: V1Pod, refusal = "nobody has looked for one yet"): Trouble {
    return {
        pod: nameOf(pod),
        kind: "blocked",
        situation: "scheduling",
        reason: `no node takes ${nameOf(pod)}: ${brief(refusal)}`,
        next: "make room on the nodes; or ask for less, and run pulumi up",
    };
}

/** The node prepares it: mounts its volumes, connects it to the network, pulls its images. */
function creationTrouble(pod: V1Pod, state: RolloutState): Trouble | undefined {
    if (hasRun(pod)) {
        return undefined;
    }
    const event =
        newestEvent(state.events, uidOf(pod), isWarning) ?? newestEvent(state.events, uidOf(pod));
    return {
        pod: nameOf(pod),
        kind: "blocked",
        situation: "creating",
        reason: `${nameOf(pod)} is being prepared: ${brief(event?.message ?? "its node says nothing yet")}`,
        next: describe("pod", nameOf(pod), state),
    };
}
