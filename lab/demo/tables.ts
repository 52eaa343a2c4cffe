import Table from "cli-table3";
import type { ClusterDescription } from "../../tools/client/topics";
import type { Timing } from "./steps";

// No lines between the rows, so that everything fits on a screen.
const COMPACT = {
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
};

/** The brokers of a cluster. */
export function brokerTable({ brokers }: ClusterDescription): string {
    const table = new Table({ head: ["broker", "zone", "address", "controller"], ...COMPACT });
    table.push(
        ...brokers.map(({ id, rack, host, port, isController }) => [
            String(id),
            rack ?? "-",
            `${host}:${port}`,
            isController ? "yes" : "",
        ]),
    );
    return table.toString();
}

/** The partitions of a topic, with their leaders and in-sync replicas. */
export function topicTable({ topics }: ClusterDescription, name: string): string {
    const table = new Table({
        head: ["topic", "partition", "leader", "replicas", "in sync (ISR)"],
        ...COMPACT,
    });
    const topic = topics.find((each) => each.topic === name);
    table.push(
        ...(topic?.partitions ?? []).map(({ partition, leader, replicas, isr }) => [
            name,
            String(partition),
            leader === undefined ? "none" : String(leader),
            replicas.join(", "),
            [...isr].sort((a, b) => a - b).join(", "),
        ]),
    );
    return table.toString();
}

/** How long each step took, and all of them. */
export function timingTable(timings: readonly Timing[]): string {
    const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
    const table = new Table({
        head: ["step", "time"],
        colAligns: ["left", "right"],
        ...COMPACT,
    });
    table.push(...timings.map(({ title, ms }) => [title, seconds(ms)]));
    table.push(["all", seconds(timings.reduce((sum, { ms }) => sum + ms, 0))]);
    return table.toString();
}
