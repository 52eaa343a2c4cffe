import { isDeepStrictEqual } from "node:util";
import type { V1StatefulSet } from "@kubernetes/client-node";
import type { types } from "@pulumi/kubernetes";
import type { Change } from "../live/gate";
import { isIn } from "../live/isIn";

/**
 * Whether a change of a StatefulSet restarts pods. It does not where an `up` that was killed has already sent it.
 *
 * @param live The StatefulSet as it is.
 */
export function restartsPods(
    { before, after }: Change<types.input.apps.v1.StatefulSet>,
    live: V1StatefulSet,
): boolean {
    const wanted = templateOf(after);
    const isSame = before !== undefined && isDeepStrictEqual(templateOf(before), wanted);
    return !isSame && !isIn(live.spec?.template, wanted);
}

function templateOf({ spec }: types.input.apps.v1.StatefulSet): unknown {
    return (spec as types.input.apps.v1.StatefulSetSpec).template;
}
