import type { ClusterDescription } from "../../tools/client/topics";

/** A broker that a fault is for. */
export interface Victim {
    readonly broker: number;
    readonly isController: boolean;
}

/**
 * The broker that leads most partitions, of several the one with the lowest id.
 *
 * @throws Error when no partition has a leader.
 */
export function leaderOfMost({ brokers, topics }: ClusterDescription): Victim {
    const leaders = topics
        .flatMap(({ partitions }) => partitions)
        .map(({ leader }) => leader)
        .filter((leader) => leader !== undefined);
    const led = (id: number) => leaders.filter((leader) => leader === id).length;
    const [first, ...others] = brokers.filter(({ id }) => led(id) > 0);
    if (first === undefined) {
        throw new Error("the partitions: expected leaders, got none");
    }
    const most = others.reduce((best, each) => (led(each.id) > led(best.id) ? each : best), first);
    return { broker: most.id, isController: most.isController };
}
