import type { V1Pod, V1StatefulSet } from "@kubernetes/client-node";
import { type LiveObjects, STATEFUL_SET } from "../objects";
import { ordinalOf } from "./pods";
import type { WantedStatefulSet } from "./state";

/** First ordinal that a StatefulSet updates; `undefined` where nothing is said, which is not the same as 0. */
export function partitionOf(set: V1StatefulSet | undefined): number | undefined {
    return set?.spec?.updateStrategy?.rollingUpdate?.partition;
}

/** Whether a StatefulSet keeps a pod in the revision before, because somebody has told it to. */
export function isHeld(pod: V1Pod, set: V1StatefulSet): boolean {
    return ordinalOf(pod, set.metadata!.name!)! < (partitionOf(set) ?? 0);
}

/**
 * Sets or takes away a StatefulSet's partition. With 0 each pod that is deleted comes back in the last revision. Without one
 * Kubernetes makes those that it has still to update in the revision before, as long as the update goes on.
 *
 * That is why 0 may not stay: a pod that is evicted in the middle of a bad update has to come back with the old files.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/controller/statefulset/stateful_set_utils.go (newVersionedStatefulSetPod)
 */
export function setPartition(
    live: LiveObjects,
    { namespace, name }: WantedStatefulSet,
    partition: 0 | undefined,
): Promise<void> {
    return live.merge({ ...STATEFUL_SET, namespace, name }, patchOf(partition));
}

/** The command that does the same. */
export function partitionCommand(
    { namespace, name }: WantedStatefulSet,
    partition: 0 | undefined,
): string {
    const patch = JSON.stringify(patchOf(partition));
    return `kubectl patch statefulset ${name} -n ${namespace} --type merge -p '${patch}'`;
}

function patchOf(partition: 0 | undefined) {
    const rollingUpdate = partition === undefined ? null : { partition };
    return { spec: { updateStrategy: { rollingUpdate } } };
}
