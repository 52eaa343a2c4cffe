import type { V1Pod, V1PodSpec, V1StatefulSet } from "@kubernetes/client-node";
import { ordinals } from "../kafka/names";
import { type LiveObjects, POD, STATEFUL_SET } from "../live/objects";
import { cannotStart } from "../live/rollout/cannotStart";
import { ordinalOf } from "../live/rollout/pods";

/** The servers of a StatefulSet as they are now. */
export interface Servers {
    readonly set: V1StatefulSet;
    /** Ordinals of all of them. */
    readonly ids: readonly number[];
    /** Of those, the ones that don't come to run: a change may be their cure. */
    readonly broken: readonly number[];
    /** Of those, the ones that run, whether or not they are ready. */
    readonly running: readonly number[];
    /** Specification of a pod that runs, of the oldest revision; where none does, that of the StatefulSet. */
    readonly pod: V1PodSpec;
}

/** Reads the servers of a StatefulSet; `undefined` where there is no pod of it. */
export async function serversOf(
    live: LiveObjects,
    namespace: string,
    name: "kafka" | "zookeeper",
): Promise<Servers | undefined> {
    const set = await live.read<V1StatefulSet>({ ...STATEFUL_SET, namespace, name });
    const labelled = await live.list<V1Pod>(POD, namespace, `app.kubernetes.io/name=${name}`);
    const pods = labelled.filter((pod) => ordinalOf(pod, name) !== undefined);
    if (set === undefined || pods.length === 0) {
        return undefined;
    }
    const ids = ordinals(set.spec!.replicas ?? 1);
    const podOf = (id: number) =>
        pods.find((pod) => ordinalOf(pod, name) === id && !cannotStart(pod));
    const running = ids.filter((id) => podOf(id) !== undefined);
    return {
        set,
        ids,
        broken: ids.filter((id) => !running.includes(id)),
        running,
        // An update begins at the highest one.
        pod: running.map(podOf)[0]?.spec ?? set.spec!.template.spec!,
    };
}

/** Image of a server's pod; others may have added containers to it. */
export function imageOf({ containers }: V1PodSpec, name: "kafka" | "zookeeper"): string {
    return containers.find((container) => container.name === name)!.image!;
}
