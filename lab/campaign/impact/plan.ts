import type { Round } from "../campaign";
import {
    acl,
    BASES,
    changedListener,
    FOREIGN,
    listeners,
    merged,
    NAMES,
    outsideListener,
    type Settings,
    topic,
    user,
    users,
    WITH_PASSWORD,
} from "./settings";

/** A change of a stack, and what is said of it. */
export interface ChangeRound extends Round {
    readonly base: keyof typeof BASES;
    /** What changes, as a row of the table has it. */
    readonly title: string;
    /** What the report's lines about the change begin with, by the judgement that each comes from. */
    readonly judgements: Readonly<Record<string, string>>;
    readonly before: Settings;
    readonly after: Settings;
}

type Step = readonly [
    name: string,
    title: string,
    judgements: Readonly<Record<string, string>>,
    changes: Settings,
];

/** Seconds of a round whose pods restart, and of one in which nothing does. */
const SECONDS = { restart: 135, live: 65 } as const;
const LIMIT = 900;

const { changed, outside } = NAMES.listeners;
const CHANGED = changedListener(WITH_PASSWORD);
const OUTSIDE = outsideListener(WITH_PASSWORD);
const IN_CLEAR = { ...WITH_PASSWORD, tls: false, allowInsecure: true };
const APP = user("scram-sha-512");
const PROBE_OF_SMALL = { "max.message.bytes": "100000" };
const SINGLE = topic(
    "app-single",
    { "min.insync.replicas": "1" },
    { partitions: 1, replicationFactor: 1 },
);
const LESS_ISR = { ...PROBE_OF_SMALL, "min.insync.replicas": "1" };
const GROWN = topic(NAMES.foreign, {}, { partitions: 6 });
const LONGER = topic(NAMES.data, { "retention.ms": "691200000" });
const SHORTER = topic(NAMES.data, { "retention.ms": "60000" });

