import type { PartitionDescription, TopicDescription } from "../client/topics";
import { type Check, shortList } from "./check";
import { judgeMinIsr } from "./minIsr";

/** A partition that something is wrong with. */
interface Suspect extends PartitionDescription {
    readonly topic: string;
}

/** Judges the partitions: all have a leader, enough replicas in sync to be written, all replicas in sync, and enough of them. */
export function judgePartitions(
    topics: readonly TopicDescription[],
    podOfBroker: (id: number) => string,
    namespace: string,
): Check[] {
    const all = topics.flatMap(({ topic, minInsyncReplicas, partitions }) =>
        partitions.map((partition) => ({ topic, minInsyncReplicas, ...partition })),
    );
    const total = `none of ${all.length} in ${topics.length} topics`;

    function judge(name: string, suspects: readonly Suspect[]): Check {
        if (suspects.length === 0) {
            return { area: "partitions", name, ok: true, detail: total };
        }
        const list = suspects.map(
            ({ topic, partition, replicas, isr }) =>
                `${topic}-${partition} (replicas ${replicas.join(",")}, in sync ${isr.join(",") || "none"})`,
        );
        return {
            area: "partitions",
            name,
            ok: false,
            detail: `${suspects.length} of ${all.length}: ${shortList(list)}`,
            next: `kubectl logs ${podOfBroker(mostMissed(suspects))} -n ${namespace}`,
        };
    }

    return [
        judge(
            "offline",
            all.filter(({ leader }) => leader === undefined),
        ),
        judge(
            "under min.insync.replicas",
            all.filter(
                ({ isr, replicas, minInsyncReplicas }) =>
                    // With fewer replicas it is no broker that is missing.
                    isr.length < minInsyncReplicas && replicas.length >= minInsyncReplicas,
            ),
        ),
        judge(
            "under-replicated",
            all.filter(({ isr, replicas }) => isr.length < replicas.length),
        ),
        judgeMinIsr(topics),
    ];
}

/** The broker that is out of sync for most of the partitions: the first to look at. */
function mostMissed(suspects: readonly Suspect[]): number {
    const counts = new Map<number, number>();
    for (const { replicas, isr, leader } of suspects) {
        // The last one in sync of an offline partition is the one that must come back.
        const out = leader === undefined ? isr : replicas.filter((id) => !isr.includes(id));
        for (const id of out.length > 0 ? out : replicas) {
            counts.set(id, (counts.get(id) ?? 0) + 1);
        }
    }
    return [...counts].sort(([a, m], [b, n]) => n - m || a - b)[0]![0];
}
