import assert from "node:assert/strict";
import { ConfigError, loadConfig } from "../../../config";
import { warningsOf } from "../../../config/warnings";
import { stackValues } from "../../support/mocks";
import {
    accepts,
    type BadCase,
    kafka,
    type Keys,
    problemsOf,
    properties,
    refuses,
    STATEFULSET,
    STRIMZI,
    topics,
} from "./cases";

const INT = "a whole number from 1 to 2147483647";
const REFERENCE =
    "a reference to a config provider: whoever reads the brokers' configuration reads this value";

const broker = (name: string, value: unknown, expected: string): BadCase => [
    properties({ [name]: value }),
    `kafka.config.${name}`,
    expected,
    JSON.stringify(String(value)),
];
const topic = (name: string, value: unknown, expected: string): BadCase => [
    topics({ name: "a" }, { name: "b", config: { [name]: value } }),
    `topics[1].config.${name}`,
    expected,
    JSON.stringify(String(value)),
];

const POLICIES = "a list of compact, delete";
const UNCLEAN =
    "false, as for the brokers: a replica that is behind could lead, and messages would be lost";
const CODECS = ["uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"]
    .map((codec) => `"${codec}"`)
    .join(" or ");
const LONG = (least: string) => `a whole number from ${least} to 9223372036854775807`;

/** On Kafka 3.5 and on Kafka 4.3. */
const BAD_CASES: Readonly<Record<string, readonly BadCase[]>> = {
    "a broker property of the wrong type": [
        broker("num.partitions", "banana", INT),
        broker("num.partitions", 1.5, INT),
        broker("log.retention.hours", "abc", "a whole number from -2147483648 to 2147483647"),
        broker("log.preallocate", "yes", "true or false"),
        broker("log.cleaner.min.cleanable.ratio", "half", "a number from 0 to 1"),
    ],
    "a broker property out of its range": [
        broker("num.partitions", 0, INT),
        broker("num.partitions", 2_147_483_648, INT),
        broker("log.cleaner.min.cleanable.ratio", 1.5, "a number from 0 to 1"),
        [
            properties({ "log.retention.ms": "9223372036854775808" }),
            "kafka.config.log.retention.ms",
            LONG("-9223372036854775808"),
            "9223372036854775808",
        ],
        broker("offsets.retention.minutes", 0, INT),
    ],
    "a broker property with a value that is none": [
        broker("compression.type", "banana", CODECS),
        broker("log.message.timestamp.type", "Now", '"CreateTime" or "LogAppendTime"'),
    ],
    "a topic's property that is wrong": [
        topic("retention.ms", "banana", LONG("-1")),
        topic("retention.ms", -2, LONG("-1")),
        topic("max.message.bytes", "1MB", "a whole number from 0 to 2147483647"),
        topic("min.cleanable.dirty.ratio", 2, "a number from 0 to 1"),
        topic("compression.type", "banana", CODECS),
    ],
    "a topic's property that loses messages": [
        topic("unclean.leader.election.enable", true, UNCLEAN),
        topic("unclean.leader.election.enable", "TRUE", UNCLEAN),
    ],
};

const WITHOUT_SAID: Readonly<Record<string, Keys>> = {
    "numbers, texts and blanks around them": properties({
        "num.partitions": " 7 ",
        "num.io.threads": 16,
        "log.retention.ms": -1,
        "log.cleaner.min.cleanable.ratio": "1e-1",
        "log.preallocate": "TRUE",
    }),
    lists: { ...topics({ name: "a", config: { "cleanup.policy": "compact, delete" } }) },
    "the same as the brokers' own promise": topics({
        name: "a",
        config: { "unclean.leader.election.enable": false },
    }),
    "classes, which nobody else can load": properties({
        "alter.config.policy.class.name": "com.example.Mine",
        "metric.reporters": "com.example.Mine",
    }),
    "what a plug-in may read": properties({ "my.plugin.threads": "many" }),
    "references, which nobody else can follow": properties({
        "delegation.token.secret.key": "${file:/etc/kafka/secrets:token}",
        "num.io.threads": "${env:THREADS}",
    }),
};