/** Each builds on those before it, so that nothing is set back. */
const OF_THREE: Readonly<Record<string, readonly [keyof typeof SECONDS, readonly Step[]]>> = {
    listeners: [
        "restart",
        [
            [
                "listener-anonymous",
                "the authentication of a listener → `allowAnonymous`",
                {
                    "listener-opened": `listener ${changed}`,
                    "authorizer-off": "broker property super.users",
                },
                listeners(changedListener({ tls: true, allowAnonymous: true }), OUTSIDE),
            ],
            [
                "listener-clear",
                "TLS of an internal listener off",
                { "listener-opened": `listener ${changed}` },
                listeners(changedListener({ tls: false, allowAnonymous: true }), OUTSIDE),
            ],
            [
                "listener-certificates",
                "TLS of an internal listener on, with client certificates in place of `allowAnonymous`",
                {
                    "listener-closed": `listener ${changed}`,
                    "authorizer-on": "broker property super.users",
                },
                {
                    ...listeners(
                        changedListener({ tls: true, authentication: { type: "tls" } }),
                        OUTSIDE,
                    ),
                    ...users(APP, user("tls")),
                },
            ],
            [
                "listener-passwords",
                "passwords in place of client certificates, the user with one removed",
                {
                    "listener-closed": `listener ${changed}`,
                    "user-refused": `user ${NAMES.users.tls}`,
                    "user-of-health": "user kafka-eks-health-tls",
                },
                { ...listeners(CHANGED, OUTSIDE), ...users(APP) },
            ],
        ],
    ],
    outside: [
        "restart",
        [
            [
                "outside-clear",
                "TLS of an external listener off",
                { "listener-opened": `listener ${outside}` },
                listeners(CHANGED, outsideListener(IN_CLEAR)),
            ],
            [
                "outside-moved",
                "other node ports of an external listener",
                {
                    "service-gone": `address on listener ${outside}`,
                    "advertised-address-changed": "advertised addresses of broker",
                },
                listeners(CHANGED, outsideListener(IN_CLEAR, 31_290)),
            ],
            [
                "outside-gone",
                "the external listener removed",
                {
                    "listener-closed": `listener ${outside}`,
                    "advertised-address-added": "advertised addresses of broker",
                    "certificate-names": "certificate of the brokers",
                },
                listeners(CHANGED),
            ],
            [
                "outside-new",
                "an external listener added",
                {
                    "service-outside": "bootstrap address kafka-service",
                    "advertised-address-added": "advertised addresses of broker",
                },
                listeners(CHANGED, OUTSIDE),
            ],
        ],
    ],
    brokers: [
        "restart",
        [
            [
                "property",
                "`num.network.threads`",
                { "property-read-at-start": "broker property num.network.threads" },
                { kafka: { config: { "num.network.threads": "4" } } },
            ],
            [
                "transactions",
                "`transactional.id.expiration.ms: 1`",
                { "retention-shortened": "broker property transactional.id.expiration.ms" },
                { kafka: { config: { "transactional.id.expiration.ms": "1" } } },
            ],
            [
                "resources",
                "the brokers' CPU",
                { "servers-restart": "brokers" },
                { kafka: { resources: { requests: { cpu: "110m" } } } },
            ],
        ],
    ],
    zookeeper: [
        "restart",
        [
            [
                "zookeeper-resources",
                "ZooKeeper's CPU",
                { "servers-restart": "ZooKeeper" },
                { zookeeper: { resources: { requests: { cpu: "60m" } } } },
            ],
            [
                "zookeeper-optional",
                "`zookeeper.authentication: optional`",
                { "zookeeper-opened": "ZooKeeper property" },
                { zookeeper: { authentication: "optional" } },
            ],
            [
                "zookeeper-required",
                "`zookeeper.authentication: required`",
                { "files-changed": "ZooKeeper property" },
                { zookeeper: { authentication: "required" } },
            ],
        ],
    ],
    users: [
        "live",
        [
            [
                "permissions-wide",
                "a user gets `All` on every topic",
                { "permission-wide": `permissions of user ${NAMES.users["scram-sha-512"]}` },
                users(user("scram-sha-512", acl({ type: "topic", name: "*" }, "All"))),
            ],
            [
                "user-gone",
                "a user removed",
                {
                    "user-refused": `user ${NAMES.users["scram-sha-512"]}`,
                    "files-of-tools": "directory of the listeners",
                },
                users(),
            ],
            [
                "user-new",
                "a user added",
                {
                    "user-given": `user ${NAMES.users["scram-sha-512"]}`,
                    "password-kept": `password of user ${NAMES.users["scram-sha-512"]}`,
                },
                users(APP),
            ],
        ],
    ],
    data: [
        "live",
        [
            [
                "delete-data-off",
                "`deleteDataOnDestroy: false`",
                { "delete-data-off": "deleteDataOnDestroy" },
                { deleteDataOnDestroy: "false" },
            ],
            [
                "delete-data-on",
                "`deleteDataOnDestroy: true`",
                { "delete-data-on": "deleteDataOnDestroy" },
                { deleteDataOnDestroy: "true" },
            ],
            [
                "volumes-grow",
                "the brokers' volumes grow",
                { "claim-grows": "volume of broker" },
                { kafka: { storage: { size: "60Gi" } } },
            ],
            [
                "volumes-unit",
                "the same size of the brokers' volumes in another unit",
                { "size-same": "volume of broker" },
                { kafka: { storage: { size: "61440Mi" } } },
            ],
        ],
    ],
    topics: [
        "live",
        [
            [
                "topic-longer",
                "a longer `retention.ms` of a topic",
                { "topic-changed": `retention.ms of topic ${NAMES.data}` },
                topics(LONGER, topic(NAMES.probe), FOREIGN),
            ],
            [
                "topic-grown",
                "partitions of a topic added",
                { "partitions-added": `partitions of topic ${NAMES.foreign}` },
                topics(LONGER, topic(NAMES.probe), GROWN),
            ],
            [
                "topic-small-messages",
                "a lower `max.message.bytes` of a topic",
                { "clients-refused": `max.message.bytes of topic ${NAMES.probe}` },
                topics(LONGER, topic(NAMES.probe, PROBE_OF_SMALL), GROWN),
            ],
            [
                "topic-single",
                "a new topic with one replica",
                { "topic-single-replica": "replication factor of topic app-single" },
                topics(LONGER, topic(NAMES.probe, PROBE_OF_SMALL), GROWN, SINGLE),
            ],
            [
                "topic-min-isr",
                "a lower `min.insync.replicas` of a topic",
                { "retention-shortened": `min.insync.replicas of topic ${NAMES.probe}` },
                topics(LONGER, topic(NAMES.probe, LESS_ISR), GROWN, SINGLE),
            ],
            [
                "topic-leaves",
                "a topic leaves the stack",
                { "topic-kept": "topic app-single" },
                topics(LONGER, topic(NAMES.probe, LESS_ISR), GROWN),
            ],
            [
                "topic-weak",
                "a new topic with a lower `min.insync.replicas`",
                { "retention-shortened": "min.insync.replicas of topic app-weak" },
                topics(
                    LONGER,
                    topic(NAMES.probe, LESS_ISR),
                    GROWN,
                    topic("app-weak", { "min.insync.replicas": "1" }),
                ),
            ],
            [
                "topic-shorter",
                "a shorter `retention.ms` of a topic",
                { "retention-shortened": `retention.ms of topic ${NAMES.data}` },
                topics(SHORTER, topic(NAMES.probe, LESS_ISR), GROWN),
            ],
        ],
    ],
    more: [
        "live",
        [
            [
                "broker-added",
                "a fourth broker",
                {
                    "brokers-added": "number of brokers",
                    "service-more": `address on listener ${outside} of broker 3`,
                    "advertised-with-broker": "advertised addresses of broker 3",
                },
                { kafka: { replicas: 4 } },
            ],
        ],
    ],
};

/** Also each by itself, but with another base. */
const OF_ONE: typeof OF_THREE = {
    one: [
        "restart",
        [
            [
                "one-broker",
                "a property of the only broker",
                { "only-one-restarts": "brokers" },
                { kafka: { config: { "num.network.threads": "4" } } },
            ],
            [
                "one-member",
                "CPU of the only ZooKeeper member",
                { "only-one-restarts": "ZooKeeper members" },
                { zookeeper: { resources: { requests: { cpu: "60m" } } } },
            ],
        ],
    ],
};

/** The changes that are made on the lab, with the seconds that they take on two cores. */
export const CHANGES: readonly ChangeRound[] = [
    ...changesOf("three", OF_THREE),
    ...changesOf("one", OF_ONE),
];

/** All rounds. The first one shows that a wrong judgement is found. */
export const ROUNDS: readonly Round[] = [
    // With the deployment.
    { name: "counter", group: "counter", estimate: 300, limit: LIMIT },
    ...CHANGES,
];

function topics(...all: readonly object[]): Settings {
    return { topics: all };
}

function changesOf(base: keyof typeof BASES, groups: typeof OF_THREE): ChangeRound[] {
    let before: Settings = BASES[base];
    return Object.entries(groups).flatMap(([group, [kind, steps]]) =>
        steps.map(([name, title, judgements, changes]) => {
            const after = merged(before, changes);
            const round = { name, group, title, judgements, base, before, after, limit: LIMIT };
            before = after;
            return { ...round, estimate: SECONDS[kind] };
        }),
    );
}
