/** A topic, as Kafka says. */
export interface TopicState {
    /** The brokers that have each partition. */
    readonly replicas: readonly (readonly number[])[];
    /** Properties that protect messages, with the brokers' defaults. */
    readonly config: Readonly<Record<string, string>>;
    /** How many messages can be read. */
    readonly records: number;
}

/** A volume, as Kubernetes says. */
export interface ClaimState {
    readonly uid: string;
    readonly size: string;
}

/** What is seen of a deployment at one moment. */
export interface Observation {
    /** When each pod, and which one of its name, was started. */
    readonly pods: Readonly<Record<string, string>>;
    readonly claims: Readonly<Record<string, ClaimState>>;
    /** Ids of the brokers. */
    readonly brokers: readonly number[];
    readonly topics: Readonly<Record<string, TopicState>>;
    /** Whether clients that have what they were asked for can write. */
    readonly clients: Readonly<Record<string, boolean>>;
    /** Whether those who should not can do something. */
    readonly strangers: Readonly<Record<string, boolean>>;
    /** Whether a message of 600 kB is taken. */
    readonly takesLarge: boolean;
}
