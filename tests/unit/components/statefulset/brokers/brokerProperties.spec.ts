import assert from "node:assert/strict";
import fc from "fast-check";
import { Listener, nodePorts, NodePortListener } from "../../../components/kafka/listeners";
import { knownAddresses, type ListenerAddresses } from "../../../components/kafka/addresses";
import {
    addressSource,
    bootstrapService,
} from "../../../components/statefulset/services/addresses";
import {
    advertisedListeners,
    brokerProperties,
    isOwnedBrokerProperty,
    OWNED_BROKER_PROPERTIES,
} from "../../../components/statefulset/brokers/brokerProperties";
import { contentHash, renderProperties } from "../../../components/kubernetes/files";
import { podHost, serviceHost } from "../../../components/kafka/names";
import { parseQuantity } from "../../../components/kubernetes/quantity";
import { replicationDefaults } from "../../../components/kafka/replication";
import {
    externalServices,
    internalServices,
} from "../../../components/statefulset/services/services";
import { compareVersions, releaseLine } from "../../../components/kafka/versions";
import { zookeeperProperties } from "../../../components/statefulset/zookeeper/zookeeperProperties";
import { loadConfig } from "../../../config";
import type { StatefulSetConfig } from "../../../config/stackConfig";
import { stackValues } from "../../support/mocks";

const MAX_LABEL = 63;
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

const brokerCount = fc.integer({ min: 1, max: 50 });
const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/);
const host = fc.stringMatching(/^[a-z]{1,10}(\.[a-z]{1,5}){0,2}$/);
const listenerName = fc
    .stringMatching(/^[a-z][a-z0-9]{0,10}$/)
    .filter((name) => !["replication", "plaintext", "ssl"].includes(name));

const listenerType = fc.oneof(
    fc.constant({ type: "internal" }),
    fc.record(
        { type: fc.constant("loadBalancer"), domain: host },
        { requiredKeys: ["type"], noNullPrototype: true },
    ),
    fc.record(
        {
            type: fc.constant("nodePort"),
            advertisedHosts: fc.uniqueArray(host, { minLength: 1, maxLength: 5 }),
            basePort: fc.integer({ min: 30000, max: 32767 }),
        },
        { noNullPrototype: true },
    ),
);

/** Configurations of which some are refused, for reasons that lie between the listeners and the brokers. */
const candidate = fc.record(
    {
        brokers: brokerCount,
        namespace: label,
        internal: fc.tuple(listenerName, fc.integer({ min: 9092, max: 65535 })),
        others: fc.array(
            fc.tuple(listenerName, fc.integer({ min: 9092, max: 65535 }), listenerType),
            { maxLength: 4 },
        ),
    },
    { noNullPrototype: true },
);

type Candidate = typeof candidate extends fc.Arbitrary<infer T> ? T : never;

function load({ brokers, namespace, internal, others }: Candidate) {
    const [name, port] = internal;
    return loadConfig(
        stackValues({
            platform: "kubeconfig",
            kafkaDeploymentType: "statefulset",
            namespace,
            kafka: { replicas: brokers },
            listeners: [
                { name, port, type: "internal" },
                ...others.map(([otherName, otherPort, type]) => ({
                    ...type,
                    name: otherName,
                    port: otherPort,
                })),
            ],
        }),
    ) as StatefulSetConfig;
}

/** Configurations that the program accepts, with the listeners' addresses, as a cloud would give them. */
const valid = candidate
    .map((each): StatefulSetConfig | undefined => {
        try {
            return load(each);
        } catch {
            return undefined;
        }
    })
    .filter((config) => config !== undefined)
    .map((config) => ({ config, addresses: addressesOf(config) }));

function addressesOf({ namespace, kafka, listeners }: StatefulSetConfig) {
    return listeners.map((listener): ListenerAddresses & { name: string } => {
        const bootstrapPort = bootstrapService(listener, listeners).port;
        const known = knownAddresses(listener, {
            brokers: kafka.replicas,
            bootstrapHost: serviceHost("kafka-bootstrap", namespace),
            bootstrapPort,
            brokerHost: (id) => podHost(`kafka-${id}`, "kafka-headless", namespace),
        });
        const assigned = Array.from(
            { length: kafka.replicas },
            (_, n) => `${listener.name}-${n}.cloud:${listener.port}`,
        );
        const cloud = { bootstrap: `cloud:${bootstrapPort}`, brokers: assigned };
        return { name: listener.name, ...(known ?? cloud) };
    });
}

