import { isDeepStrictEqual } from "node:util";
import type { V1StatefulSet } from "@kubernetes/client-node";
import type { types } from "@pulumi/kubernetes";
import { appliedFields, isShortOf } from "../live/appliedFields";
import { entriesOf, entryAt, hasEntries } from "../live/entries";
import type { Change } from "../live/gate";
import { isIn } from "../live/isIn";
import { difference } from "../live/rollout/difference";

/**
 * Whether a change of a StatefulSet restarts pods: where in doubt, it does. It does not where nothing of the pods changes,
 * and where an `up` that was killed has already sent it. What a killed `up` has only added, and nobody sends any more, goes
 * with the next change. Without any change the engine sends nothing, asks nobody, and leaves it there.
 *
 * @param live The StatefulSet as it is.
 */
export function restartsPods(
    { before, after, recorded }: Change<types.input.apps.v1.StatefulSet>,
    live: V1StatefulSet,
): boolean {
    const [old, wanted, accepted, now] = [before, after, recorded, live].map(templateOf);
    const isKept = isDeepStrictEqual(old, wanted) && isUntouched(wanted, accepted, now);
    const isThere = isIn(now, wanted) && !hasLeftovers(old, wanted, now);
    return (!isKept && !isThere) || takesAway(wanted, recorded, live);
}

/** Whether something is this stack's that it leaves out now: the state may not know of it. */
function takesAway(wanted: unknown, recorded: unknown, live: V1StatefulSet): boolean {
    const { __fieldManager: manager } = (recorded ?? {}) as { __fieldManager?: string };
    return appliedFields(manager, live).some((fields) =>
        isShortOf(wanted, fields["f:spec"]?.["f:template"] ?? {}),
    );
}

function templateOf(set: unknown): unknown {
    return entryAt(entryAt(set, "spec"), "template");
}

/**
 * Whether everything that was sent is as it was accepted: what somebody else has changed there would be sent again. Both are in
 * the API server's own spelling.
 */
function isUntouched(sent: unknown, accepted: unknown, live: unknown): boolean {
    return difference(sent, accepted, live) === undefined && hasSameLists(accepted, live);
}

/** Some lists are replaced as a whole, and so would be what others have added to them. */
function hasSameLists(accepted: unknown, live: unknown): boolean {
    if (!hasEntries(accepted) || !hasEntries(live)) {
        return true;
    }
    const isSameLength = !Array.isArray(accepted) || accepted.length === (live as unknown[]).length;
    return (
        isSameLength &&
        entriesOf(accepted).every(([key, entry]) => hasSameLists(entry, entryAt(live, key)))
    );
}

/** Whether something is still there that was sent before and is not any more: Kubernetes takes it away. */
function hasLeftovers(before: unknown, after: unknown, live: unknown): boolean {
    if (before === undefined || before === null || live === undefined || live === null) {
        return false;
    }
    if (after === undefined || after === null) {
        return true;
    }
    return (
        hasEntries(before) &&
        entriesOf(before).some(([key, entry]) =>
            hasLeftovers(entry, entryAt(after, key), entryAt(live, key)),
        )
    );
}
