import assert from "node:assert/strict";
import { definitionOf } from "../../../components/kafka/properties/definitions";
import {
    accepts,
    BadCase,
    INTERNAL,
    kafka,
    Keys,
    listeners,
    NODE_PORT,
    problemsOf,
    properties,
    refuses,
    STRIMZI,
    strimzi,
    UNKNOWN,
    zookeeper,
} from "./cases";

const THERE_ALREADY = "nothing with strimzi.installOperator false: the operator is there already";
const DUAL_ROLE_BROKERS =
    "an odd number from 1 to 7 with strimzi.dualRole true: the brokers are the controllers";
const metadataLines = (last: string) =>
    `a release line from 3.3 to ${last}, that of the Kafka version`;

const BAD_CASES: Readonly<Record<string, readonly BadCase[]>> = {
    "what only StatefulSets have, and can't be read": [
        [{ restartWhileDegraded: "maybe" }, "restartWhileDegraded", "true or false", '"maybe"'],
    ],
    "what only StatefulSets have": [
        [
            zookeeper({ replicas: 3 }),
            "zookeeper",
            'nothing with kafkaDeploymentType "strimzi": Kafka has its own controllers there',
            "an object",
        ],
        ...[true, false].map((restartWhileDegraded): BadCase => [
            { restartWhileDegraded },
            "restartWhileDegraded",
            'nothing with kafkaDeploymentType "strimzi": the operator decides when brokers restart',
            String(restartWhileDegraded),
        ]),
        [
            { waitMinutes: 20 },
            "waitMinutes",
            'nothing with kafkaDeploymentType "strimzi": up waits as long as the operator may take for each node',
            "20",
        ],
        [
            kafka({ image: "apache/kafka:4.3.1" }),
            "kafka.image",
            'nothing with kafkaDeploymentType "strimzi": the operator chooses the image by kafka.version',
            '"apache/kafka:4.3.1"',
        ],
        [
            kafka({ interBrokerProtocolVersion: "3.5" }),
            "kafka.interBrokerProtocolVersion",
            'nothing with kafkaDeploymentType "strimzi": kafka.metadataVersion is its counterpart there',
            '"3.5"',
        ],
    ],
    "a metadata version that the Kafka does not work with": [
        [kafka({ metadataVersion: "3.2" }), "kafka.metadataVersion", metadataLines("4.3"), '"3.2"'],
        [
            kafka({ metadataVersion: "3.0.1" }),
            "kafka.metadataVersion",
            metadataLines("4.3"),
            '"3.0.1"',
        ],
        [kafka({ metadataVersion: "4.4" }), "kafka.metadataVersion", metadataLines("4.3"), '"4.4"'],
        [
            // Compared as numbers: as texts 4.10 would come before 4.3.
            kafka({ metadataVersion: "4.10" }),
            "kafka.metadataVersion",
            metadataLines("4.3"),
            '"4.10"',
        ],
        [
            kafka({ version: "4.2.1", metadataVersion: "4.3" }),
            "kafka.metadataVersion",
            metadataLines("4.2"),
            '"4.3"',
        ],
    ],
    "settings of an installation that is not the program's": [
        [
            strimzi({ installOperator: false, chart: "./chart.tgz" }),
            "strimzi.chart",
            THERE_ALREADY,
            '"./chart.tgz"',
        ],
        [
            strimzi({ installOperator: false, crds: "./crds.yaml" }),
            "strimzi.crds",
            THERE_ALREADY,
            '"./crds.yaml"',
        ],
        [
            strimzi({ watchNamespaces: ["a", "b", "a"] }),
            "strimzi.watchNamespaces[2]",
            "another one than [0]",
            '"a"',
        ],
        [
            strimzi({ installOperator: false, watchNamespaces: [] }),
            "strimzi.watchNamespaces",
            THERE_ALREADY,
            "[]",
        ],
        [
            strimzi({ installOperator: false, resources: {} }),
            "strimzi.resources",
            THERE_ALREADY,
            '{"requests":{},"limits":{}}',
        ],
    ],
    "brokers that can't be the controllers": [
        ...[2, 4, 6, 8, 9].map((replicas): BadCase => [
            { ...kafka({ replicas }), ...strimzi({ dualRole: true }) },
            "kafka.replicas",
            DUAL_ROLE_BROKERS,
            String(replicas),
        ]),
        [
            strimzi({ dualRole: true, controllers: { replicas: 5, spread: "required" } }),
            "strimzi.controllers",
            "nothing with strimzi.dualRole true: the brokers are the controllers",
            "an object",
        ],
    ],
    "ports that the operator has for itself": [9404, 9999].map((port) => [
        listeners({ ...INTERNAL, port }),
        "listeners[0].port",
        "a port other than 9404 and 9999, which Strimzi has for metrics and JMX",
        String(port),
    ]),
    "users whose Secrets may be the operator's": [
        [
            {
                ...listeners({ ...INTERNAL, authentication: { type: "scram-sha-512" } }),
                users: [{ name: "kafka-cluster-ca", authentication: { type: "scram-sha-512" } }],
            },
            "users[0].name",
            "a name that does not begin with kafka-: the user's Secret has it, and Strimzi's own begin so",
            '"kafka-cluster-ca"',
        ],
    ],
    "quotas that the operator can't read": (
        ["producerByteRate", "consumerByteRate", "requestPercentage"] as const
    ).map((quota): BadCase => [
        {
            ...listeners({ ...INTERNAL, authentication: { type: "scram-sha-512" } }),
            users: [
                {
                    name: "bob",
                    authentication: { type: "scram-sha-512" },
                    quotas: { [quota]: 2 ** 31, controllerMutationRate: 2 ** 31 },
                },
            ],
        },
        `users[0].quotas.${quota}`,
        'at most 2147483647 with kafkaDeploymentType "strimzi": the operator reads no larger number',
        "2147483648",
    ]),
    "authentication by certificates without TLS": [
        [
            listeners({ ...INTERNAL, authentication: { type: "tls" } }),
            "listeners[0].tls",
            'true with authentication of type "tls"',
            "false",
        ],
        [
            listeners(
                { ...INTERNAL, allowAnonymous: true },
                { ...NODE_PORT, tls: false, authentication: { type: "tls" } },
            ),
            "listeners[1].tls",
            'true with authentication of type "tls"',
            "false",
        ],
    ],
    "less memory than a server runs with, and limits below requests": [
        [
            kafka({ resources: { requests: { memory: "511Mi" } } }),
            "kafka.resources.requests.memory",
            'at least "512Mi", to run with',
            '"511Mi"',
        ],
        [
            strimzi({ controllers: { resources: { requests: { memory: "511Mi" } } } }),
            "strimzi.controllers.resources.requests.memory",
            'at least "512Mi", to run with',
            '"511Mi"',
        ],
        [
            strimzi({
                controllers: { resources: { requests: { cpu: "1" }, limits: { cpu: "999m" } } },
            }),
            "strimzi.controllers.resources.limits.cpu",
            'at least "1", the request',
            '"999m"',
        ],
    ],
    "replication that the brokers can't have": [
        [
            properties({ "default.replication.factor": 4 }),
            "kafka.config.default.replication.factor",
            "a whole number from 1 to 3, the number of brokers",
            '"4"',
        ],
        [
            properties({ "min.insync.replicas": 3 }),
            "kafka.config.min.insync.replicas",
            "a whole number from 1 to 2, one below default.replication.factor, so that a broker can restart",
            '"3"',
        ],
    ],
};