/** What Java's `Properties.load` reads: the format's own description, and nothing of our renderer. */
function readProperties(text: string): Record<string, string> {
    const unescape = (escaped: string) =>
        escaped.replace(/\\(u[0-9a-fA-F]{4}|[^])/g, (_, code: string) => {
            if (code.length === 5) {
                return String.fromCharCode(parseInt(code.slice(1), 16));
            }
            return { t: "\t", n: "\n", r: "\r", f: "\f" }[code] ?? code;
        });
    const logicalLines = text
        // Any of the three ends a line.
        .split(/\r\n|\n|\r/)
        .reduce<{ lines: string[]; open: boolean }>(
            ({ lines, open }, line) => {
                const start = line.replace(/^[ \t\f]+/, "");
                const isComment = !open && (start === "" || /^[#!]/.test(start));
                const continues = !isComment && /(?<!\\)(\\\\)*\\$/.test(start);
                const part = continues ? start.slice(0, -1) : start;
                if (open) {
                    lines.push(`${lines.pop()}${part}`);
                } else if (!isComment) {
                    lines.push(part);
                }
                return { lines, open: continues };
            },
            { lines: [], open: false },
        ).lines;
    return Object.fromEntries(
        logicalLines.map((line) => {
            const [, key, value] =
                /^((?:\\[^]|[^\\ \t\f=:])*)(?:[ \t\f]*[=:][ \t\f]*|[ \t\f]+|$)([^]*)$/.exec(line)!;
            return [unescape(key!), unescape(value!)];
        }),
    );
}

describe("quantities", () => {
    const suffixes = {
        m: 1e-3,
        "": 1,
        k: 1e3,
        M: 1e6,
        G: 1e9,
        T: 1e12,
        P: 1e15,
        Ki: 2 ** 10,
        Mi: 2 ** 20,
        Gi: 2 ** 30,
        Ti: 2 ** 40,
        Pi: 2 ** 50,
    };

    it("are a number times the value of the suffix", () => {
        fc.assert(
            fc.property(
                fc.nat(1e6),
                fc.option(fc.stringMatching(/^\d{1,3}$/), { nil: undefined }),
                fc.constantFrom(...Object.entries(suffixes)),
                (whole, decimals, [suffix, factor]) => {
                    const number = decimals === undefined ? `${whole}` : `${whole}.${decimals}`;
                    assert.equal(parseQuantity(number + suffix), Number(number) * factor);
                },
            ),
        );
    });

    it("keep their order in one unit, and are the same in the next larger one", () => {
        fc.assert(
            fc.property(fc.nat(1e4), fc.nat(1e4), (a, b) => {
                assert.equal(parseQuantity(`${a}Mi`)! < parseQuantity(`${b}Mi`)!, a < b);
                assert.equal(parseQuantity(`${a * 1024}Mi`), parseQuantity(`${a}Gi`));
                assert.equal(parseQuantity(`${a * 1000}M`), parseQuantity(`${a}G`));
            }),
        );
    });

    it("are nothing else", () => {
        for (const text of [
            "",
            "Gi",
            "1 Gi",
            "1gi",
            "1KB",
            "-1",
            "+1",
            ".5",
            "1.",
            "1e3Gi",
            "0x1",
        ]) {
            assert.equal(parseQuantity(text), undefined, text);
        }
    });
});

describe("versions", () => {
    const version = fc
        .array(fc.nat(30), { minLength: 2, maxLength: 3 })
        .map((parts) => parts.join("."));
    const sign = (a: string, b: string) => Math.sign(compareVersions(a, b));

    it("have an order", () => {
        fc.assert(
            fc.property(version, version, version, (a, b, c) => {
                assert.equal(sign(a, a), 0);
                assert.equal(sign(a, b) + sign(b, a), 0);
                if (sign(a, b) <= 0 && sign(b, c) <= 0) {
                    assert.ok(sign(a, c) <= 0);
                }
                assert.equal(
                    sign(releaseLine(a), a),
                    a.endsWith(".0") || a === releaseLine(a) ? 0 : -1,
                );
            }),
        );
    });

    it("are compared as numbers, part by part", () => {
        const ascending = [
            "2.8.2",
            "3.4",
            "3.5",
            "3.5.1",
            "3.5.2",
            "3.5.10",
            "3.9.1",
            "3.10",
            "4.0",
        ];
        ascending.forEach((a, i) =>
            ascending.forEach((b, j) => assert.equal(sign(a, b), Math.sign(i - j), `${a} ${b}`)),
        );
        assert.equal(compareVersions("3.5", "3.5.0"), 0);
    });
});

describe("broker properties", () => {
    it("keep acknowledged messages while one broker is away, for any number of brokers", () => {
        fc.assert(
            fc.property(brokerCount, (brokers) => {
                const defaults = replicationDefaults(brokers, {});
                for (const [factorKey, minInSyncKey] of [
                    ["default.replication.factor", "min.insync.replicas"],
                    ["transaction.state.log.replication.factor", "transaction.state.log.min.isr"],
                ] as const) {
                    const factor = Number(defaults[factorKey]);
                    const minInSync = Number(defaults[minInSyncKey]);
                    assert.equal(factor, Math.min(3, brokers));
                    assert.ok(minInSync >= 1 && minInSync <= factor && factor <= brokers);
                    assert.ok(factor === 1 || minInSync < factor);
                }
                assert.equal(
                    defaults["offsets.topic.replication.factor"],
                    defaults["default.replication.factor"],
                );
            }),
        );
    });

    it("let min ISR follow a replication factor that is set", () => {
        fc.assert(
            fc.property(brokerCount, fc.integer({ min: 1, max: 50 }), (brokers, factor) => {
                const set = { "default.replication.factor": String(factor) };
                const defaults = replicationDefaults(brokers, set);
                // The offsets topic, whose factor is not set here, has the same min ISR.
                const least = Math.min(factor, brokers, 3);
                assert.equal(defaults["min.insync.replicas"], String(Math.max(1, least - 1)));
            }),
        );
    });

    it("name each ZooKeeper member once", () => {
        fc.assert(
            fc.property(fc.constantFrom(1, 3, 5, 7), label, (members, namespace) => {
                const connect = brokerProperties({
                    namespace,
                    brokers: 3,
                    zookeeperMembers: members,
                    zookeeperAuthentication: "required",
                    interBrokerProtocolVersion: "3.5",
                    listeners: [],
                    security: { encrypted: false },
                    config: {},
                })["zookeeper.connect"]!.split(",");
                assert.equal(new Set(connect).size, members);
                const servers = Object.entries(
                    zookeeperProperties({ namespace, members, authentication: "required" }),
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
        const own = brokerProperties({
            namespace: "kafka",
            brokers: 3,
            zookeeperMembers: 3,
            zookeeperAuthentication: "required",
            interBrokerProtocolVersion: "3.5",
            listeners: [],
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
});

const DEFAULTS_TO_CHANGE = {
    ...replicationDefaults(3, {}),
    "num.recovery.threads.per.data.dir": "4",
    "zookeeper.connection.timeout.ms": "60000",
    "zookeeper.session.timeout.ms": "9000",
};

describe("listeners of a valid configuration", () => {
    it("advertise another address for each broker", () => {
        fc.assert(
            fc.property(valid, ({ config, addresses }) => {
                for (const { brokers } of addresses) {
                    assert.equal(new Set(brokers).size, config.kafka.replicas);
                }
                const advertised = brokerNumbers(config).map((n) =>
                    advertisedListeners(n, config.namespace, addresses).split(","),
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
                    ...config.kafka,
                    namespace: config.namespace,
                    brokers: config.kafka.replicas,
                    zookeeperMembers: 3,
                    security: { encrypted: false },
                    zookeeperAuthentication: "required",
                    listeners: config.listeners,
                });
                const names = (property: string, separator: string) =>
                    property.split(",").map((each) => each.split(separator)[0]);
                const listening = names(properties.listeners!, "://");
                assert.deepEqual(
                    names(advertisedListeners(0, config.namespace, addresses), "://"),
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

    it("never share a node port and stay in the range of node ports", () => {
        fc.assert(
            fc.property(valid, ({ config }) => {
                const ports = config.listeners
                    .filter(
                        (listener): listener is NodePortListener => listener.type === "nodePort",
                    )
                    .flatMap((listener) => nodePorts(listener, config.kafka.replicas));
                assert.equal(new Set(ports).size, ports.length);
                assert.ok(ports.every((port) => port >= 30000 && port <= 32767));
            }),
        );
    });

    it("have Services whose names differ and are DNS labels, as resources and as objects", () => {
        fc.assert(
            fc.property(valid, ({ config: { kafka, listeners } }) => {
                const services = [
                    ...internalServices(listeners),
                    ...listeners.flatMap((listener) => {
                        if (listener.type === "internal") {
                            return [];
                        }
                        const { bootstrap, brokers } = externalServices(
                            listener,
                            listeners,
                            kafka.replicas,
                        );
                        return [bootstrap, ...brokers];
                    }),
                ];
                const names = services.map(({ name }) => name);
                assert.equal(new Set(names).size, names.length);
                assert.equal(new Set(services.map(({ role }) => role)).size, names.length);
                for (const name of names) {
                    assert.match(name, DNS_LABEL);
                    assert.ok(name.length <= MAX_LABEL);
                }
                assert.equal(names.filter((name) => name === "kafka-service").length, 1);
                for (const port of services.flatMap(
                    ({ spec }) => spec.ports as { name: string }[],
                )) {
                    // What Kubernetes asks of the name of a port.
                    assert.match(port.name, /^(?=.*[a-z])[a-z0-9-]{1,15}$/);
                }
            }),
        );
    });

    it("do not restart brokers for one that is added, but for addresses that a cloud assigns", () => {
        fc.assert(
            fc.property(valid, ({ config }) => {
                const more = {
                    ...config,
                    kafka: { ...config.kafka, replicas: config.kafka.replicas + 1 },
                };
                const sources = (each: StatefulSetConfig) =>
                    each.listeners.map((listener, n) =>
                        addressSource(listener, addressesOf(each)[n]!),
                    );
                config.listeners.forEach((listener, n) => {
                    const before = contentHash(sources(config)[n]);
                    const after = contentHash(sources(more)[n]);
                    assert.equal(before !== after, isAssigned(listener));
                });
            }),
        );
    });

    it("restart brokers for every address that changes", () => {
        const before = { bootstrap: "b:1", brokers: ["a:1"] };
        const after = { bootstrap: "b:1", brokers: ["c:1"] };
        const balancer: Listener = { name: "x", port: 9094, type: "loadBalancer", tls: false };
        const nodes: Listener = {
            name: "x",
            port: 9094,
            type: "nodePort",
            tls: false,
            advertisedHosts: ["a", "b"],
            basePort: 30000,
        };
        const sources = [
            addressSource({ ...balancer, type: "internal" }, before),
            addressSource({ ...balancer, type: "internal", port: 9095 }, before),
            addressSource(balancer, before),
            addressSource(balancer, after),
            addressSource(balancer, { ...before, bootstrap: "d:1" }),
            addressSource({ ...balancer, domain: "a.example.com" }, before),
            addressSource({ ...balancer, domain: "b.example.com" }, before),
            addressSource(nodes, before),
            addressSource({ ...nodes, basePort: 30010 }, before),
            addressSource({ ...nodes, advertisedHosts: ["b", "a"] }, before),
        ].map(contentHash);
        assert.equal(new Set(sources).size, sources.length);
        // A cloud's address is no part of what follows from a domain.
        const named: Listener = { ...balancer, domain: "a.example.com" };
        assert.deepEqual(addressSource(named, before), addressSource(named, after));
    });
});

function brokerNumbers({ kafka }: StatefulSetConfig): number[] {
    return Array.from({ length: kafka.replicas }, (_, n) => n);
}

function isAssigned(listener: Listener): boolean {
    return listener.type === "loadBalancer" && listener.domain === undefined;
}

describe("properties files", () => {
    const key = fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,20}$/);
    /** Halves of characters, which are none by themselves: how many there are from U+D800 on. */
    const SURROGATES = 0x800;

    it("are read by Java as they were meant", () => {
        // All code points, like the unit `binary`, which makes a table of a million of them first: a second.
        const character = fc
            .integer({ min: 0, max: 0x10ffff - SURROGATES })
            .map((n) => String.fromCodePoint(n < 0xd800 ? n : n + SURROGATES));
        const value = fc.string({ unit: character });
        fc.assert(
            fc.property(fc.dictionary(key, value, { noNullPrototype: true }), (properties) => {
                assert.deepEqual(readProperties(renderProperties(properties)), properties);
            }),
        );
    });

    it("keep backslashes, line ends and what means something elsewhere in the format", () => {
        const properties = {
            "a.backslash": "C:\\temp\\new\\",
            "b.lines": "one\ntwo\n",
            "c.separators": "a=b:c #d !e",
            "d.empty": "",
            "e.trailing": "x  ",
            "f.hash": "#x",
            "g.equals": "=x",
        };
        const text = renderProperties(properties);
        assert.deepEqual(readProperties(text), properties);
        assert.equal(text.split("\n").length, Object.keys(properties).length + 1);
    });

    it("are sorted, one property a line", () => {
        assert.equal(
            renderProperties({ b: "2", a: "1", "a.b": "x\\y\nz" }),
            "a=1\na.b=x\\\\y\\u000az\nb=2\n",
        );
        assert.equal(renderProperties({}), "");
    });
});
