import assert from "node:assert/strict";
import { OWNED_BROKER_PROPERTIES } from "../../../components/statefulset/brokers/brokerProperties";
import { show } from "../../../config/problems";
import {
    accepts,
    BadCase,
    DIGEST,
    INTERNAL,
    type Keys,
    kafka,
    listeners,
    NODE_PORT,
    problemsOf,
    properties,
    refuses,
    STATEFULSET,
    strimzi,
    users,
    zookeeper,
} from "./cases";

const VERSION = 'a Kafka version such as "3.5.2"';
const ZOOKEEPER_LINES = "a Kafka from 3.5 to 3.9, the ones that run with ZooKeeper here";

const BAD_CASES: Readonly<Record<string, readonly BadCase[]>> = {
    "a min ISR that the offsets topic does not have the copies for": [
        [
            kafka({
                replicas: 5,
                config: { "default.replication.factor": "5", "min.insync.replicas": "4" },
            }),
            "kafka.config.min.insync.replicas",
            "a whole number from 1 to 2, one below offsets.topic.replication.factor, so that a broker can restart",
            '"4"',
        ],
    ],
    "an empty volume of a broker that there is not": [
        [
            kafka({ acceptEmptyVolumes: [2, 3] }),
            "kafka.acceptEmptyVolumes[1]",
            "the id of a broker, from 0 to 2",
            "3",
        ],
        [
            kafka({ replicas: 1, config: {}, acceptEmptyVolumes: [1] }),
            "kafka.acceptEmptyVolumes[0]",
            "the id of a broker, from 0 to 0",
            "1",
        ],
    ],
    "a CPU limit below the request": [
        [
            kafka({ resources: { requests: { cpu: "2" }, limits: { cpu: "1" } } }),
            "kafka.resources.limits.cpu",
            'at least "2", the request',
            '"1"',
        ],
    ],
    "a replication factor that Kafka does not read as a whole number": [
        [
            properties({ "offsets.topic.replication.factor": "3.0" }),
            "kafka.config.offsets.topic.replication.factor",
            "a whole number from 1 to 3, the number of brokers",
            '"3.0"',
        ],
    ],
    "listeners that take each other's place": [
        [
            listeners(INTERNAL, { ...NODE_PORT, port: 9092 }),
            "listeners[1].port",
            "a port that listeners[0].port does not have",
            "9092",
        ],
        [
            listeners(INTERNAL, { ...NODE_PORT, name: "internal" }),
            "listeners[1].name",
            "a name that listeners[0].name does not have",
            '"internal"',
        ],
        [
            // Brokers 0 to 2 of the first listener have the node ports 30101 to 30103.
            listeners(INTERNAL, NODE_PORT, {
                ...NODE_PORT,
                name: "more",
                port: 9095,
                basePort: 30103,
            }),
            "listeners[2].basePort",
            "node ports that listeners[1] does not take",
            "30103",
        ],
        [
            listeners(INTERNAL, NODE_PORT, {
                ...NODE_PORT,
                name: "more",
                port: 9095,
                basePort: 30097,
            }),
            "listeners[2].basePort",
            "node ports that listeners[1] does not take",
            "30097",
        ],
    ],
    "listeners without an internal one": [
        [
            listeners(NODE_PORT),
            "listeners",
            'one listener of type "internal", for clients inside the cluster',
            '["nodePort"]',
        ],
    ],
    "a replication factor above the brokers, or below one": [
        [
            properties({ "default.replication.factor": 4 }),
            "kafka.config.default.replication.factor",
            "a whole number from 1 to 3, the number of brokers",
            '"4"',
        ],
        [
            properties({ "offsets.topic.replication.factor": "4" }),
            "kafka.config.offsets.topic.replication.factor",
            "a whole number from 1 to 3, the number of brokers",
            '"4"',
        ],
        [
            kafka({ replicas: 2, config: { "transaction.state.log.replication.factor": 3 } }),
            "kafka.config.transaction.state.log.replication.factor",
            "a whole number from 1 to 2, the number of brokers",
            '"3"',
        ],
        [
            properties({ "default.replication.factor": 0 }),
            "kafka.config.default.replication.factor",
            "a whole number from 1 to 3, the number of brokers",
            '"0"',
        ],
        [
            properties({ "default.replication.factor": "many" }),
            "kafka.config.default.replication.factor",
            "a whole number from 1 to 3, the number of brokers",
            '"many"',
        ],
    ],
    "a min ISR that leaves no room for a restart": [
        [
            properties({ "min.insync.replicas": 4 }),
            "kafka.config.min.insync.replicas",
            "a whole number from 1 to 2, one below default.replication.factor, so that a broker can restart",
            '"4"',
        ],
        [
            properties({ "min.insync.replicas": 3 }),
            "kafka.config.min.insync.replicas",
            "a whole number from 1 to 2, one below default.replication.factor, so that a broker can restart",
            '"3"',
        ],
        [
            properties({ "default.replication.factor": 2, "min.insync.replicas": 2 }),
            "kafka.config.min.insync.replicas",
            "1 with default.replication.factor 2",
            '"2"',
        ],
        [
            kafka({ replicas: 1, config: { "min.insync.replicas": 2 } }),
            "kafka.config.min.insync.replicas",
            "1 with default.replication.factor 1",
            '"2"',
        ],
        [
            properties({ "min.insync.replicas": 0 }),
            "kafka.config.min.insync.replicas",
            "a whole number from 1 to 2, one below default.replication.factor, so that a broker can restart",
            '"0"',
        ],
        [
            properties({ "transaction.state.log.min.isr": 3 }),
            "kafka.config.transaction.state.log.min.isr",
            "a whole number from 1 to 2, one below transaction.state.log.replication.factor, so that a broker can restart",
            '"3"',
        ],
    ],
    "a version that does not go with the image": [
        [kafka({ version: "three" }), "kafka.version", VERSION, '"three"'],
        [
            kafka({ version: "3.6" }),
            "kafka.version",
            '3.5, which "confluentinc/cp-kafka:7.5.0" contains',
            '"3.6"',
        ],
        [
            kafka({ image: "confluentinc/cp-kafka:8.0.0", version: "3.9" }),
            "kafka.version",
            '4.0, which "confluentinc/cp-kafka:8.0.0" contains',
            '"3.9"',
        ],
        [
            kafka({ image: "apache/kafka:3.9.1", version: "3.8.1" }),
            "kafka.version",
            '3.9, which "apache/kafka:3.9.1" contains',
            '"3.8.1"',
        ],
        [
            kafka({ image: "example.com/team/kafka:1" }),
            "kafka.version",
            'the Kafka version in "example.com/team/kafka:1", whose name does not tell it',
            "nothing",
        ],
        [
            kafka({ image: `apache/kafka@${DIGEST}` }),
            "kafka.version",
            `the Kafka version in ${show(`apache/kafka@${DIGEST}`)}, whose name does not tell it`,
            "nothing",
        ],
        [
            kafka({ image: `apache/kafka:3.9.1@${DIGEST}`, version: "3.8.1" }),
            "kafka.version",
            `3.9, which ${show(`apache/kafka:3.9.1@${DIGEST}`)} contains`,
            '"3.8.1"',
        ],
    ],
    "a Kafka that does not run with ZooKeeper": [
        [kafka({ image: "apache/kafka:4.0.0" }), "kafka.version", ZOOKEEPER_LINES, '"4.0.0"'],
        [kafka({ image: "kafka:1", version: "4.1" }), "kafka.version", ZOOKEEPER_LINES, '"4.1"'],
        [
            kafka({ image: "kafka:1", version: "3.3.2" }),
            "kafka.version",
            ZOOKEEPER_LINES,
            '"3.3.2"',
        ],
    ],
    "a protocol between brokers above the version": [
        [
            kafka({ interBrokerProtocolVersion: "3.6" }),
            "kafka.interBrokerProtocolVersion",
            "at most 3.5, the release line of the Kafka version",
            '"3.6"',
        ],
        [
            // Compared as numbers: as texts 3.10 would come before 3.5.
            kafka({ interBrokerProtocolVersion: "4.10" }),
            "kafka.interBrokerProtocolVersion",
            "at most 3.5, the release line of the Kafka version",
            '"4.10"',
        ],
        [
            kafka({ interBrokerProtocolVersion: 3.5 }),
            "kafka.interBrokerProtocolVersion",
            VERSION,
            "3.5",
        ],
    ],
    "a memory limit below the request": [
        [
            kafka({ resources: { requests: { memory: "2Gi" }, limits: { memory: "2G" } } }),
            "kafka.resources.limits.memory",
            'at least "2Gi", the request',
            '"2G"',
        ],
        [
            zookeeper({ resources: { requests: { memory: "1Gi" }, limits: { memory: "512Mi" } } }),
            "zookeeper.resources.limits.memory",
            'at least "1Gi", the request',
            '"512Mi"',
        ],
    ],
    "less memory than a server runs with": [
        [
            kafka({ resources: { requests: { memory: "767Mi" } } }),
            "kafka.resources.requests.memory",
            'at least "768Mi", to run with',
            '"767Mi"',
        ],
        [
            kafka({ resources: { limits: { memory: "805M" } } }),
            "kafka.resources.limits.memory",
            'at least "768Mi", to run with',
            '"805M"',
        ],
        [
            zookeeper({ resources: { requests: { memory: "255Mi" } } }),
            "zookeeper.resources.requests.memory",
            'at least "256Mi", to run with',
            '"255Mi"',
        ],
    ],
    "what only the strimzi type has": [
        [
            { ...kafka({ replicas: 4 }), ...strimzi({ dualRole: true }) },
            "strimzi",
            'nothing with kafkaDeploymentType "statefulset": there is no operator',
            "an object",
        ],
        [
            kafka({ metadataVersion: "4.2" }),
            "kafka.metadataVersion",
            'nothing with kafkaDeploymentType "statefulset": kafka.interBrokerProtocolVersion is its counterpart there',
            '"4.2"',
        ],
    ],
};

