import { replicationDefaults, SAFETY_PROPERTIES } from "../kafka/replication";

/**
 * Beginnings of the broker properties that the operator sets itself or, the first two, the program. The operator ignores
 * them with a warning that nobody reads.
 *
 * @see https://strimzi.io/docs/operators/latest/configuring#type-KafkaClusterSpec-schema-reference (config)
 */
const OWNED_BEGINNINGS = [
    ...Object.keys(SAFETY_PROPERTIES),
    "advertised.",
    "authorizer.",
    "broker.",
    "client.quota.callback.static.",
    "controller.",
    "cordoned.log.dirs",
    "cruise.control.metrics.reporter.bootstrap.servers",
    "cruise.control.metrics.topic",
    "host.name",
    "inter.broker.listener.name",
    "listener.",
    "listeners",
    "log.dir",
    "metadata.log.dir",
    "node.id",
    "password.",
    "port",
    "process.roles",
    "prometheus.metrics.reporter.",
    "sasl.",
    "security.",
    "ssl.",
    "super.user",
    "zookeeper.",
];

/** Properties that the operator passes on although they begin like one of its own. */
const PASSED_ON = [
    "broker.heartbeat.interval.ms",
    "broker.session.timeout.ms",
    "controller.quorum.election.backoff.max.ms",
    "controller.quorum.election.timeout.ms",
    "controller.quorum.fetch.timeout.ms",
    "controller.socket.timeout.ms",
    "sasl.server.max.receive.size",
    "ssl.cipher.suites",
    "ssl.enabled.protocols",
    "ssl.protocol",
    "ssl.secure.random.implementation",
];

/** Tells whether the program or the operator owns a broker property. */
export function isOwnedByStrimzi(key: string): boolean {
    return (
        !PASSED_ON.includes(key) && OWNED_BEGINNINGS.some((beginning) => key.startsWith(beginning))
    );
}

/** The broker properties of the `Kafka` resource; the operator adds addresses, identities and directories. */
export function brokerConfig(args: {
    readonly brokers: number;
    /**
     * The brokers' min ISR so far, which more brokers don't raise.
     *
     * @default - There is none yet.
     */
    readonly minInsyncReplicas?: number;
    /** The user's own properties; they win over every default. */
    readonly config: Readonly<Record<string, string>>;
}): Record<string, string> {
    return {
        ...replicationDefaults(args.brokers, args.config, args.minInsyncReplicas),
        "num.recovery.threads.per.data.dir": "4",
        ...args.config,
        ...SAFETY_PROPERTIES,
    };
}