describe("properties of Kafka in the configuration", () => {
    for (const base of [STATEFULSET, STRIMZI]) {
        describe(base === STRIMZI ? "with Strimzi" : "with StatefulSets", () => {
            refuses(base, BAD_CASES);
            accepts(base, WITHOUT_SAID);
        });
    }

    refuses(STATEFULSET, {
        "policies that Kafka 3 does not know": [
            broker("log.cleanup.policy", "banana", POLICIES),
            topic("cleanup.policy", "banana", POLICIES),
            topic("cleanup.policy", "compact,banana", POLICIES),
        ],
    });
    refuses(STRIMZI, {
        "policies that Kafka 4 does not know, or twice": [
            broker("log.cleanup.policy", "banana", `${POLICIES}, each once`),
            topic("cleanup.policy", "delete,delete", `${POLICIES}, each once`),
        ],
        "what only a later Kafka refuses": [
            broker("log.segment.bytes", 14, "a whole number from 1048576 to 2147483647"),
            topic("segment.bytes", 14, "a whole number from 1048576 to 2147483647"),
        ],
    });
    accepts(STRIMZI, {
        "a number beside the range": properties({ "compression.gzip.level": -1 }),
    });
    accepts(STATEFULSET, {
        "what an earlier Kafka takes": properties({ "log.segment.bytes": 14 }),
    });

    it("are those of the version that is configured", () => {
        const twice = topics({ name: "a", config: { "cleanup.policy": "delete,delete" } });
        const keysOf = (version: string) =>
            problemsOf({ ...STRIMZI, ...kafka({ version }), ...twice }).map(({ key }) => key);
        assert.deepEqual(keysOf("4.2.1"), ["topics[0].config.cleanup.policy"]);
        const older = { ...kafka({ image: "apache/kafka:3.9.1" }), ...twice };
        assert.deepEqual(problemsOf({ ...STATEFULSET, ...older }), []);
    });

    it("are all checked, whatever else is wrong with their topic or broker", () => {
        const bad = {
            ...kafka({
                config: { "num.partitions": "banana", "num.io.threads": null, "log.roll.ms": 0 },
            }),
            ...topics({ name: ".", partitions: 0, config: { "retention.ms": "x", a: null } }),
        };
        assert.deepEqual(
            problemsOf({ ...STRIMZI, ...bad })
                .map(({ key }) => key)
                .sort(),
            [
                "kafka.config.log.roll.ms",
                "kafka.config.num.io.threads",
                "kafka.config.num.partitions",
                "topics[0].config.a",
                "topics[0].config.retention.ms",
                "topics[0].name",
                "topics[0].partitions",
            ],
        );
    });

    it("are checked once where another rule knows more", () => {
        const bad = properties({ "default.replication.factor": "banana" });
        assert.deepEqual(problemsOf({ ...STRIMZI, ...bad }), [
            {
                key: "kafka.config.default.replication.factor",
                expected: "a whole number from 1 to 3, the number of brokers",
                given: '"banana"',
            },
        ]);
    });

    describe("that nobody may read", () => {
        const SECRET = "correct-horse";

        for (const base of [STATEFULSET, STRIMZI]) {
            const name = "delegation.token.secret.key";
            it(`are refused in clear with ${base === STRIMZI ? "Strimzi" : "StatefulSets"}`, () => {
                assert.deepEqual(problemsOf({ ...base, ...properties({ [name]: SECRET }) }), [
                    { key: `kafka.config.${name}`, expected: REFERENCE, given: "a text" },
                ]);
            });
        }

        const message = (keys: Keys) => {
            try {
                loadConfig(stackValues({ ...STATEFULSET, ...keys }));
            } catch (error) {
                assert.ok(error instanceof ConfigError);
                return error.message;
            }
            return assert.fail("accepted");
        };
        for (const [what, keys] of Object.entries({
            "the program's own": properties({ "ssl.keystore.password": SECRET }),
            "a listener's": properties({ "listener.name.internal.ssl.key.password": SECRET }),
            "a listener's key": properties({ "listener.name.internal.ssl.keystore.key": SECRET }),
            "a mechanism's": properties({
                "listener.name.internal.scram-sha-512.sasl.jaas.config": SECRET,
            }),
            "of the wrong type": properties({ "sasl.jaas.config": { a: SECRET } }),
            "a plug-in's of the wrong type": properties({ "my.plugin.secret": [SECRET] }),
            "a topic's of the wrong type": topics({ name: "a", config: { "my.secret": [SECRET] } }),
            "in a list": { kafka: [{ config: { "ssl.keystore.password": SECRET } }] },
            "in a text": { kafka: `{config: {ssl.key.password: ${SECRET}}}` },
            "in properties as a text": kafka({ config: `ssl.key.password=${SECRET}` }),
        })) {
            it(`are not printed: ${what}`, () => {
                assert.doesNotMatch(message(keys), new RegExp(SECRET));
            });
        }
    });
});

