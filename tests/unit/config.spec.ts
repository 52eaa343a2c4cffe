import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { OWNED_BROKER_PROPERTIES } from "../../components/rendering/brokerProperties";
import { ConfigError, loadConfig, StackConfig } from "../../config";
import type { ConfigProblem } from "../../config/problems";
import { runProgram, stackValues } from "../support/mocks";

/** The two choices whose defaults are not available yet. */
const BASE = { platform: "kubeconfig", kafkaDeploymentType: "statefulset" };

const INTERNAL = { name: "internal", port: 9092, type: "internal" };
const NODE_PORT = {
    name: "nodes",
    port: 9094,
    type: "nodePort",
    advertisedHosts: ["node.example.com"],
    basePort: 30100,
};

type Keys = Readonly<Record<string, unknown>>;

function loaded(keys: Keys): StackConfig {
    return loadConfig(stackValues({ ...BASE, ...keys }));
}

function problemsOf(keys: Keys): readonly ConfigProblem[] {
    try {
        loaded(keys);
    } catch (error) {
        assert.ok(error instanceof ConfigError);
        return error.problems;
    }
    return [];
}

function unknown(key: string): ConfigProblem {
    return {
        key,
        expected: "one of the keys that the documentation lists",
        given: "an unknown key",
    };
}

const SPREAD = '"required" or "preferred"';
const WHOLE = "a whole number from 1 to 999";
const ODD = "an odd number of members from 1 to 7";
const SIZE = 'a Kubernetes quantity above zero such as "50Gi"';
const VERSION = 'a Kafka version such as "3.5.2"';
const IMAGE = 'an image with its tag or digest, such as "confluentinc/cp-kafka:7.5.0"';
const NAME = "a name of a lower-case letter and up to 10 more letters and digits";
const RESERVED = "a name other than replication, plaintext, ssl";
const PORT = "a port from 9092 to 65535 (lower ones are the program's own)";
const BASE_PORT = "a node port from 30000 to 32767";
const LABEL = "a DNS-1123 label: lower-case letters, digits and hyphens";
const ZOOKEEPER_LINES = "a Kafka from 3.5 to 3.9, the ones that run with ZooKeeper here";

/** What is configured, the key of its only problem, what is expected there, and what is reported as given. */
type BadCase = readonly [configured: Keys, key: string, expected: string, given: string];

const kafka = (fields: Keys) => ({ kafka: fields });
const properties = (fields: Keys) => ({ kafka: { config: fields } });
const zookeeper = (fields: Keys) => ({ zookeeper: fields });
const listeners = (...list: unknown[]) => ({ listeners: list });

