import assert from "node:assert/strict";
import fc from "fast-check";
import type { Listener } from "../../../../../components/kafka/listeners";
import { ordinals } from "../../../../../components/kafka/names";
import { replicationDefaults } from "../../../../../components/kafka/replication";
import {
    advertisedListeners,
    brokerProperties,
    type BrokerPropertiesArgs,
    isOwnedBrokerProperty,
    OWNED_BROKER_PROPERTIES,
} from "../../../../../components/statefulset/brokers/brokerProperties";
import { zookeeperProperties } from "../../../../../components/statefulset/zookeeper/zookeeperProperties";
import { label, valid } from "../../validConfigs";

const INTERNAL: Listener = { name: "internal", port: 9092, type: "internal", tls: false };
const EXTERNAL: Listener = { name: "external", port: 9094, type: "loadBalancer", tls: false };

const ARGS: BrokerPropertiesArgs = {
    namespace: "streams",
    clusterDomain: "cluster.local",
    brokers: 3,
    zookeeperMembers: 3,
    zookeeperAuthentication: "required",
    interBrokerProtocolVersion: "3.5",
    listeners: [INTERNAL],
    security: { encrypted: false },
    config: {},
};

function propertiesOf(args: Partial<BrokerPropertiesArgs> = {}): Record<string, string> {
    return brokerProperties({ ...ARGS, ...args });
}

const DEFAULTS_TO_CHANGE = {
    ...replicationDefaults(3, {}),
    "num.recovery.threads.per.data.dir": "4",
    "zookeeper.connection.timeout.ms": "60000",
    "zookeeper.session.timeout.ms": "9000",
};

