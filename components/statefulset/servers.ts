import type { V1Pod, V1PodSpec, V1StatefulSet } from "@kubernetes/client-node";
import { ordinals } from "../kafka/names";
import { recall } from "../kafka/remembered";
import { type LiveObjects, POD, STATEFUL_SET } from "../live/objects";
import { cannotStart, isOfUntriedRevision } from "../live/rollout/cannotStart";
import { hasStarted, isReady, ordinalOf } from "../live/rollout/pods";

/** The servers of a StatefulSet as they are now. */
export interface Servers {
    /**
     * Their StatefulSet.
     *
     * @default - Somebody deleted it and left its pods. The next one takes them over.
     */
    readonly set?: V1StatefulSet;
    /** Ordinals of all of them, in order: those that are to be, and those that are there. */
    readonly ids: readonly number[];
    /** Of those, the ones whose cure a change may be: they have no pod, or can't start, or are of a revision that never ran. */
    readonly broken: readonly number[];
    /** Of the others, the ones that run, whether or not they are ready. */
    readonly running: readonly number[];
    /** Of those, whom to ask: the ones that are ready; where none is, all of them. */
    readonly asked: readonly number[];
    /** Specifications of all pods that run, also of those that never got ready. */
    readonly pods: readonly V1PodSpec[];
    /** Specification of a pod to ask with, of the oldest revision; where none runs, the one of a pod that is to run. */
    readonly pod: V1PodSpec;
}

/**
 * Reads the servers of a StatefulSet. Pods that were left without one are servers, too; then the namespace remembers how many
 * there are to be.
 *
 * @returns `undefined` where there is no pod.
 */
export async function serversOf(
    live: LiveObjects,
    namespace: string,
    name: "kafka" | "zookeeper",
): Promise<Servers | undefined> {
    const set = await live.read<V1StatefulSet>({ ...STATEFUL_SET, namespace, name });
    const labelled = await live.list<V1Pod>(POD, namespace, `app.kubernetes.io/name=${name}`);
    const byOrdinal = new Map(
        labelled.flatMap((pod): [number, V1Pod][] => {
            const ordinal = ordinalOf(pod, name);
            return ordinal === undefined ? [] : [[ordinal, pod]];
        }),
    );
    if (byOrdinal.size === 0) {
        return undefined;
    }
    const toBe =
        set === undefined
            ? ordinals(
                  Math.max(
                      await countOf(live, namespace, name),
                      ...[...byOrdinal.keys()].map((n) => n + 1),
                  ),
              )
            : ordinals(set.spec!.replicas ?? 1).map((n) => n + (set.spec!.ordinals?.start ?? 0));
    const ids = [...new Set([...toBe, ...byOrdinal.keys()])].sort((a, b) => a - b);
    const all = [...byOrdinal.values()];
    const podOf = (id: number) => byOrdinal.get(id);
    const isBroken = (pod: V1Pod | undefined) =>
        pod === undefined || cannotStart(pod) || isOfUntriedRevision(pod, all, set);
    const broken = ids.filter((id) => isBroken(podOf(id)));
    const running = ids.filter((id) => !broken.includes(id) && hasStarted(podOf(id)!));
    const ready = running.filter((id) => isReady(podOf(id)!));
    const asked = ready.length > 0 ? ready : running;
    return {
        ...(set && { set }),
        ids,
        broken,
        running,
        asked,
        pods: all.filter((pod) => hasStarted(pod) && !cannotStart(pod)).map(({ spec }) => spec!),
        // An update begins at the highest one.
        pod: (podOf(asked[0] ?? -1)?.spec ?? set?.spec!.template.spec ?? all[0]!.spec)!,
    };
}

/** How many servers there are to be, where no StatefulSet says it; 0 where nobody knows. */
async function countOf(
    live: LiveObjects,
    namespace: string,
    name: "kafka" | "zookeeper",
): Promise<number> {
    const { brokers, zookeeperMembers } = await recall(live, namespace);
    return (name === "kafka" ? brokers : zookeeperMembers) ?? 0;
}

/** Image of a server's pod; others may have added containers to it. */
export function imageOf({ containers }: V1PodSpec, name: "kafka" | "zookeeper"): string {
    return containers.find((container) => container.name === name)!.image!;
}
