/** A topic that has to exist. It is created and altered, and never deleted: not when it leaves the list either. */
export interface Topic {
    /** Name, up to 249 letters, digits, dots, underscores and hyphens. */
    readonly name: string;
    /**
     * Number of partitions. It can grow and never shrink.
     *
     * @default - The brokers' `num.partitions`.
     */
    readonly partitions?: number;
    /**
     * Number of replicas of each partition. It can't be changed later.
     *
     * @default - The brokers' `default.replication.factor`.
     */
    readonly replicationFactor?: number;
    /** The topic's own properties, e.g. `retention.ms`; all others are the brokers'. */
    readonly config: Readonly<Record<string, string>>;
}