describe("broker properties", () => {
    it("have defaults that a user may change: replication, recovery, and patience with ZooKeeper", () => {
        const properties = propertiesOf();
        for (const [key, value] of Object.entries(DEFAULTS_TO_CHANGE)) {
            assert.equal(properties[key], value, key);
        }
    });

    it("keep what was acknowledged: no unclean leader, and no topic that nobody asked for", () => {
        const properties = propertiesOf();
        assert.equal(properties["unclean.leader.election.enable"], "false");
        assert.equal(properties["auto.create.topics.enable"], "false");
    });

    it("take the id of a broker from its pod, and never make one up", () => {
        const properties = propertiesOf();
        assert.equal(properties["broker.id.generation.enable"], "false");
        assert.equal(properties["broker.id"], undefined);
    });

    it("pin the protocol between brokers, which a newer image must not raise", () => {
        const { "inter.broker.protocol.version": pinned } = propertiesOf({
            interBrokerProtocolVersion: "3.4",
        });
        assert.equal(pinned, "3.4");
    });

    it("put the partitions below the mount of the volume, never at its root", () => {
        assert.equal(propertiesOf()["log.dirs"], "/var/lib/kafka/data/kafka-logs");
    });

    it("lead to every ZooKeeper member", () => {
        const members = [0, 1, 2].map(
            (n) => `zookeeper-${n}.zookeeper-headless.streams.svc.cluster.local:2181`,
        );
        assert.equal(propertiesOf()["zookeeper.connect"], members.join());
    });

    it("keep znodes from others, but for where sessions without authentication are accepted", () => {
        assert.equal(propertiesOf()["zookeeper.set.acl"], "true");
        const optional = propertiesOf({ zookeeperAuthentication: "optional" });
        assert.ok(!("zookeeper.set.acl" in optional));
    });

    it("listen on every listener under its own name, and on one of the brokers' own", () => {
        const properties = propertiesOf({ listeners: [INTERNAL, EXTERNAL] });
        assert.equal(
            properties.listeners,
            "REPLICATION://0.0.0.0:9091,INTERNAL://0.0.0.0:9092,EXTERNAL://0.0.0.0:9094",
        );
        assert.equal(
            properties["listener.security.protocol.map"],
            "REPLICATION:PLAINTEXT,INTERNAL:PLAINTEXT,EXTERNAL:PLAINTEXT",
        );
        assert.equal(properties["inter.broker.listener.name"], "REPLICATION");
    });

    it("let the user's win over the defaults, which follow them", () => {
        const properties = propertiesOf({
            config: {
                "default.replication.factor": "2",
                "zookeeper.session.timeout.ms": "18000",
                "log.retention.hours": "24",
            },
        });
        assert.equal(properties["default.replication.factor"], "2");
        assert.equal(properties["min.insync.replicas"], "1");
        assert.equal(properties["zookeeper.session.timeout.ms"], "18000");
        assert.equal(properties["log.retention.hours"], "24");
        assert.equal(properties["transaction.state.log.replication.factor"], "3");
    });

    it("never let a user's replace one of the program's own", () => {
        // The configuration refuses them; the component does not rely on it.
        const config = Object.fromEntries(
            [
                "auto.create.topics.enable",
                "broker.id.generation.enable",
                "inter.broker.listener.name",
                "inter.broker.protocol.version",
                "listener.security.protocol.map",
                "listeners",
                "log.dirs",
                "unclean.leader.election.enable",
                "zookeeper.connect",
            ].map((property) => [property, "mine"]),
        );
        assert.deepEqual(propertiesOf({ config }), propertiesOf());
    });

    it("name each ZooKeeper member once", () => {
        fc.assert(
            fc.property(fc.constantFrom(1, 3, 5, 7), label, (members, namespace) => {
                const connect = propertiesOf({ namespace, zookeeperMembers: members })[
                    "zookeeper.connect"
                ]!.split(",");
                assert.equal(new Set(connect).size, members);
                const servers = Object.entries(
                    zookeeperProperties({
                        ...ARGS,
                        namespace,
                        members,
                        authentication: "required",
                    }),
                ).filter(([key]) => key.startsWith("server."));
                assert.equal(servers.length, members === 1 ? 0 : members);
                // The members are where the brokers look for them.
                servers.forEach(([, server], n) =>
                    assert.equal(server.split(":")[0], connect[n]!.replace(/:2181$/, "")),
                );
            }),
        );
    });

    it("are all owned where the program sets them and the user must not", () => {
        const own = propertiesOf({
            security: { encrypted: true, superUsers: ["User:CN=kafka-brokers"] },
            config: Object.fromEntries(
                OWNED_BROKER_PROPERTIES.filter((key) => !key.endsWith(".")).map((key) => [
                    key,
                    "x",
                ]),
            ),
        });
        // Properties of the program that survive a user's value are those that it has to own.
        for (const [key, value] of Object.entries(own)) {
            if (value !== "x" && !(key in DEFAULTS_TO_CHANGE)) {
                assert.ok(isOwnedBrokerProperty(key), key);
            }
        }
        for (const key of Object.keys(DEFAULTS_TO_CHANGE)) {
            assert.ok(!isOwnedBrokerProperty(key), key);
        }
        for (const key of ["broker.id", "broker.rack", "advertised.listeners"]) {
            assert.ok(isOwnedBrokerProperty(key), `${key}, which the start script adds`);
        }
    });

    describe("of security", () => {
        const LISTENERS: readonly Listener[] = [
            INTERNAL,
            { ...EXTERNAL, tls: true },
            { ...INTERNAL, name: "mutual", port: 9095, tls: true, authentication: { type: "tls" } },
            { ...INTERNAL, name: "scram", port: 9096, authentication: { type: "scram-sha-512" } },
            {
                ...EXTERNAL,
                port: 9097,
                name: "both",
                tls: true,
                authentication: { type: "scram-sha-512" },
            },
        ];
        const properties = propertiesOf({ security: { encrypted: true }, listeners: LISTENERS });
        /** The properties of one listener, without its name in their keys. */
        const ofListener = (name: string) => {
            const beginning = `listener.name.${name}.`;
            return Object.fromEntries(
                Object.entries(properties)
                    .filter(([key]) => key.startsWith(beginning))
                    .map(([key, value]) => [key.slice(beginning.length), value]),
            );
        };
        const KEY_STORE = {
            "ssl.keystore.type": "PEM",
            "ssl.keystore.location": "/run/kafka/tls/keystore.pem",
            "ssl.truststore.type": "PEM",
        };
        const trust = (file: string) => ({
            "ssl.truststore.location": `/run/kafka/tls/${file}`,
            "ssl.client.auth": "required",
        });
        const SCRAM = {
            "sasl.enabled.mechanisms": "SCRAM-SHA-512",
            "scram-sha-512.sasl.jaas.config":
                "org.apache.kafka.common.security.scram.ScramLoginModule required;",
        };

        for (const [what, name, expected] of [
            [
                "let only brokers in on their own listener, and encrypt it",
                "replication",
                { ...KEY_STORE, ...trust("cluster-ca.pem") },
            ],
            ["add nothing to a listener without any", "internal", {}],
            ["encrypt where that is said", "external", KEY_STORE],
            [
                "let in clients with a certificate",
                "mutual",
                { ...KEY_STORE, ...trust("clients-ca.pem") },
            ],
            ["let in clients with a password", "scram", SCRAM],
            ["do both", "both", { ...KEY_STORE, ...SCRAM }],
        ] as const) {
            it(what, () => assert.deepEqual(ofListener(name), expected));
        }

        it("are there for no other listener", () => {
            const names = Object.keys(properties).flatMap(
                (key) => /^listener\.name\.(\w+)\./.exec(key)?.[1] ?? [],
            );
            assert.deepEqual([...new Set(names)].sort(), [
                "both",
                "external",
                "mutual",
                "replication",
                "scram",
            ]);
            assert.equal(
                properties["listener.security.protocol.map"],
                "REPLICATION:SSL,INTERNAL:PLAINTEXT,EXTERNAL:SSL,MUTUAL:SSL,SCRAM:SASL_PLAINTEXT,BOTH:SASL_SSL",
            );
        });

        it("leave permissions to ACLs where there are super users, and only there", () => {
            const superUsers = ["User:CN=kafka-brokers", "User:ANONYMOUS"];
            const found = propertiesOf({ security: { encrypted: true, superUsers } });
            assert.equal(found["super.users"], "User:CN=kafka-brokers;User:ANONYMOUS");
            assert.equal(found["authorizer.class.name"], "kafka.security.authorizer.AclAuthorizer");
            assert.equal(found["allow.everyone.if.no.acl.found"], "false");
            assert.ok(
                !Object.keys(properties).some((key) => /^(authorizer|super|allow)/.test(key)),
            );
        });
    });
});

