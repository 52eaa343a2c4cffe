import { replicationDefaults, SAFETY_PROPERTIES } from "../../kafka/replication";
import {
    podHost,
    KAFKA,
    KAFKA_HEADLESS,
    type NamespaceDns,
    ordinals,
    ZOOKEEPER,
    ZOOKEEPER_HEADLESS,
} from "../../kafka/names";
import { Listener, REPLICATION_PORT } from "../../kafka/listeners";
import { listenerProperties, SecuredListener, securityProtocol } from "./listenerSecurity";
import { ZookeeperAuthentication } from "../zookeeper/zookeeperIdentity";

/** Name of the program's own listener between brokers. */
const REPLICATION = "REPLICATION";

/** Directory of the partitions: below the mount, whose root may hold `lost+found`, which stops a broker. */
const LOG_DIRECTORY = "/var/lib/kafka/data/kafka-logs";

/**
 * Broker properties that the program sets itself; a key that ends in `.` stands for all that begin with it.
 * Setting one of these would break an address, an identity or the promise that acknowledged messages are kept.
 */
export const OWNED_BROKER_PROPERTIES: readonly string[] = [
    "advertised.host.name",
    "advertised.listeners",
    "advertised.port",
    "allow.everyone.if.no.acl.found",
    "authorizer.class.name",
    "auto.create.topics.enable",
    "broker.id",
    "broker.id.generation.enable",
    "broker.rack",
    "control.plane.listener.name",
    "controller.",
    "host.name",
    "inter.broker.listener.name",
    "inter.broker.protocol.version",
    "listener.name.",
    "listener.security.protocol.map",
    "listeners",
    "log.dir",
    "log.dirs",
    "node.id",
    "port",
    "principal.builder.class",
    "process.roles",
    "sasl.",
    "security.inter.broker.protocol",
    "ssl.",
    "super.users",
    "unclean.leader.election.enable",
    "zookeeper.clientCnxnSocket",
    "zookeeper.connect",
    "zookeeper.metadata.migration.enable",
    "zookeeper.set.acl",
    "zookeeper.ssl.",
];

/** Tells whether the program owns a broker property. */
export function isOwnedBrokerProperty(key: string): boolean {
    return OWNED_BROKER_PROPERTIES.some((owned) =>
        owned.endsWith(".") ? key.startsWith(owned) : key === owned,
    );
}

/** How brokers protect themselves and what they know. */
export interface BrokerSecurity {
    /** Whether brokers encrypt what they send each other, and accept nobody there but brokers. */
    readonly encrypted: boolean;
    /**
     * Principals that may do everything, such as `User:CN=kafka-brokers`; all the others may do what ACLs allow.
     *
     * @default - Everybody may do everything.
     */
    readonly superUsers?: readonly string[];
    /**
     * Subject and names of a given certificate. Brokers restart when they change: a running one refuses to read a certificate
     * with another subject or with fewer names.
     *
     * @default - cert-manager's, whose subject and names follow from the listeners.
     */
    readonly certificateIdentity?: string;
}

/** What the properties of all brokers are made of. */
export interface BrokerPropertiesArgs extends NamespaceDns {
    readonly brokers: number;
    readonly zookeeperMembers: number;
    readonly zookeeperAuthentication: ZookeeperAuthentication;
    readonly interBrokerProtocolVersion: string;
    readonly listeners: readonly Listener[];
    readonly security: BrokerSecurity;
    /**
     * The brokers' min ISR so far, which more brokers don't raise.
     *
     * @default - There is none yet.
     */
    readonly minInsyncReplicas?: number;
    /** The user's own properties; they win over every default. */
    readonly config: Readonly<Record<string, string>>;
}

/**
 * Properties that are the same on every broker. What differs (`broker.id`, `broker.rack`, `advertised.listeners`) is
 * added by the start script.
 */
export function brokerProperties(args: BrokerPropertiesArgs): Record<string, string> {
    const replication = { ...replicationSecurity(args.security), port: REPLICATION_PORT };
    const listeners = [replication, ...args.listeners].map((listener) => ({
        name: listener.name.toUpperCase(),
        port: listener.port,
        protocol: securityProtocol(listener),
    }));
    return {
        ...replicationDefaults(args.brokers, args.config, args.minInsyncReplicas),
        "num.recovery.threads.per.data.dir": "4",
        // A lost broker is noticed after this time, and its partitions take no writes until then.
        "zookeeper.session.timeout.ms": "9000",
        // When all nodes start at once brokers have to wait for ZooKeeper's election; by default no longer than a session.
        "zookeeper.connection.timeout.ms": "60000",
        ...args.config,
        ...SAFETY_PROPERTIES,
        "broker.id.generation.enable": "false",
        "inter.broker.listener.name": REPLICATION,
        // Pinned, so that a newer image can't raise it: that step can't be taken back.
        "inter.broker.protocol.version": args.interBrokerProtocolVersion,
        "listener.security.protocol.map": listeners
            .map(({ name, protocol }) => `${name}:${protocol}`)
            .join(),
        listeners: listeners.map(({ name, port }) => `${name}://0.0.0.0:${port}`).join(),
        "log.dirs": LOG_DIRECTORY,
        "zookeeper.connect": ordinals(args.zookeeperMembers)
            .map((n) => `${podHost(`${ZOOKEEPER}-${n}`, ZOOKEEPER_HEADLESS, args)}:2181`)
            .join(),
        ...securityProperties(args),
        ...authorizationProperties(args.security),
        // What is made from now on; nobody else has a session anyway.
        ...(args.zookeeperAuthentication === "required" && { "zookeeper.set.acl": "true" }),
    };
}

/** Properties of all listeners' security, the one between brokers included. */
export function securityProperties({
    listeners,
    security,
}: Pick<BrokerPropertiesArgs, "listeners" | "security">): Record<string, string> {
    return Object.assign(
        listenerProperties(replicationSecurity(security), "cluster"),
        ...listeners.map((listener) => listenerProperties(listener, "clients")),
    ) as Record<string, string>;
}

/** Kafka's name for how brokers talk to each other. */
export function replicationProtocol(security: BrokerSecurity): string {
    return securityProtocol(replicationSecurity(security));
}

function replicationSecurity({ encrypted }: BrokerSecurity): SecuredListener {
    return {
        name: REPLICATION,
        tls: encrypted,
        ...(encrypted && { authentication: { type: "tls" } }),
    };
}

function authorizationProperties({ superUsers }: BrokerSecurity): Record<string, string> {
    return superUsers === undefined
        ? {}
        : {
              "authorizer.class.name": "kafka.security.authorizer.AclAuthorizer",
              "allow.everyone.if.no.acl.found": "false",
              "super.users": superUsers.join(";"),
          };
}

/** The `advertised.listeners` of one broker. */
export function advertisedListeners(
    ordinal: number,
    dns: NamespaceDns,
    listeners: readonly { readonly name: string; readonly brokers: readonly string[] }[],
): string {
    const replication = `${podHost(`${KAFKA}-${ordinal}`, KAFKA_HEADLESS, dns)}:${REPLICATION_PORT}`;
    return [
        `${REPLICATION}://${replication}`,
        ...listeners.map(({ name, brokers }) => `${name.toUpperCase()}://${brokers[ordinal]}`),
    ].join();
}
