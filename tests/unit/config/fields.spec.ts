import assert from "node:assert/strict";
import { show } from "../../../config/problems";
import {
    accepts,
    BadCase,
    INTERNAL,
    kafka,
    listeners,
    NODE_PORT,
    problemsOf,
    properties,
    refuses,
    STATEFULSET,
    STRIMZI,
    strimzi,
    topics,
    UNKNOWN,
    zookeeper,
} from "./cases";

const SPREAD = '"required" or "preferred"';
const WHOLE = "a whole number from 1 to 900";
const MINUTES = "a whole number of minutes from 2 to 240";
const OWNER = "a stack, as kafka-eks/prod, or acme/kafka-eks/prod with its organization";
const MEMBERS = "an odd number of members from 1 to 7";
const CONTROLLERS = "an odd number of controllers from 1 to 7";
const SIZE = 'a Kubernetes quantity above zero such as "50Gi"';
const VERSION = 'a Kafka version such as "3.5.2"';
const IMAGE =
    'an image with its tag, its digest or both, such as "confluentinc/cp-kafka:7.5.0" or ' +
    '"confluentinc/cp-kafka:7.5.0@sha256:" and 64 digits';
const NAME = "a name of a lower-case letter and up to 10 more letters and digits";
const RESERVED = "a name other than replication, plaintext, ssl";
const PORT = "a port from 9092 to 65535 (lower ones are the program's own)";
const BASE_PORT = "a node port from 30000 to 32767";
const LABEL = "a DNS-1123 label: lower-case letters, digits and hyphens";
const TOPIC_NAME = "a topic's name: up to 249 letters, digits, dots, underscores and hyphens";
const AUTHENTICATION = '"tls" or "scram-sha-512"';
const KUBERNETES =
    'the cluster\'s Kubernetes version as major and minor, in quotes, such as "1.35"';
const PROPERTY_VALUE = "a text, a number, true or false";

const LOAD_BALANCER = { name: "external", port: 9095, type: "loadBalancer" };
const TOPIC = { name: "orders" };
const USER = { name: "alice", authentication: { type: "tls" } };
/** Users, and a listener that knows them. */
const users = (...list: unknown[]) => ({
    users: list,
    ...listeners({ ...INTERNAL, tls: true, authentication: { type: "tls" } }),
});