const STRIMZI_VERSIONS = ["1.1.0", "1.2.0"] as const;
const FIRST_KUBERNETES = "1.30";
const KAFKA_OF = {
    "1.1.0": ["4.2.0", "4.2.1", "4.3.0"],
    "1.2.0": ["4.2.0", "4.2.1", "4.3.0", "4.3.1"],
} as const;

/** Broker properties of each kind that the program or the operator owns. */
const OWNED = [
    "advertised.listeners",
    "authorizer.class.name",
    "auto.create.topics.enable",
    "broker.id",
    "broker.id.generation.enable",
    "broker.rack",
    "client.quota.callback.static.produce",
    "controller.listener.names",
    "controller.quorum.bootstrap.servers",
    "controller.quorum.voters",
    "cordoned.log.dirs",
    "cruise.control.metrics.reporter.bootstrap.servers",
    "cruise.control.metrics.topic",
    "host.name",
    "inter.broker.listener.name",
    "listener.name.internal.max.connections",
    "listener.security.protocol.map",
    "listeners",
    "log.dir",
    "log.dirs",
    "metadata.log.dir",
    "node.id",
    "password.encoder.secret",
    "port",
    "process.roles",
    "prometheus.metrics.reporter.listener.port",
    "sasl.enabled.mechanisms",
    "security.inter.broker.protocol",
    "ssl.keystore.location",
    "super.users",
    "unclean.leader.election.enable",
    "zookeeper.connect",
];

