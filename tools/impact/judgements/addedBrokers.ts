/** Brokers from which on the min ISR by default does not follow from their number. */
const ENOUGH = 3;

/** What happens when brokers are added. */
export function addedText(added: readonly number[]): string {
    const text = `added: broker ${added.join(", ")}; existing partitions stay where they are until they are moved`;
    return added[0]! < ENOUGH
        ? `${text}, and min.insync.replicas stays as it is, because topics of fewer replicas would refuse writes`
        : text;
}