/** Mistakes in values that both deployment types have, and in those of StatefulSets. */
const BAD_VALUES: Readonly<Record<string, readonly BadCase[]>> = {
    "an unknown key": [
        [{ brokers: "3" }, "brokers", ...UNKNOWN],
        [kafka({ replica: 3 }), "kafka.replica", ...UNKNOWN],
        [zookeeper({ version: "3.8" }), "zookeeper.version", ...UNKNOWN],
        [kafka({ storage: { sise: "1Gi" } }), "kafka.storage.sise", ...UNKNOWN],
        [
            kafka({ resources: { requests: { disk: "1Gi" } } }),
            "kafka.resources.requests.disk",
            ...UNKNOWN,
        ],
        [
            listeners(INTERNAL, { ...NODE_PORT, domain: "example.com" }),
            "listeners[1].domain",
            "nothing with this type: only another type has this key",
            "a value",
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
            PROPERTY_VALUE,
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
        [{ protect: "yes" }, "protect", "true or false", '"yes"'],
        [{ restartWhileDegraded: 1 }, "restartWhileDegraded", "true or false", '"1"'],
        [{ kubeconfig: "" }, "kubeconfig", "the path of a kubeconfig file", '""'],
        [{ kubeContext: "" }, "kubeContext", "the name of a kubeconfig context", '""'],
        [
            { clusterDomain: "cluster.local." },
            "clusterDomain",
            "a DNS name in lower case",
            '"cluster.local."',
        ],
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
    "a time that is none": [
        [{ waitMinutes: 1 }, "waitMinutes", MINUTES, "1"],
        [{ waitMinutes: 241 }, "waitMinutes", MINUTES, "241"],
        [{ waitMinutes: 2.5 }, "waitMinutes", MINUTES, '"2.5"'],
        [{ waitMinutes: "20m" }, "waitMinutes", MINUTES, '"20m"'],
        [{ waitMinutes: "" }, "waitMinutes", MINUTES, '""'],
    ],
    "empty volumes of what is no broker": [
        [
            { kafka: { acceptEmptyVolumes: 1 } },
            "kafka.acceptEmptyVolumes",
            "a list of ids of brokers, from 0",
            "1",
        ],
        [
            { kafka: { acceptEmptyVolumes: [-1] } },
            "kafka.acceptEmptyVolumes[0]",
            "ids of brokers, from 0",
            "-1",
        ],
    ],
    "an owner that is no stack of a project": [
        [{ takeOverFrom: "prod" }, "takeOverFrom", OWNER, '"prod"'],
        [{ takeOverFrom: "a/b/kafka-eks/prod" }, "takeOverFrom", OWNER, '"a/b/kafka-eks/prod"'],
        [{ takeOverFrom: "kafka-eks/" }, "takeOverFrom", OWNER, '"kafka-eks/"'],
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
        [
            zookeeper({ authentication: "none" }),
            "zookeeper.authentication",
            '"required" or "optional"',
            '"none"',
        ],
    ],
    "malformed JSON": [
        [{ kafka: "{replicas: 3}" }, "kafka", "an object or a list", "a text"],
        [{ zookeeper: "" }, "zookeeper", "an object or a list", '""'],
        [{ listeners: "[" }, "listeners", "an object or a list", '"["'],
    ],
    "a number of brokers below one": [
        [kafka({ replicas: 0 }), "kafka.replicas", WHOLE, "0"],
        [kafka({ replicas: -1 }), "kafka.replicas", WHOLE, "-1"],
    ],
    "more brokers than there are ids": [[kafka({ replicas: 901 }), "kafka.replicas", WHOLE, "901"]],
    "a key that every object inherits": [[kafka({ toString: 1 }), "kafka.toString", ...UNKNOWN]],
    "the name of a broker property that can't be one": [
        [properties({ "a=b": "1" }), "kafka.config.a=b", "a broker property's name", '"a=b"'],
        [properties({ "": "1" }), "kafka.config.", "a broker property's name", '""'],
    ],
    "a name that is true or false": [
        [{ namespace: "true" }, "namespace", "a name, neither true nor false", '"true"'],
        [{ kubeContext: "False" }, "kubeContext", "a name, neither true nor false", '"False"'],
        [{ kubeconfig: "true" }, "kubeconfig", "a name, neither true nor false", '"true"'],
        [{ clusterDomain: "true" }, "clusterDomain", "a name, neither true nor false", '"true"'],
    ],
    "blanks at the ends of a text": [
        [
            { kubeContext: " " },
            "kubeContext",
            "the name of a kubeconfig context, without blanks at its ends",
            '" "',
        ],
    ],
    "the same twice in a list": [
        [
            kafka({ imagePullSecrets: [{ name: "a" }, { name: "a" }] }),
            "kafka.imagePullSecrets[1]",
            "another one than [0]",
            '"a"',
        ],
        [
            kafka({
                jvmOptions: {
                    javaSystemProperties: [
                        { name: "a", value: 1 },
                        { name: "a", value: 2 },
                    ],
                },
            }),
            "kafka.jvmOptions.javaSystemProperties[1]",
            "another one than [0]",
            "a text",
        ],
        [
            kafka({ acceptEmptyVolumes: [0, 1, 0] }),
            "kafka.acceptEmptyVolumes[2]",
            "another one than [0]",
            "0",
        ],
        [
            listeners(INTERNAL, { ...LOAD_BALANCER, sourceRanges: ["10.0.0.0/8", "10.0.0.0/8"] }),
            "listeners[1].sourceRanges[1]",
            "another one than [0]",
            '"10.0.0.0/8"',
        ],
    ],
    "a block by another address than its first one": [
        [
            listeners(INTERNAL, { ...LOAD_BALANCER, sourceRanges: ["10.0.0.7/8"] }),
            "listeners[1].sourceRanges[0]",
            "the first address of its block",
            '"10.0.0.7/8"',
        ],
    ],
    "an address of IPv6 for a node": [
        [
            listeners(INTERNAL, { ...NODE_PORT, advertisedHosts: ["[2001:db8::1]"] }),
            "listeners[1].advertisedHosts[0]",
            "a DNS name or an address of IPv4: listeners have no addresses of IPv6",
            '"[2001:db8::1]"',
        ],
    ],
    "a size without a unit": [
        [
            kafka({ storage: { size: "50" } }),
            "kafka.storage.size",
            'a size with its unit, such as "50Gi"',
            '"50"',
        ],
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
    "a number of ZooKeeper members that is even or out of range": [
        [zookeeper({ replicas: 2 }), "zookeeper.replicas", MEMBERS, "2"],
        [zookeeper({ replicas: 4 }), "zookeeper.replicas", MEMBERS, "4"],
        [zookeeper({ replicas: 9 }), "zookeeper.replicas", MEMBERS, "9"],
        [zookeeper({ replicas: 0 }), "zookeeper.replicas", MEMBERS, "0"],
        [zookeeper({ replicas: -1 }), "zookeeper.replicas", MEMBERS, "-1"],
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
    "an image that no registry knows": [
        ...[
            "kafka@sha256:0123456789abcdef",
            `kafka@sha256:${"0".repeat(63)}g`,
            `kafka@sha256:${"0".repeat(65)}`,
            `kafka@sha512:${"0".repeat(64)}`,
            `kafka:1@${"0".repeat(64)}`,
            `kafka@sha256:${"0".repeat(64)}:1`,
            "Kafka:1",
            "team//kafka:1",
            "kafka:",
            "kafka:-1",
            "kafka: 1",
            "https://example.com/kafka:1",
        ].map((image): BadCase => [kafka({ image }), "kafka.image", IMAGE, show(image)]),
    ],
};

/** Mistakes in values that only the strimzi type has. */
const BAD_STRIMZI_VALUES: Readonly<Record<string, readonly BadCase[]>> = {
    "an unknown key": [
        [strimzi({ operator: true }), "strimzi.operator", ...UNKNOWN],
        [strimzi({ controllers: { replica: 3 } }), "strimzi.controllers.replica", ...UNKNOWN],
        [
            strimzi({ controllers: { storage: { sise: "1Gi" } } }),
            "strimzi.controllers.storage.sise",
            ...UNKNOWN,
        ],
        [strimzi({ resources: { limit: {} } }), "strimzi.resources.limit", ...UNKNOWN],
        [users({ ...USER, password: "secret" }), "users[0].password", ...UNKNOWN],
        [
            users({ ...USER, authentication: { type: "tls", days: 30 } }),
            "users[0].authentication.days",
            ...UNKNOWN,
        ],
    ],
    "a value of the wrong type": [
        [{ strimzi: [] }, "strimzi", "an object", "[]"],
        [{ strimzi: "{" }, "strimzi", "an object or a list", "a text"],
        [strimzi({ installOperator: "yes" }), "strimzi.installOperator", "true or false", '"yes"'],
        [strimzi({ dualRole: 1 }), "strimzi.dualRole", "true or false", "1"],
        [
            strimzi({ chart: "" }),
            "strimzi.chart",
            "the reference or path of Strimzi's Helm chart",
            '""',
        ],
        [
            strimzi({ crds: ["a.yaml"] }),
            "strimzi.crds",
            "the path or URL of a file with Strimzi's CRDs",
            '["a.yaml"]',
        ],
        [
            strimzi({ watchNamespaces: "kafka" }),
            "strimzi.watchNamespaces",
            "a list of namespaces",
            '"kafka"',
        ],
        [
            strimzi({ controllers: 3 }),
            "strimzi.controllers",
            "an object with replicas, storage, resources and spread",
            "3",
        ],
        [
            strimzi({ resources: [] }),
            "strimzi.resources",
            "an object with requests and limits",
            "[]",
        ],
        [{ users: { alice: "tls" } }, "users", "a list", "an object"],
        [
            users("alice"),
            "users[0]",
            "an object with name, authentication, acls and quotas",
            "a text",
        ],
        [
            users({ name: "alice", authentication: "tls" }),
            "users[0].authentication",
            "an object with type and password",
            "a text",
        ],
        [
            users({ name: "alice" }),
            "users[0].authentication",
            "an object with type and password",
            "nothing",
        ],
        [{ kubernetesVersion: "v1.35" }, "kubernetesVersion", KUBERNETES, '"v1.35"'],
        [{ kubernetesVersion: "1.35.2" }, "kubernetesVersion", KUBERNETES, '"1.35.2"'],
        [{ kubernetesVersion: "1" }, "kubernetesVersion", KUBERNETES, '"1"'],
    ],
    "a value that is none of those to choose from": [
        [strimzi({ version: "1.0.1" }), "strimzi.version", '"1.1.0" or "1.2.0"', '"1.0.1"'],
        [strimzi({ version: "1.2" }), "strimzi.version", '"1.1.0" or "1.2.0"', '"1.2"'],
        [
            strimzi({ controllers: { spread: "none" } }),
            "strimzi.controllers.spread",
            SPREAD,
            '"none"',
        ],
        [
            users({ name: "alice", authentication: { type: "oauth" } }),
            "users[0].authentication.type",
            AUTHENTICATION,
            '"oauth"',
        ],
    ],
    "a number of controllers that is even or out of range": [
        [
            strimzi({ controllers: { replicas: 0 } }),
            "strimzi.controllers.replicas",
            CONTROLLERS,
            "0",
        ],
        [
            strimzi({ controllers: { replicas: 2 } }),
            "strimzi.controllers.replicas",
            CONTROLLERS,
            "2",
        ],
        [
            strimzi({ controllers: { replicas: 9 } }),
            "strimzi.controllers.replicas",
            CONTROLLERS,
            "9",
        ],
    ],
    "a quantity that is none": [
        [
            strimzi({ controllers: { storage: { size: "10GB" } } }),
            "strimzi.controllers.storage.size",
            SIZE,
            '"10GB"',
        ],
        [
            strimzi({ resources: { limits: { memory: "0" } } }),
            "strimzi.resources.limits.memory",
            'a Kubernetes quantity above zero such as "2Gi"',
            '"0"',
        ],
    ],
    "a version that is none": [
        [kafka({ metadataVersion: 4.2 }), "kafka.metadataVersion", VERSION, "4.2"],
        [kafka({ metadataVersion: "4.2-IV0" }), "kafka.metadataVersion", VERSION, '"4.2-IV0"'],
    ],
    "a name that Kubernetes does not take": [
        [
            strimzi({ watchNamespaces: ["team-a", "Team_B"] }),
            "strimzi.watchNamespaces[1]",
            `a namespace: ${LABEL}`,
            '"Team_B"',
        ],
        [users({ ...USER, name: "Alice" }), "users[0].name", "a DNS name in lower case", '"Alice"'],
        [users({ ...USER, name: "" }), "users[0].name", "a DNS name in lower case", '""'],
        [
            users({ ...USER, name: "a".repeat(64) }),
            "users[0].name",
            "a DNS name of at most 63 characters",
            `"${"a".repeat(64)}"`,
        ],
    ],
};

/** Mistakes in topics, which both types have. */
const BAD_TOPICS: Readonly<Record<string, readonly BadCase[]>> = {
    "a topic that is none": [
        [{ topics: { orders: 6 } }, "topics", "a list", '{"orders":6}'],
        [{ topics: "orders" }, "topics", "an object or a list", '"orders"'],
        [
            topics("orders"),
            "topics[0]",
            "an object with name, partitions, replicationFactor and config",
            '"orders"',
        ],
        [topics({ ...TOPIC, replicas: 3 }), "topics[0].replicas", ...UNKNOWN],
        [topics({ partitions: 3 }), "topics[0].name", TOPIC_NAME, "nothing"],
    ],
    "a topic's name that Kafka does not take, or takes for itself": [
        [topics({ name: "" }), "topics[0].name", TOPIC_NAME, '""'],
        [topics({ name: "my orders" }), "topics[0].name", TOPIC_NAME, '"my orders"'],
        [
            topics({ name: "bestellungen-für-alle" }),
            "topics[0].name",
            TOPIC_NAME,
            '"bestellungen-für-alle"',
        ],
        [topics({ name: "a/b" }), "topics[0].name", TOPIC_NAME, '"a/b"'],
        [topics({ name: "orders\n" }), "topics[0].name", TOPIC_NAME, '"orders\\n"'],
        [topics({ name: "x".repeat(250) }), "topics[0].name", TOPIC_NAME, `"${"x".repeat(79)}…`],
        [topics({ name: "." }), "topics[0].name", "a name other than . and ..", '"."'],
        [topics({ name: ".." }), "topics[0].name", "a name other than . and ..", '".."'],
        [
            topics(TOPIC, { name: "__consumer_offsets" }),
            "topics[1].name",
            "a name that is not one of Kafka's own (__…)",
            '"__consumer_offsets"',
        ],
    ],
    "a topic's number that is none": [
        [
            topics({ ...TOPIC, partitions: 0 }),
            "topics[0].partitions",
            "a whole number from 1 to 100000",
            "0",
        ],
        [
            topics({ ...TOPIC, partitions: "6" }),
            "topics[0].partitions",
            "a whole number from 1 to 100000",
            '"6"',
        ],
        [
            topics({ ...TOPIC, partitions: 100_001 }),
            "topics[0].partitions",
            "a whole number from 1 to 100000",
            "100001",
        ],
        [topics({ ...TOPIC, replicationFactor: 0 }), "topics[0].replicationFactor", WHOLE, "0"],
        [topics({ ...TOPIC, replicationFactor: 1.5 }), "topics[0].replicationFactor", WHOLE, "1.5"],
    ],
    "a topic's property that is none": [
        [
            topics({ ...TOPIC, config: ["retention.ms"] }),
            "topics[0].config",
            "an object of topic properties",
            '["retention.ms"]',
        ],
        [
            topics({ ...TOPIC, config: { "retention=ms": 1 } }),
            "topics[0].config.retention=ms",
            "a topic property's name",
            '"retention=ms"',
        ],
        [
            topics({ ...TOPIC, config: { "retention.ms": null } }),
            "topics[0].config.retention.ms",
            PROPERTY_VALUE,
            "null",
        ],
        ...["1\ntopic evil - -", " 1", "1\t"].map((value): BadCase => [
            topics({ ...TOPIC, config: { "retention.ms": value } }),
            "topics[0].config.retention.ms",
            "a text on one line, without blanks at its ends",
            JSON.stringify(value),
        ]),
    ],
};

const CONTRADICTIONS: Readonly<Record<string, readonly BadCase[]>> = {
    "to keep what is to be deleted": [
        [
            { protect: true, deleteDataOnDestroy: true },
            "protect",
            "false with deleteDataOnDestroy true, which is to delete what it keeps",
            "true",
        ],
    ],
};

describe("values of the configuration", () => {
    refuses(STATEFULSET, BAD_VALUES);

    it("of a listener have to name one of its types", () => {
        for (const type of ["ingress", undefined]) {
            const problems = problemsOf({
                ...STATEFULSET,
                ...listeners(INTERNAL, { ...NODE_PORT, type }),
            });
            assert.deepEqual(problems, [
                {
                    key: "listeners[1].type",
                    expected: '"internal" or "loadBalancer" or "nodePort"',
                    given: type === undefined ? "nothing" : '"ingress"',
                },
            ]);
        }
    });

    describe("of Strimzi", () => refuses(STRIMZI, BAD_STRIMZI_VALUES));

    accepts(STATEFULSET, {
        "what is kept and not to be deleted": { protect: true, deleteDataOnDestroy: false },
        "what is not kept and to be deleted": { protect: false, deleteDataOnDestroy: true },
    });

    for (const [type, base] of Object.entries({ strimzi: STRIMZI, statefulset: STATEFULSET })) {
        describe(`of topics, with ${type}`, () => refuses(base, BAD_TOPICS));
        describe(`of protection, with ${type}`, () => refuses(base, CONTRADICTIONS));
    }
});