/** Broker properties that begin like owned ones and are the user's. */
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
    "compression.type",
    "controlled.shutdown.enable",
    "log.cleaner.threads",
    "log.retention.hours",
    "metadata.max.retention.ms",
    "num.partitions",
];

const keysOf = (keys: Keys) => problemsOf({ ...STRIMZI, ...keys }).map(({ key }) => key);

describe("configuration of Strimzi", () => {
    refuses(STRIMZI, BAD_CASES);

    it("accepts smaller brokers than StatefulSets have, since no tool runs beside them", () => {
        assert.deepEqual(keysOf(kafka({ resources: { requests: { memory: "512Mi" } } })), []);
    });

    describe("knows which versions go together:", () => {
        for (const version of STRIMZI_VERSIONS) {
            for (const kafkaVersion of [
                "3.9.1",
                "4.1.2",
                "4.2",
                "4.2.0",
                "4.2.1",
                "4.3.0",
                "4.3.1",
                "4.4.0",
            ]) {
                const runs = (KAFKA_OF[version] as readonly string[]).includes(kafkaVersion);
                it(`Strimzi ${version} runs Kafka ${kafkaVersion}: ${runs}`, () => {
                    const given = {
                        ...strimzi({ version }),
                        // One that every Kafka of the table works with.
                        ...kafka({ version: kafkaVersion, metadataVersion: "3.9" }),
                    };
                    const problem = {
                        key: "kafka.version",
                        expected: `one of ${KAFKA_OF[version].join(", ")}, which Strimzi ${version} runs`,
                        given: `"${kafkaVersion}"`,
                    };
                    assert.deepEqual(problemsOf({ ...STRIMZI, ...given }), runs ? [] : [problem]);
                });
            }
            for (const [kubernetesVersion, supported] of [
                ["1.10", false],
                ["1.29", false],
                ["1.30", true],
                ["1.35", true],
                ["1.100", true],
            ] as const) {
                it(`Strimzi ${version} on Kubernetes ${kubernetesVersion}: ${supported}`, () => {
                    const problem = {
                        key: "kubernetesVersion",
                        expected: `at least ${FIRST_KUBERNETES}, which Strimzi ${version} needs`,
                        given: `"${kubernetesVersion}"`,
                    };
                    assert.deepEqual(
                        problemsOf({ ...STRIMZI, ...strimzi({ version }), kubernetesVersion }),
                        supported ? [] : [problem],
                    );
                });
            }
        }
    });

    describe("refuses a broker property that the program or the operator owns:", () => {
        for (const property of OWNED) {
            it(property, () => {
                assert.deepEqual(problemsOf({ ...STRIMZI, ...properties({ [property]: "x" }) }), [
                    {
                        key: `kafka.config.${property}`,
                        expected:
                            "nothing: the program or the operator sets this broker property itself",
                        given: property === "password.encoder.secret" ? "a text" : '"x"',
                    },
                ]);
            });
        }
    });

    describe("leaves to the user", () => {
        for (const property of PASSED_ON) {
            it(property, () => {
                const { type, values } = definitionOf("broker", property, "4.3.1")!;
                // Enough for a timeout, and not too much for the cleaner's threads.
                const value = values?.[0] ?? (type === "boolean" ? "true" : "120");
                assert.deepEqual(keysOf(properties({ [property]: value })), []);
            });
        }
    });

    accepts(STRIMZI, {
        "one broker that is the controller": {
            ...kafka({ replicas: 1 }),
            ...strimzi({ dualRole: true }),
        },
        "seven brokers that are the controllers": {
            ...kafka({ replicas: 7 }),
            ...strimzi({ dualRole: true }),
        },
        "an even number of brokers beside the controllers": kafka({ replicas: 4 }),
        "as many brokers as there are ids": kafka({ replicas: 900 }),
        "a single controller": strimzi({ controllers: { replicas: 1 } }),
        "the version of an operator that is there": strimzi({
            installOperator: false,
            version: "1.1.0",
        }),
        "the first metadata version of Kafka 4": kafka({ metadataVersion: "3.3" }),
        "a metadata version with a patch": kafka({ metadataVersion: "4.3.1" }),
        "TLS on every type of listener": listeners(
            { ...INTERNAL, tls: true, authentication: { type: "tls" } },
            { ...NODE_PORT, tls: true, authentication: { type: "scram-sha-512" } },
            { name: "external", port: 9095, type: "loadBalancer", tls: true, allowAnonymous: true },
        ),
        "passwords without TLS": listeners({
            ...INTERNAL,
            authentication: { type: "scram-sha-512" },
        }),
    });

    it("finds no conflict with an operator whose version could not be read", () => {
        assert.deepEqual(
            keysOf({
                ...strimzi({ version: "9.9.9" }),
                ...kafka({ version: "4.9.9", metadataVersion: "9.9" }),
                kubernetesVersion: "1.20",
            }),
            ["strimzi.version"],
        );
    });

    it("reports everything at once", () => {
        const problems = problemsOf({
            ...STRIMZI,
            kubernetesVersion: "1.29",
            zookeeper: { replicas: 3 },
            kafka: {
                replicas: 2,
                image: "kafka:1",
                version: "3.9.1",
                metadataVersion: "4.3",
                config: { "node.id": 7, "default.replication.factor": 3 },
            },
            strimzi: {
                installOperator: false,
                chart: "./chart.tgz",
                dualRole: true,
                controllers: {},
                helm: true,
            },
            listeners: [{ ...NODE_PORT, tls: false, authentication: { type: "tls" } }],
            topics: [{ name: "a.b", replicationFactor: 3 }, { name: "a_b" }],
            users: [
                { name: "alice", authentication: { type: "scram-sha-512" } },
                { name: "alice", authentication: { type: "tls" } },
            ],
        });
        assert.deepEqual(
            problems.map(({ key }) => key),
            [
                "strimzi.helm",
                "zookeeper",
                "kafka.image",
                "kafka.version",
                "kafka.metadataVersion",
                "kubernetesVersion",
                "strimzi.chart",
                "strimzi.controllers",
                "kafka.replicas",
                "kafka.config.node.id",
                "kafka.config.default.replication.factor",
                "listeners[0].tls",
                "listeners",
                "topics[0].replicationFactor",
                "topics[1].name",
                "users[0].authentication.type",
                "users[1].name",
            ],
        );
        assert.deepEqual(problems[0], {
            key: "strimzi.helm",
            expected: UNKNOWN[0],
            given: UNKNOWN[1],
        });
    });
});
