/** Most replicas that a write may have to wait for, so that a broker can restart: one less than there are. */
export function maxMinIsr(replicationFactor: number): number {
    return Math.max(1, replicationFactor - 1);
}

/** How many replicas must have a write before it is acknowledged. */
export const MIN_ISR = "min.insync.replicas";

/** How many copies a partition of a new topic has. */
export const REPLICATION_FACTOR = "default.replication.factor";

/** Properties that no user may change: either of them could lose acknowledged messages or hide a mistake. */
export const SAFETY_PROPERTIES = {
    "auto.create.topics.enable": "false",
    "unclean.leader.election.enable": "false",
} as const;

/**
 * Properties that follow from the number of brokers unless they are set: three copies of every partition where there
 * are three brokers, and one broker less than the copies must have a write before it is acknowledged. The offsets topic
 * has no min ISR of its own, so the brokers' has to suit its copies, too.
 *
 * @param remembered The brokers' min ISR so far. More brokers don't raise it: topics of fewer copies would refuse writes.
 */
export function replicationDefaults(
    brokers: number,
    config: Readonly<Record<string, string>>,
    remembered = Infinity,
): Record<string, string> {
    const factor = Math.min(3, brokers);
    const minInSync = (...keys: string[]) =>
        maxMinIsr(Math.min(...keys.map((key) => Number(config[key] ?? factor))));
    return {
        [REPLICATION_FACTOR]: String(factor),
        [MIN_ISR]: String(
            Math.min(remembered, minInSync(REPLICATION_FACTOR, "offsets.topic.replication.factor")),
        ),
        "offsets.topic.replication.factor": String(factor),
        "transaction.state.log.replication.factor": String(factor),
        "transaction.state.log.min.isr": String(
            minInSync("transaction.state.log.replication.factor"),
        ),
    };
}