describe("warnings of Kafka's properties", () => {
    const warnings = (base: Keys, keys: Keys) =>
        warningsOf(loadConfig(stackValues({ ...base, ...keys })));
    const IGNORED = "and brokers ignore it unless a plug-in reads it";
    const REFUSED = "and Kafka refuses a topic with it unless a plug-in knows it";

    it("name the nearest property where one is near", () => {
        const keys = {
            ...properties({ "log.retention.mss": 1, "retention.ms": 1, "my.plugin.url": "x" }),
            ...topics({ name: "a", config: { "cleanup.polcy": "delete", "log.segment.bytes": 1 } }),
        };
        assert.deepEqual(warnings(STATEFULSET, keys), [
            `kafka.config.log.retention.mss: Kafka 3.5 has no such property, ${IGNORED}; did you mean log.retention.ms?`,
            `kafka.config.retention.ms: Kafka 3.5 has no such property, ${IGNORED}; did you mean log.retention.ms?`,
            `kafka.config.my.plugin.url: Kafka 3.5 has no such property, ${IGNORED}`,
            `topics[0].config.cleanup.polcy: Kafka 3.5 has no such property, ${REFUSED}; did you mean cleanup.policy?`,
            `topics[0].config.log.segment.bytes: Kafka 3.5 has no such property, ${REFUSED}; did you mean segment.bytes?`,
        ]);
    });

    it("say which lines of Kafka have a property", () => {
        const later = properties({ "group.coordinator.rebalance.protocols": "classic" });
        assert.deepEqual(warnings(STATEFULSET, later), [
            `kafka.config.group.coordinator.rebalance.protocols: Kafka 3.5 does not have it, only Kafka since 3.7, ${IGNORED}`,
        ]);
        const earlier = {
            ...properties({ "log.message.format.version": "3.0" }),
            ...topics({ name: "a", config: { "message.downconversion.enable": "true" } }),
        };
        assert.deepEqual(warnings(STRIMZI, earlier), [
            `kafka.config.log.message.format.version: Kafka 4.3 does not have it, only Kafka up to 3.9, ${IGNORED}`,
            `topics[0].config.message.downconversion.enable: Kafka 4.3 does not have it, only Kafka up to 3.9, ${REFUSED}`,
        ]);
    });

    it("tell of what looks like a secret", () => {
        const name = "my.plugin.password";
        assert.deepEqual(warnings(STRIMZI, properties({ [name]: "x" })), [
            `kafka.config.${name}: Kafka 4.3 has no such property, ${IGNORED}`,
            `kafka.config.${name}: whoever reads the brokers' configuration reads this value; ` +
                "if it is a secret, refer to it by a config provider",
        ]);
        assert.equal(warnings(STRIMZI, properties({ [name]: "${file:/a:b}" })).length, 1);
    });

    it("are none of what Kafka knows, or runs only", () => {
        const known = {
            ...properties({ "log.retention.ms": 1, "leader.replication.throttled.rate": 1 }),
            ...topics({ name: "a", config: { "leader.replication.throttled.replicas": "*" } }),
        };
        assert.deepEqual(warnings(STATEFULSET, known), []);
        assert.deepEqual(warnings(STRIMZI, known), []);
    });
});

describe("warnings of Kubernetes' version", () => {
    it("tell of one that the operator was not tested with", () => {
        const warnings = (keys: Keys) =>
            warningsOf(loadConfig(stackValues({ ...STRIMZI, ...keys })));
        const newer = { kubernetesVersion: "1.99", strimzi: { version: "1.1.0" } };
        assert.deepEqual(warnings(newer), [
            "kubernetesVersion is 1.99: Strimzi 1.1.0 was tested with Kubernetes up to 1.35",
        ]);
        assert.deepEqual(warnings({ kubernetesVersion: "1.35" }), []);
        assert.deepEqual(
            warnings({ kubernetesVersion: "1.99", strimzi: { installOperator: false } }),
            [],
        );
    });
});
