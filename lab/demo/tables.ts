import { drawTable } from "../../tools/cli/table";
import type { ClusterDescription } from "../../tools/client/topics";
import type { Timing } from "./steps";

/** The brokers of a cluster. */
export function brokerTable({ brokers }: ClusterDescription): string {
    return drawTable({
        head: ["broker", "zone", "address", "controller"],
        rows: brokers.map(({ id, rack, host, port, isController }) => [
            String(id),
            rack ?? "-",
            `${host}:${port}`,
            isController ? "yes" : "",
        ]),
    });
}

/** The partitions of a topic, with their leaders and in-sync replicas. */
export function topicTable({ topics }: ClusterDescription, name: string): string {
    const topic = topics.find((each) => each.topic === name);
    return drawTable({
        head: ["topic", "partition", "leader", "replicas", "in sync (ISR)"],
        rows: (topic?.partitions ?? []).map(({ partition, leader, replicas, isr }) => [
            name,
            String(partition),
            leader === undefined ? "none" : String(leader),
            replicas.join(", "),
            [...isr].sort((a, b) => a - b).join(", "),
        ]),
    });
}

/** How long each step took, and all of them. */
export function timingTable(timings: readonly Timing[]): string {
    const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
    return drawTable({
        head: ["step", "time"],
        align: ["left", "right"],
        rows: [
            ...timings.map(({ title, ms }) => [title, seconds(ms)]),
            ["all", seconds(timings.reduce((sum, { ms }) => sum + ms, 0))],
        ],
    });
}