describe("a stack that is written for either type", () => {
    const both = {
        platform: "kubeconfig",
        ...strimzi({ dualRole: true }),
        ...zookeeper({ replicas: 1 }),
        certificates: { source: "none" },
        ...kafka({ replicas: 1 }),
    };
    const keys = (given: Keys) => problemsOf(given).map(({ key }) => key);

    it("names its type and has the sections of both", () => {
        for (const kafkaDeploymentType of ["strimzi", "statefulset"]) {
            assert.deepEqual(keys({ ...both, kafkaDeploymentType }), []);
        }
    });

    it("is refused without its type, or a section of either", () => {
        assert.deepEqual(keys(both), ["zookeeper", "certificates"]);
        const { certificates, ...rest } = both;
        assert.deepEqual(keys({ ...rest, kafkaDeploymentType: "strimzi" }), ["zookeeper"]);
        assert.deepEqual(keys({ ...rest, kafkaDeploymentType: "statefulset" }), ["strimzi"]);
        assert.ok(certificates);
    });

    it("has no single keys of the other type", () => {
        const image = kafka({ image: "confluentinc/cp-kafka:7.5.0" });
        assert.deepEqual(keys({ ...both, ...image, kafkaDeploymentType: "strimzi" }), [
            "kafka.image",
        ]);
    });
});

