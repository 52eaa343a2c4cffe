import type { V1PersistentVolumeClaim, V1Pod } from "@kubernetes/client-node";
import { brief } from "../brief";
import { isWarning, newestEvent } from "../events";
import { nameOf } from "./pods";
import type { RolloutState } from "./state";
import { describe, type Trouble } from "./trouble";

/**
 * What is wrong with a claim of a pod that has no node.
 *
 * @param refusal Why the scheduler found no node, if it said so.
 */
export function claimTrouble(
    pod: V1Pod,
    refusal: string | undefined,
    state: RolloutState,
): Trouble | undefined {
    const { claims, events } = state;
    for (const { persistentVolumeClaim } of pod.spec?.volumes ?? []) {
        const name = persistentVolumeClaim?.claimName;
        if (name === undefined || claims === undefined) {
            continue;
        }
        const claim = claims.find(({ metadata }) => metadata?.name === name);
        const warning = newestEvent(events, claim?.metadata?.uid, isWarning);
        const lack = lackOf(claim);
        // A claim that only waits may wait for the node of its pod: what the scheduler says is the reason then.
        const isSchedulers =
            lack === "Pending" &&
            warning === undefined &&
            refusal !== undefined &&
            !refusal.includes("unbound immediate");
        if (lack === undefined || isSchedulers) {
            continue;
        }
        const event = warning ?? newestEvent(events, claim?.metadata?.uid);
        return {
            pod: nameOf(pod),
            kind: "blocked",
            situation: "claim",
            reason: `${nameOf(pod)} waits for its claim ${name}: ${brief(event?.message ?? `it is ${lack}`)}`,
            next:
                describe("persistentvolumeclaim", name, state) +
                (lack === "Pending" ? `; ${CORRECT}` : ""),
        };
    }
    return undefined;
}

/** The next `up` makes such a claim anew. */
const CORRECT =
    "where storage.storageClass or storage.size is wrong, correct it, and run pulumi up";

/** What keeps a claim from being used, as it follows the words "it is"; `undefined` when nothing does. */
function lackOf(claim: V1PersistentVolumeClaim | undefined): string | undefined {
    if (claim === undefined) {
        return "not there";
    }
    if (claim.metadata?.deletionTimestamp !== undefined) {
        return "about to be deleted";
    }
    const phase = claim.status?.phase ?? "Pending";
    return phase === "Bound" ? undefined : phase;
}
