import type { V1StatefulSet } from "@kubernetes/client-node";
import { missingPod } from "./missingPod";
import { isReady, revisionOf } from "./pods";
import { nodeTrouble, podTrouble } from "./podTrouble";
import { isWanted, type RolloutState } from "./state";
import type { Trouble } from "./trouble";

/** What keeps the pods of a StatefulSet from becoming ready, in the order of the pods. */
export function troublesOf(state: RolloutState, set: V1StatefulSet): Trouble[] {
    return [
        ...state.pods
            .filter((pod) => !isReady(pod))
            .map((pod) =>
                // What else a pod suffers from ends with it, where it is one too many or of an earlier revision.
                isWanted(pod, state) && revisionOf(pod) === set.status?.updateRevision
                    ? podTrouble(pod, state)
                    : nodeTrouble(pod, state),
            ),
        missingPod(state, set),
    ].filter((found) => found !== undefined);
}