describe("configuration of StatefulSets", () => {
    refuses(STATEFULSET, BAD_CASES);

    describe("refuses a broker property that the program owns", () => {
        for (const owned of OWNED_BROKER_PROPERTIES) {
            it(owned, () => {
                const property = owned.endsWith(".") ? `${owned}x` : owned;
                assert.deepEqual(
                    problemsOf({ ...STATEFULSET, ...properties({ [property]: "x" }) }),
                    [
                        {
                            key: `kafka.config.${property}`,
                            expected: "nothing: the program sets this broker property itself",
                            given: '"x"',
                        },
                    ],
                );
            });
        }
    });

    accepts(STATEFULSET, {
        "min ISR equal to a replication factor of 1": properties({
            "default.replication.factor": 1,
            "min.insync.replicas": 1,
        }),
        "a min ISR of 1 below the default": properties({ "min.insync.replicas": 1 }),
        "one broker and one ZooKeeper member": {
            ...kafka({ replicas: 1 }),
            ...zookeeper({ replicas: 1 }),
        },
        "as many brokers as there are ids": kafka({ replicas: 900 }),
        "properties whose names only begin like an owned one": properties({
            "listeners.of.mine": "1",
            "log.dirs.extra": "1",
            controllers: "1",
            "log.retention.hours": 24,
        }),
        "the last node ports there are": listeners(INTERNAL, { ...NODE_PORT, basePort: 32764 }),
        "node ports right after another listener's": listeners(INTERNAL, NODE_PORT, {
            ...NODE_PORT,
            name: "more",
            port: 9095,
            basePort: 30104,
        }),
        "the lowest and the highest port": listeners(INTERNAL, { ...NODE_PORT, port: 65535 }),
        "the longest names": {
            namespace: "n".repeat(63),
            ...listeners(INTERNAL, { ...NODE_PORT, name: "elevenchars" }),
        },
        "the least memory that servers run with": {
            ...kafka({ resources: { requests: { memory: "768Mi" } } }),
            ...zookeeper({ resources: { limits: { memory: "256Mi" } } }),
        },
        "equal memory request and limit in other units": kafka({
            resources: { requests: { memory: "1Gi" }, limits: { memory: "1024Mi" } },
        }),
        "the first and the last Kafka with ZooKeeper": kafka({
            image: "kafka:1",
            version: "3.5.0",
        }),
        "an empty list of users": users(),
    });
});