describe("listeners of brokers", () => {
    it("advertise another address for each broker", () => {
        fc.assert(
            fc.property(valid, ({ config, addresses }) => {
                for (const { brokers } of addresses) {
                    assert.equal(new Set(brokers).size, config.kafka.replicas);
                }
                const advertised = ordinals(config.kafka.replicas).map((n) =>
                    advertisedListeners(n, config, addresses).split(","),
                );
                assert.equal(new Set(advertised.flat()).size, advertised.flat().length);
                for (const own of advertised) {
                    assert.equal(own.length, config.listeners.length + 1);
                    for (const listener of own) {
                        assert.match(listener, /^[A-Z][A-Z0-9]*:\/\/[a-z0-9.-]+:\d+$/);
                    }
                }
            }),
        );
    });

    it("have the names of the brokers' own listeners", () => {
        fc.assert(
            fc.property(valid, ({ config, addresses }) => {
                const properties = brokerProperties({
                    ...ARGS,
                    ...config.kafka,
                    namespace: config.namespace,
                    brokers: config.kafka.replicas,
                    listeners: config.listeners,
                });
                const names = (property: string, separator: string) =>
                    property.split(",").map((each) => each.split(separator)[0]);
                const listening = names(properties.listeners!, "://");
                assert.deepEqual(
                    names(advertisedListeners(0, config, addresses), "://"),
                    listening,
                );
                assert.deepEqual(
                    names(properties["listener.security.protocol.map"]!, ":"),
                    listening,
                );
                const ports = properties
                    .listeners!.split(",")
                    .map((each) => each.split(":").at(-1));
                assert.equal(new Set(ports).size, ports.length);
            }),
        );
    });
});
