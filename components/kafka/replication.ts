/** Most replicas that a write may have to wait for, so that a broker can restart: one less than there are. */
export function maxMinIsr(replicationFactor: number): number {
    return Math.max(1, replicationFactor - 1);
}

/** Properties that no user may change: either of them could lose acknowledged messages or hide a mistake. */
export const SAFETY_PROPERTIES = {
    "auto.create.topics.enable": "false",
    "unclean.leader.election.enable": "false",
} as const;

/**
 * Properties that follow from the number of brokers unless they are set: three copies of every partition where there
 * are three brokers, and one broker less than the copies must have a write before it is acknowledged. The offsets topic
 * has no min ISR of its own, so the brokers' has to suit its copies, too.
 */
export function replicationDefaults(
    brokers: number,
    config: Readonly<Record<string, string>>,
): Record<string, string> {
    const factor = Math.min(3, brokers);
    const minInSync = (...keys: string[]) =>
        String(maxMinIsr(Math.min(...keys.map((key) => Number(config[key] ?? factor)))));
    return {
        "default.replication.factor": String(factor),
        "min.insync.replicas": minInSync(
            "default.replication.factor",
            "offsets.topic.replication.factor",
        ),
        "offsets.topic.replication.factor": String(factor),
        "transaction.state.log.replication.factor": String(factor),
        "transaction.state.log.min.isr": minInSync("transaction.state.log.replication.factor"),
    };
}
