import { MIN_ISR } from "../../../components/kafka/replication";
import { textAt, textsAt } from "../fields";
import type { Change, State } from "../preview";

/** Brokers from which on the min ISR by default does not follow from their number. */
const ENOUGH = 3;

/**
 * What happens when brokers are added.
 *
 * @param changes All that the preview has: where it raises the min ISR with them, that has a line of its own.
 */
export function addedText(added: readonly number[], changes: readonly Change[]): string {
    const text = `added: broker ${added.join(", ")}; existing partitions stay where they are until they are moved`;
    return added[0]! < ENOUGH && !changes.some(changesMinIsr)
        ? `${text}, and min.insync.replicas stays as it is, because topics of fewer replicas would refuse writes`
        : text;
}

function changesMinIsr({ old, new: now }: Change): boolean {
    return old !== undefined && now !== undefined && minIsrOf(old) !== minIsrOf(now);
}

/** The min ISR of a `Kafka` resource, or in the brokers' file. */
function minIsrOf(state: State | undefined): string | undefined {
    const file = textAt(state?.inputs, "data", "server.properties") ?? "";
    return (
        textsAt(state?.inputs, "spec", "kafka", "config")[MIN_ISR] ?? MIN_ISR_LINE.exec(file)?.[1]
    );
}

const MIN_ISR_LINE = /^min\.insync\.replicas=(.*)$/m;
