/** An identity of clients, with what it may do. */
export interface User {
    /** Name, a DNS name of up to 63 characters. */
    readonly name: string;
    /** How the user's clients prove who they are. */
    readonly authentication: {
        /** `tls`: a client certificate; `scram-sha-512`: a password. */
        readonly type: "tls" | "scram-sha-512";
        /**
         * The password, for `scram-sha-512` only.
         *
         * @default - One is generated once.
         */
        readonly password?: string;
    };
    /**
     * What it may do, in Strimzi's shape. Without any it may do nothing.
     *
     * @see https://strimzi.io/docs/operators/latest/configuring.html#type-AclRule-reference
     */
    readonly acls: readonly Acl[];
    /** How much of the brokers it may use. */
    readonly quotas: Quotas;
}

/** Operations on a resource, which the user may do or must not. */
export interface Acl {
    /** `deny` wins over `allow`. */
    readonly type: "allow" | "deny";
    readonly resource: {
        readonly type: keyof typeof OPERATIONS;
        /** Its name, or the beginning of names; `*` is any. The cluster has none. */
        readonly name?: string;
        /**
         * Whether `name` is the whole name or the beginning of it.
         *
         * @default "literal"
         */
        readonly patternType?: "literal" | "prefix";
    };
    readonly operations: readonly Operation[];
    /** Address of the clients that this is about; `*` is any. */
    readonly host: string;
}

/**
 * Operations that there are on each type of resource; `All` stands for all of them.
 *
 * @see https://kafka.apache.org/35/documentation.html#operations_resources_and_protocols
 */
export const OPERATIONS = {
    topic: [
        "Read",
        "Write",
        "Create",
        "Delete",
        "Alter",
        "Describe",
        "DescribeConfigs",
        "AlterConfigs",
        "All",
    ],
    group: ["Read", "Delete", "Describe", "All"],
    cluster: [
        "Create",
        "Alter",
        "Describe",
        "ClusterAction",
        "DescribeConfigs",
        "AlterConfigs",
        "IdempotentWrite",
        "All",
    ],
    transactionalId: ["Write", "Describe", "All"],
} as const;

/** An operation on any type of resource. */
export type Operation = (typeof OPERATIONS)[keyof typeof OPERATIONS][number];

/** Quotas of a user, on each broker. */
export interface Quotas {
    /** Bytes per second that its producers may send. */
    readonly producerByteRate?: number;
    /** Bytes per second that its consumers may fetch. */
    readonly consumerByteRate?: number;
    /** Share of the brokers' request and network threads, 100 for each thread. */
    readonly requestPercentage?: number;
    /** Partitions per second that it may create or delete. */
    readonly controllerMutationRate?: number;
}

/** Name of the Secret with a user's password or certificate. With Strimzi only a password that is configured has one. */
export function userSecretName(user: string): string {
    return `kafka-user-${user}`;
}