const BAD_CASES: Readonly<Record<string, readonly BadCase[]>> = {
    "an unknown key": [
        [{ brokers: "3" }, "brokers", unknown("").expected, "an unknown key"],
        [kafka({ replica: 3 }), "kafka.replica", unknown("").expected, "an unknown key"],
        [
            zookeeper({ version: "3.8" }),
            "zookeeper.version",
            unknown("").expected,
            "an unknown key",
        ],
        [
            kafka({ storage: { sise: "1Gi" } }),
            "kafka.storage.sise",
            unknown("").expected,
            "an unknown key",
        ],
        [
            kafka({ resources: { requests: { disk: "1Gi" } } }),
            "kafka.resources.requests.disk",
            unknown("").expected,
            "an unknown key",
        ],
        [
            listeners(INTERNAL, { ...NODE_PORT, domain: "example.com" }),
            "listeners[1].domain",
            unknown("").expected,
            "an unknown key",
        ],
    ],
    "a value of the wrong type": [
        [kafka({ replicas: "3" }), "kafka.replicas", WHOLE, '"3"'],
        [kafka({ replicas: 2.5 }), "kafka.replicas", WHOLE, "2.5"],
        [kafka({ image: 7 }), "kafka.image", IMAGE, "7"],
        [kafka({ rackAwareness: "yes" }), "kafka.rackAwareness", "true or false", '"yes"'],
        [
            kafka({ storage: "50Gi" }),
            "kafka.storage",
            "an object with size and storageClass",
            '"50Gi"',
        ],
        [
            kafka({ resources: { limits: [] } }),
            "kafka.resources.limits",
            "an object with cpu and memory",
            "[]",
        ],
        [
            properties({ "num.io.threads": null }),
            "kafka.config.num.io.threads",
            "a text, a number, true or false",
            "null",
        ],
        [{ kafka: "3" }, "kafka", "an object", "3"],
        [{ zookeeper: [3] }, "zookeeper", "an object", "[3]"],
        [
            { listeners: { internal: 9092 } },
            "listeners",
            "a list of listeners",
            '{"internal":9092}',
        ],
        [{ listeners: [] }, "listeners", "at least one listener", "[]"],
        [{ deleteDataOnDestroy: "yes" }, "deleteDataOnDestroy", "true or false", '"yes"'],
        [{ kubeconfig: "" }, "kubeconfig", "the path of a kubeconfig file", '""'],
        [{ kubeContext: "" }, "kubeContext", "the name of a kubeconfig context", '""'],
        [
            listeners(INTERNAL, { ...NODE_PORT, tls: "no" }),
            "listeners[1].tls",
            "true or false",
            '"no"',
        ],
        [
            listeners(INTERNAL, { ...NODE_PORT, advertisedHosts: [] }),
            "listeners[1].advertisedHosts",
            "at least one name or address of a node",
            "[]",
        ],
        [
            listeners(INTERNAL, {
                name: "lb",
                port: 9094,
                type: "loadBalancer",
                annotations: { a: 1 },
            }),
            "listeners[1].annotations.a",
            "a text",
            "1",
        ],
        [
            listeners(INTERNAL, {
                name: "lb",
                port: 9094,
                type: "loadBalancer",
                sourceRanges: ["10.0.0.0"],
            }),
            "listeners[1].sourceRanges[0]",
            'a CIDR block such as "10.0.0.0/16"',
            '"10.0.0.0"',
        ],
    ],
    "a value that is none of those to choose from": [
        [{ platform: "gke" }, "platform", '"eks" or "kubeconfig"', '"gke"'],
        [
            { kafkaDeploymentType: "helm" },
            "kafkaDeploymentType",
            '"strimzi" or "statefulset"',
            '"helm"',
        ],
        [kafka({ spread: "none" }), "kafka.spread", SPREAD, '"none"'],
        [zookeeper({ spread: true }), "zookeeper.spread", SPREAD, "true"],
    ],
    "malformed JSON": [
        [{ kafka: "{replicas: 3}" }, "kafka", "an object or a list", '"{replicas: 3}"'],
        [{ zookeeper: "" }, "zookeeper", "an object or a list", '""'],
        [{ listeners: "[" }, "listeners", "an object or a list", '"["'],
    ],
    "a number of brokers below one": [
        [kafka({ replicas: 0 }), "kafka.replicas", WHOLE, "0"],
        [kafka({ replicas: -1 }), "kafka.replicas", WHOLE, "-1"],
    ],
    "more brokers than there are ids": [
        [kafka({ replicas: 1000 }), "kafka.replicas", WHOLE, "1000"],
    ],
    "a key that every object inherits": [
        [
            kafka({ toString: 1 }),
            "kafka.toString",
            "one of the keys that the documentation lists",
            "an unknown key",
        ],
    ],
    "the name of a broker property that can't be one": [
        [properties({ "a=b": "1" }), "kafka.config.a=b", "a broker property's name", '"a=b"'],
        [properties({ "": "1" }), "kafka.config.", "a broker property's name", '""'],
    ],
    "a namespace that Kubernetes has for itself": [
        [
            { namespace: "default" },
            "namespace",
            "a namespace of its own, not one of Kubernetes",
            '"default"',
        ],
        [
            { namespace: "kube-system" },
            "namespace",
            "a namespace of its own, not one of Kubernetes",
            '"kube-system"',
        ],
    ],
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
    "a number of ZooKeeper members that is even or out of range": [
        [zookeeper({ replicas: 2 }), "zookeeper.replicas", ODD, "2"],
        [zookeeper({ replicas: 4 }), "zookeeper.replicas", ODD, "4"],
        [zookeeper({ replicas: 9 }), "zookeeper.replicas", ODD, "9"],
        [zookeeper({ replicas: 0 }), "zookeeper.replicas", ODD, "0"],
        [zookeeper({ replicas: -1 }), "zookeeper.replicas", ODD, "-1"],
    ],
    "a quantity that is none": [
        [kafka({ storage: { size: "50GB" } }), "kafka.storage.size", SIZE, '"50GB"'],
        [kafka({ storage: { size: "0Gi" } }), "kafka.storage.size", SIZE, '"0Gi"'],
        [kafka({ storage: { size: "-1Gi" } }), "kafka.storage.size", SIZE, '"-1Gi"'],
        [zookeeper({ storage: { size: 20 } }), "zookeeper.storage.size", SIZE, "20"],
        [
            kafka({ resources: { requests: { cpu: "half" } } }),
            "kafka.resources.requests.cpu",
            'a Kubernetes quantity above zero such as "500m"',
            '"half"',
        ],
        [
            zookeeper({ resources: { limits: { memory: "1 Gi" } } }),
            "zookeeper.resources.limits.memory",
            'a Kubernetes quantity above zero such as "2Gi"',
            '"1 Gi"',
        ],
    ],
    "a name that Kubernetes does not take": [
        [{ namespace: "Kafka" }, "namespace", LABEL, '"Kafka"'],
        [{ namespace: "-kafka" }, "namespace", LABEL, '"-kafka"'],
        [{ namespace: "kafka.dev" }, "namespace", LABEL, '"kafka.dev"'],
        [{ namespace: "" }, "namespace", LABEL, '""'],
        [
            { namespace: "k".repeat(64) },
            "namespace",
            "a DNS-1123 label of at most 63 characters",
            `"${"k".repeat(64)}"`,
        ],
        [
            kafka({ storage: { storageClass: "Fast_SSD" } }),
            "kafka.storage.storageClass",
            "a DNS name in lower case",
            '"Fast_SSD"',
        ],
        [
            listeners(INTERNAL, { ...NODE_PORT, name: "north-zone" }),
            "listeners[1].name",
            NAME,
            '"north-zone"',
        ],
        [
            listeners(INTERNAL, { ...NODE_PORT, name: "twelveletter" }),
            "listeners[1].name",
            NAME,
            '"twelveletter"',
        ],
        [listeners(INTERNAL, { ...NODE_PORT, name: "9095" }), "listeners[1].name", NAME, '"9095"'],
        [
            listeners(INTERNAL, { ...NODE_PORT, name: "ssl" }),
            "listeners[1].name",
            RESERVED,
            '"ssl"',
        ],
        [
            listeners(INTERNAL, { ...NODE_PORT, name: "plaintext" }),
            "listeners[1].name",
            RESERVED,
            '"plaintext"',
        ],
        [
            listeners(INTERNAL, { ...NODE_PORT, name: "replication" }),
            "listeners[1].name",
            RESERVED,
            '"replication"',
        ],
        [
            listeners(INTERNAL, {
                name: "lb",
                port: 9094,
                type: "loadBalancer",
                domain: "Example.com",
            }),
            "listeners[1].domain",
            "a DNS name in lower case",
            '"Example.com"',
        ],
    ],
    "a port out of its range": [
        [listeners({ ...INTERNAL, port: 9091 }), "listeners[0].port", PORT, "9091"],
        [listeners({ ...INTERNAL, port: 65536 }), "listeners[0].port", PORT, "65536"],
        [
            listeners(INTERNAL, { ...NODE_PORT, basePort: 29999 }),
            "listeners[1].basePort",
            BASE_PORT,
            "29999",
        ],
        [
            listeners(INTERNAL, { ...NODE_PORT, basePort: 32768 }),
            "listeners[1].basePort",
            BASE_PORT,
            "32768",
        ],
        [
            // The bootstrap's port and two brokers' are in the range, the third broker's is not.
            listeners(INTERNAL, { ...NODE_PORT, basePort: 32765 }),
            "listeners[1].basePort",
            "a port of at most 32764: the brokers have the ports after it",
            "32765",
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
    "an image without a tag or digest": [
        [
            kafka({ image: "confluentinc/cp-kafka" }),
            "kafka.image",
            IMAGE,
            '"confluentinc/cp-kafka"',
        ],
        [
            zookeeper({ image: "example.com:5000/zookeeper" }),
            "zookeeper.image",
            IMAGE,
            '"example.com:5000/zookeeper"',
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
            kafka({ interBrokerProtocolVersion: "3.10" }),
            "kafka.interBrokerProtocolVersion",
            "at most 3.5, the release line of the Kafka version",
            '"3.10"',
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
    "less memory than a server starts with": [
        [
            kafka({ resources: { requests: { memory: "511Mi" } } }),
            "kafka.resources.requests.memory",
            'at least "512Mi", to start with',
            '"511Mi"',
        ],
        [
            kafka({ resources: { limits: { memory: "500M" } } }),
            "kafka.resources.limits.memory",
            'at least "512Mi", to start with',
            '"500M"',
        ],
        [
            zookeeper({ resources: { requests: { memory: "127Mi" } } }),
            "zookeeper.resources.requests.memory",
            'at least "128Mi", to start with',
            '"127Mi"',
        ],
    ],
    "what is not available yet": [
        [
            { platform: "eks" },
            "platform",
            '"kubeconfig" ("eks", the default, is not available yet)',
            '"eks"',
        ],
        [
            { kafkaDeploymentType: "strimzi" },
            "kafkaDeploymentType",
            '"statefulset" ("strimzi", the default, is not available yet)',
            '"strimzi"',
        ],
        [
            listeners({ ...INTERNAL, tls: true }),
            "listeners[0].tls",
            "false (TLS is not available yet)",
            "true",
        ],
        [
            listeners({ ...INTERNAL, authentication: { type: "scram-sha-512" } }),
            "listeners[0].authentication",
            "nothing (authentication is not available yet)",
            '{"type":"scram-sha-512"}',
        ],
    ],
};

describe("configuration", () => {
    describe("defaults", () => {
        it("are complete and exact", () => {
            const defaults: StackConfig = {
                platform: "kubeconfig",
                kafkaDeploymentType: "statefulset",
                kubeconfig: undefined,
                kubeContext: undefined,
                namespace: "kafka",
                kafka: {
                    replicas: 3,
                    image: "confluentinc/cp-kafka:7.5.0",
                    version: "3.5",
                    interBrokerProtocolVersion: "3.5",
                    storage: { size: "50Gi" },
                    resources: {
                        requests: { cpu: "500m", memory: "2Gi" },
                        limits: { memory: "2Gi" },
                    },
                    spread: "preferred",
                    rackAwareness: true,
                    config: {},
                },
                zookeeper: {
                    replicas: 3,
                    image: "confluentinc/cp-zookeeper:7.5.0",
                    storage: { size: "20Gi" },
                    resources: {
                        requests: { cpu: "250m", memory: "512Mi" },
                        limits: { memory: "512Mi" },
                    },
                    spread: "preferred",
                },
                listeners: [{ name: "internal", port: 9092, type: "internal", tls: false }],
                deleteDataOnDestroy: false,
            };
            assert.deepEqual(loaded({}), defaults);
        });

        it("give way to every key", () => {
            const external = {
                name: "external",
                port: 9094,
                type: "loadBalancer",
                tls: false,
                domain: "kafka.example.com",
                annotations: { "example.com/scheme": "internal" },
                sourceRanges: ["10.0.0.0/8"],
            };
            assert.deepEqual(
                loaded({
                    kubeconfig: "./kubeconfig",
                    kubeContext: "staging",
                    namespace: "streams",
                    deleteDataOnDestroy: true,
                    kafka: {
                        replicas: 5,
                        image: "example.com/kafka@sha256:0123456789abcdef",
                        version: "3.9.1",
                        interBrokerProtocolVersion: "3.8",
                        storage: { size: "1Ti", storageClass: "gp3" },
                        resources: {
                            requests: { cpu: "2", memory: "8Gi" },
                            limits: { cpu: "4", memory: "10Gi" },
                        },
                        spread: "required",
                        rackAwareness: false,
                        config: { "num.io.threads": 16, "compression.type": "zstd", "a.b": true },
                    },
                    zookeeper: {
                        replicas: 5,
                        image: "example.com/zookeeper:3.8.4",
                        storage: { size: "10Gi", storageClass: "gp3" },
                        resources: {
                            requests: { cpu: "1", memory: "1Gi" },
                            limits: { cpu: "1", memory: "1Gi" },
                        },
                        spread: "required",
                    },
                    listeners: [INTERNAL, external, { ...NODE_PORT, port: 9095 }],
                }),
                {
                    platform: "kubeconfig",
                    kafkaDeploymentType: "statefulset",
                    kubeconfig: "./kubeconfig",
                    kubeContext: "staging",
                    namespace: "streams",
                    deleteDataOnDestroy: true,
                    kafka: {
                        replicas: 5,
                        image: "example.com/kafka@sha256:0123456789abcdef",
                        version: "3.9.1",
                        interBrokerProtocolVersion: "3.8",
                        storage: { size: "1Ti", storageClass: "gp3" },
                        resources: {
                            requests: { cpu: "2", memory: "8Gi" },
                            limits: { cpu: "4", memory: "10Gi" },
                        },
                        spread: "required",
                        rackAwareness: false,
                        config: {
                            "num.io.threads": "16",
                            "compression.type": "zstd",
                            "a.b": "true",
                        },
                    },
                    zookeeper: {
                        replicas: 5,
                        image: "example.com/zookeeper:3.8.4",
                        storage: { size: "10Gi", storageClass: "gp3" },
                        resources: {
                            requests: { cpu: "1", memory: "1Gi" },
                            limits: { cpu: "1", memory: "1Gi" },
                        },
                        spread: "required",
                    },
                    listeners: [
                        { ...INTERNAL, tls: false },
                        external,
                        { ...NODE_PORT, port: 9095, tls: false },
                    ],
                },
            );
        });

        it("take the memory of the request for the limit, and the other way round", () => {
            const memoryOf = (resources: Keys) => {
                const { requests, limits } = loaded({ kafka: { resources } }).kafka.resources;
                return [requests.memory, limits.memory];
            };
            assert.deepEqual(memoryOf({ requests: { memory: "4Gi" } }), ["4Gi", "4Gi"]);
            assert.deepEqual(memoryOf({ limits: { memory: "1Gi" } }), ["1Gi", "1Gi"]);
        });

        it("take the version from the image, and never the protocol between brokers", () => {
            const versionsOf = (fields: Keys) => {
                const { version, interBrokerProtocolVersion } = loaded({ kafka: fields }).kafka;
                return [version, interBrokerProtocolVersion];
            };
            for (const [fields, expected] of [
                [{ image: "confluentinc/cp-kafka:7.9.0" }, ["3.9", "3.5"]],
                [{ image: "example.com/confluentinc/cp-kafka:7.6.1" }, ["3.6", "3.5"]],
                [{ image: "apache/kafka:3.9.1" }, ["3.9.1", "3.5"]],
                [{ image: "apache/kafka:3.7.2", version: "3.7.1" }, ["3.7.1", "3.5"]],
                [{ image: "kafka:local", version: "3.8.1" }, ["3.8.1", "3.5"]],
                [{ version: "3.5.2", interBrokerProtocolVersion: "3.5" }, ["3.5.2", "3.5"]],
                [{ version: "3.5.2", interBrokerProtocolVersion: "3.4" }, ["3.5.2", "3.4"]],
            ] as const) {
                assert.deepEqual(versionsOf(fields), expected);
            }
        });
    });

    describe("refuses", () => {
        for (const [what, cases] of Object.entries(BAD_CASES)) {
            describe(what, () => {
                for (const [configured, key, expected, given] of cases) {
                    it(`${key}: ${given.length > 40 ? `${given.slice(0, 40)}…` : given}`, () => {
                        assert.deepEqual(problemsOf(configured), [{ key, expected, given }]);
                    });
                }
            });
        }

        describe("a broker property that the program owns", () => {
            for (const owned of OWNED_BROKER_PROPERTIES) {
                it(owned, () => {
                    const property = owned.endsWith(".") ? `${owned}x` : owned;
                    assert.deepEqual(problemsOf(properties({ [property]: "x" })), [
                        {
                            key: `kafka.config.${property}`,
                            expected: "nothing: the program sets this broker property itself",
                            given: '"x"',
                        },
                    ]);
                });
            }
        });

        it("a type of listener that there is not", () => {
            for (const type of ["ingress", undefined]) {
                const [problem, ...more] = problemsOf(listeners(INTERNAL, { ...NODE_PORT, type }));
                assert.deepEqual(more, []);
                assert.equal(problem?.key, "listeners[1].type");
                assert.equal(
                    problem.expected,
                    'a listener whose type is "internal", "loadBalancer" or "nodePort"',
                );
                assert.equal(problem.given, type === undefined ? "nothing" : '"ingress"');
            }
        });

        it("the defaults that are not available yet", () => {
            assert.throws(
                () => loadConfig({}),
                (error) => {
                    assert.ok(error instanceof ConfigError);
                    assert.deepEqual(
                        error.problems.map(({ key }) => key),
                        ["platform", "kafkaDeploymentType"],
                    );
                    return true;
                },
            );
        });
    });

    describe("accepts", () => {
        const accepted: Readonly<Record<string, Keys>> = {
            "min ISR equal to a replication factor of 1": properties({
                "default.replication.factor": 1,
                "min.insync.replicas": 1,
            }),
            "a min ISR of 1 below the default": properties({ "min.insync.replicas": 1 }),
            "one broker and one ZooKeeper member": {
                ...kafka({ replicas: 1 }),
                ...zookeeper({ replicas: 1 }),
            },
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
            "equal memory request and limit in other units": kafka({
                resources: { requests: { memory: "1Gi" }, limits: { memory: "1024Mi" } },
            }),
            "the first and the last Kafka with ZooKeeper": kafka({
                image: "kafka:1",
                version: "3.5.0",
            }),
        };
        for (const [what, keys] of Object.entries(accepted)) {
            it(what, () => assert.deepEqual(problemsOf(keys), []));
        }

        it("keys of other projects, whatever they hold", () => {
            const values = {
                ...stackValues(BASE),
                "aws:region": "eu-central-1",
                "kafka:brokers": "[",
                "kafka-eks2:platform": "gke",
            };
            assert.deepEqual(loadConfig(values), loaded({}));
        });
    });

    describe("error", () => {
        const manyMistakes = {
            ...BASE,
            platform: "gke",
            namspace: "kafka",
            kafka: {
                replicas: 0,
                storage: { size: "50GB" },
                config: { "broker.id": "7", "min.insync.replicas": 3 },
                verbose: true,
            },
            zookeeper: "{",
            listeners: [
                { ...INTERNAL, port: 80 },
                { ...NODE_PORT, basePort: 32767 },
                { ...NODE_PORT, tls: true, basePort: 30000 },
            ],
        };

        it("lists all mistakes at once", () => {
            assert.deepEqual(problemsOf(manyMistakes), [
                unknown("namspace"),
                { key: "platform", expected: '"eks" or "kubeconfig"', given: '"gke"' },
                unknown("kafka.verbose"),
                { key: "kafka.replicas", expected: WHOLE, given: "0" },
                { key: "kafka.storage.size", expected: SIZE, given: '"50GB"' },
                { key: "zookeeper", expected: "an object or a list", given: '"{"' },
                { key: "listeners[0].port", expected: PORT, given: "80" },
                {
                    key: "listeners[2].tls",
                    expected: "false (TLS is not available yet)",
                    given: "true",
                },
                {
                    key: "kafka.config.broker.id",
                    expected: "nothing: the program sets this broker property itself",
                    given: '"7"',
                },
                {
                    key: "listeners[2].name",
                    expected: "a name that listeners[1].name does not have",
                    given: '"nodes"',
                },
                {
                    key: "listeners[2].port",
                    expected: "a port that listeners[1].port does not have",
                    given: "9094",
                },
            ]);
        });

        it("says for each key what was expected and what was given", () => {
            const bad = { ...BASE, namespace: "Kafka", zookeeper: { replicas: 2 } };
            assert.throws(() => loadConfig(stackValues(bad)), {
                message: [
                    "2 problems in the configuration of the stack:",
                    `  kafka-eks:namespace: expected ${LABEL}, got "Kafka"`,
                    `  kafka-eks:zookeeper.replicas: expected ${ODD}, got 2`,
                ].join("\n"),
            });
            assert.throws(() => loadConfig(stackValues({ ...BASE, platform: "gke" })), {
                message: [
                    "1 problem in the configuration of the stack:",
                    '  kafka-eks:platform: expected "eks" or "kubeconfig", got "gke"',
                ].join("\n"),
            });
        });

        it("cuts a value that would fill the screen", () => {
            const [problem] = problemsOf({ platform: "x".repeat(1000) });
            assert.equal(problem?.given, `"${"x".repeat(79)}…`);
        });

        it("is one that Pulumi prints without a stack trace", () => {
            assert.throws(
                () => loadConfig({}),
                (error) => pulumi.RunError.isInstance(error),
            );
        });

        it("comes before anything is registered", async () => {
            const { resources, error } = await runProgram(manyMistakes);
            assert.ok(error instanceof ConfigError);
            assert.equal(error.problems.length, 11);
            assert.deepEqual(resources.all, []);
        });
    });
});
