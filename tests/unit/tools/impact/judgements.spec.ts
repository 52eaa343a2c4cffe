import assert from "node:assert/strict";
import { assess } from "../../../../tools/impact/assess";
import { parsePreview } from "../../../../tools/impact/preview";
import { verdictOf } from "../../../../tools/impact/verdict";
import { findingsOf, line, previewOf, step, type StepArgs, type TYPES } from "./changes";

type Case = readonly [
    title: string,
    op: string,
    kind: keyof typeof TYPES,
    args: StepArgs,
    ...findings: string[],
];

const named = (name: string, rest: object = {}) => ({ metadata: { name }, ...rest });
const advertised = (hash: string, data: object) => named(`kafka-advertised-${hash}`, { data });
const acceptEmpty = (ids: string) => named("kafka-accept-empty", { data: { "accept-empty": ids } });
const set = (name: string, spec: object) => named(name, { spec: { replicas: 3, ...spec } });
const properties = (...lines: string[]) =>
    named("kafka-config", {
        data: { "server.properties": lines.map((each) => `${each}\n`).join("") },
    });
const members = (...lines: string[]) =>
    named("zookeeper-config", {
        data: { "zookeeper.properties": lines.map((each) => `${each}\n`).join("") },
    });
const revision = (hash: string, text: string) =>
    named(`kafka-config-${hash}`, { data: { "server.properties": text } });
const mounting = (source: object) =>
    set("kafka", { template: { spec: { volumes: [{ name: "config", ...source }] } } });
const ofJob = (name: string) => ({
    podSelector: { matchLabels: { "app.kubernetes.io/name": name } },
});
const SASL = "authProvider.1=SASL";
const REQUIRED = "sessionRequireClientSASLAuth=true";
const auth = (rest: object) => named("zookeeper-auth", rest);
const claim = (spec: object) => named("data-kafka-2", { spec });
const size = (storage: string) => claim({ resources: { requests: { storage } } });
const service = (spec: object) => named("kafka-service", { spec });
const kafka = (spec: object) => named("kafka", { spec: { kafka: spec } });
const pool = (spec: object, name = "broker") => named(name, { spec: { replicas: 3, ...spec } });
const volumes = (volume: object) => pool({ storage: { volumes: [volume] } });
const policy = (spec: object) => named("kafka", { spec });
const ingress = (...rules: [port: number, ...from: object[]][]) =>
    policy({
        ingress: rules.map(([port, ...from]) => ({
            ...(from.length > 0 && { from }),
            ports: [{ protocol: "TCP", port }],
        })),
    });
const toBrokers = (...ports: number[]) =>
    policy({
        egress: [{ to: [ofJob("kafka")], ports: ports.map((port) => ({ protocol: "TCP", port })) }],
    });
const topic = (spec: object) => named("orders", { spec: { topicName: "orders", ...spec } });
const config = (values: object) => topic({ config: values });

const NOT_JUDGED: readonly Case[] = [
    [
        "a StatefulSet of another name",
        "update",
        "StatefulSet",
        { old: set("other", {}), new: set("other", { replicas: 2 }) },
        "not judged: StatefulSet other",
    ],
    [
        "another field of a StatefulSet",
        "update",
        "StatefulSet",
        { old: set("kafka", {}), new: set("kafka", { minReadySeconds: 5 }) },
        "not judged: brokers: spec.minReadySeconds: - → 5",
    ],
    [
        "another claim",
        "delete",
        "PersistentVolumeClaim",
        { old: named("data-other-0") },
        "not judged: volume data-other-0",
    ],
    [
        "another field of a claim",
        "update",
        "PersistentVolumeClaim",
        { old: claim({}), new: claim({ volumeMode: "Block" }) },
        "not judged: volume of broker 2: spec.volumeMode: - → Block",
    ],
    [
        "another ConfigMap",
        "delete",
        "ConfigMap",
        { old: named("other") },
        "not judged: ConfigMap other",
    ],
    [
        "a ConfigMap that is known only when it is made",
        "update",
        "ConfigMap",
        {
            old: properties("a=1"),
            new: named("kafka-config", { data: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }),
        },
        'not judged: broker configuration: data: {"server.properties":"a=1\\n"} → (known when it is made)',
    ],
    [
        "broker properties that are known only when they are made",
        "update",
        "ConfigMap",
        { old: properties("a=1"), new: named("kafka-config", { data: {} }) },
        "not judged: broker configuration: server.properties: a=1  → -",
    ],
    ["another Service", "delete", "Service", { old: named("other") }, "not judged: Service other"],
    [
        "another field of a Service",
        "update",
        "Service",
        { old: service({}), new: service({ sessionAffinity: "ClientIP" }) },
        "not judged: bootstrap address kafka-service: spec.sessionAffinity: - → ClientIP",
    ],
    ["another Job", "delete", "Job", { old: named("other") }, "not judged: Job other"],
    [
        "a changed budget",
        "update",
        "PodDisruptionBudget",
        {
            old: named("kafka", { spec: { maxUnavailable: 1 } }),
            new: named("kafka", { spec: { maxUnavailable: 2 } }),
        },
        "not judged: protection of kafka from drains: spec.maxUnavailable: 1 → 2",
    ],
    [
        "other pods of a network policy",
        "update",
        "NetworkPolicy",
        { old: policy({ podSelector: {} }), new: policy({ podSelector: { a: 1 } }) },
        "not judged: connections of kafka: spec.podSelector.a: - → 1",
    ],
    [
        "another field of a Kafka resource",
        "update",
        "Kafka",
        { old: kafka({}), new: kafka({ surprise: { type: "simple" } }) },
        'not judged: Kafka cluster: spec.kafka.surprise: - → {"type":"simple"}',
    ],
    [
        "another node pool",
        "delete",
        "KafkaNodePool",
        { old: pool({}, "other") },
        "not judged: node pool other",
    ],
    [
        "another field of a node pool",
        "update",
        "KafkaNodePool",
        { old: pool({}), new: pool({ surprise: 1 }) },
        "not judged: brokers: spec.surprise: - → 1",
    ],
    [
        "another field of a topic",
        "update",
        "KafkaTopic",
        {
            old: topic({}),
            new: {
                ...topic({}),
                metadata: { name: "orders", annotations: { "strimzi.io/managed": "false" } },
            },
        },
        "not judged: topic orders: metadata.annotations.strimzi.io/managed: - → false",
    ],
    [
        "another field of a user",
        "update",
        "KafkaUser",
        { old: named("reader", { spec: {} }), new: named("reader", { spec: { template: {} } }) },
        "not judged: user reader: spec.template: - → {}",
    ],
    [
        "another value of the operator's chart",
        "update",
        "Release",
        { old: { values: { replicas: 2 } }, new: { values: { replicas: 1 } } },
        "not judged: Strimzi operator: values.replicas: 2 → 1",
    ],
    [
        "another Kubernetes cluster",
        "update",
        "Provider",
        { old: { context: "a" }, new: { context: "b" } },
        "not judged: way to the Kubernetes cluster: context: a → b",
    ],
    [
        "which pods the namespace admits",
        "update",
        "Namespace",
        {
            old: { metadata: { labels: { "pod-security.kubernetes.io/enforce": "baseline" } } },
            new: { metadata: { labels: { "pod-security.kubernetes.io/enforce": "restricted" } } },
        },
        "not judged: namespace: pods that it admits: baseline → restricted",
    ],
    [
        "a type of resource that is unknown",
        "create",
        "ReplicaSet",
        { new: named("other") },
        "not judged: it",
    ],
    ["another Secret", "create", "Secret", { new: named("other") }, "not judged: Secret other"],
    [
        "another field of ZooKeeper's password",
        "update",
        "Secret",
        { old: auth({}), new: auth({ immutable: true }) },
        "not judged: password of ZooKeeper: immutable: - → true",
    ],
    [
        "a step that is unknown",
        "import",
        "StatefulSet",
        { new: set("kafka", {}) },
        "not judged: it",
    ],
];

const JUDGED: readonly Case[] = [
    // StatefulSets.
    [
        "volumes that go with their pods",
        "update",
        "StatefulSet",
        {
            old: set("kafka", {}),
            new: set("kafka", { persistentVolumeClaimRetentionPolicy: { whenScaled: "Delete" } }),
        },
        'data-may-be-lost: volumes of the brokers: - → {"whenScaled":"Delete"}',
    ],
    [
        "ZooKeeper that goes",
        "delete",
        "StatefulSet",
        { old: set("zookeeper", {}) },
        "cluster-stops: ZooKeeper: 3 pods → -",
    ],
    [
        "more brokers, of which there were too few for the min ISR by default",
        "update",
        "StatefulSet",
        { old: set("kafka", { replicas: 2 }), new: set("kafka", { replicas: 4 }) },
        "data-moves: number of brokers: 2 → 4",
    ],
    [
        "files that pods mount in another way, in one line",
        "update",
        "StatefulSet",
        {
            old: mounting({ configMap: { name: "kafka-config" } }),
            new: mounting({ projected: { sources: [] } }),
        },
        'rolling-restart: brokers: files that they read at start: - → {"sources":[]}',
    ],
    [
        "files of another revision",
        "update",
        "StatefulSet",
        {
            old: mounting({ configMap: { name: "a" } }),
            new: mounting({ configMap: { name: "b" } }),
        },
        "rolling-restart: brokers: files that they read at start: a → b",
    ],
    [
        "what Pulumi waits for",
        "update",
        "StatefulSet",
        {
            old: set("kafka", {}),
            new: {
                ...set("kafka", {}),
                metadata: {
                    name: "kafka",
                    annotations: { "pulumi.com/waitFor": "jsonpath={.metadata.uid}" },
                },
            },
        },
    ],
    // Claims.
    [
        "a claim that goes and is not kept",
        "delete",
        "PersistentVolumeClaim",
        { old: claim({}) },
        "data-may-be-lost: volume of broker 2: in the stack → -",
    ],
    [
        "a claim that goes and is kept",
        "delete",
        "PersistentVolumeClaim",
        { old: claim({}), retained: true },
        "nothing: volume of broker 2: in the stack → -",
    ],
    [
        "a claim that is replaced under its name",
        "replace",
        "PersistentVolumeClaim",
        { old: claim({}), new: claim({ storageClassName: "fast" }), retained: true },
        "data-may-be-lost: volume of broker 2: in the stack → another one",
    ],
    [
        "another storage class in place",
        "update",
        "PersistentVolumeClaim",
        { old: claim({}), new: claim({ storageClassName: "fast" }) },
        "data-may-be-lost: volume of broker 2: storage class: - → fast",
    ],
    [
        "a volume that would shrink",
        "update",
        "PersistentVolumeClaim",
        { old: size("50Gi"), new: size("900Mi") },
        "nothing: volume of broker 2: 50Gi → 900Mi",
    ],
    // The namespace.
    [
        "a namespace that is replaced and not kept",
        "replace",
        "Namespace",
        { old: named("a"), new: named("b") },
        "data-may-be-lost: namespace: a → b",
    ],
    [
        "a namespace that goes and is not kept",
        "delete",
        "Namespace",
        { old: named("a") },
        "data-may-be-lost: namespace: a → -",
    ],
    [
        "labels of a namespace",
        "update",
        "Namespace",
        { old: { metadata: { labels: { a: "1" } } }, new: { metadata: { labels: { a: "2" } } } },
    ],
    // Broker properties.
    [
        "more replicas",
        "update",
        "ConfigMap",
        {
            old: properties("default.replication.factor=2"),
            new: properties("default.replication.factor=3"),
        },
        "rolling-restart: broker property default.replication.factor: 2 → 3",
    ],
    [
        "a min ISR that falls back to Kafka's default",
        "update",
        "ConfigMap",
        { old: properties("min.insync.replicas=2"), new: properties() },
        "data-may-be-lost: broker property min.insync.replicas: 2 → -",
    ],
    [
        "a higher min ISR, of which Kafka is asked",
        "update",
        "ConfigMap",
        { old: properties(), new: properties("min.insync.replicas=2") },
        "rolling-restart: broker property min.insync.replicas: - → 2",
    ],
    [
        "a longer retention in another unit",
        "update",
        "ConfigMap",
        {
            old: properties("log.retention.hours=24"),
            new: properties("log.retention.hours=24", "log.retention.ms=172800000"),
        },
        "rolling-restart: broker property log.retention.ms: - → 172800000",
    ],
    [
        "a shorter retention in another unit",
        "update",
        "ConfigMap",
        {
            old: properties("log.retention.hours=24"),
            new: properties("log.retention.hours=24", "log.retention.minutes=60"),
        },
        "data-may-be-lost: broker property log.retention.minutes: - → 60",
    ],
    [
        "a retention without end that ends",
        "update",
        "ConfigMap",
        { old: properties("log.retention.ms=-1"), new: properties() },
        "data-may-be-lost: broker property log.retention.ms: -1 → -",
    ],
    [
        "a size without limit that gets one",
        "update",
        "ConfigMap",
        { old: properties(), new: properties("log.retention.bytes=1000") },
        "data-may-be-lost: broker property log.retention.bytes: - → 1000",
    ],
    [
        "compaction by default",
        "update",
        "ConfigMap",
        { old: properties(), new: properties("log.cleanup.policy=compact,delete") },
        "data-may-be-lost: broker property log.cleanup.policy: - → compact,delete",
    ],
    [
        "unclean elections",
        "update",
        "ConfigMap",
        {
            old: properties("unclean.leader.election.enable=false"),
            new: properties("unclean.leader.election.enable=true"),
        },
        "data-may-be-lost: broker property unclean.leader.election.enable: false → true",
    ],
    [
        "a protocol that is raised",
        "update",
        "ConfigMap",
        {
            old: properties("inter.broker.protocol.version=3.5"),
            new: properties("inter.broker.protocol.version=3.9"),
        },
        "rolling-restart: broker property inter.broker.protocol.version: 3.5 → 3.9",
    ],
    [
        "a script",
        "update",
        "ConfigMap",
        {
            old: named("kafka-config", { data: { "start-kafka.sh": "a" } }),
            new: named("kafka-config", { data: { "start-kafka.sh": "b" } }),
        },
        "rolling-restart: file start-kafka.sh: before → now",
    ],
    [
        "broker configuration of an earlier program that goes",
        "delete",
        "ConfigMap",
        { old: properties() },
        "nothing: broker configuration: in the stack → -",
    ],
    [
        "broker configuration of an earlier program that is replaced",
        "replace",
        "ConfigMap",
        { old: properties(), new: properties() },
        "cluster-stops: broker configuration: in the stack → deleted and made again",
    ],
    [
        "files of a revision that go and are kept",
        "delete",
        "ConfigMap",
        { old: revision("0123", ""), retained: true },
        "nothing: broker configuration: in the stack → -",
    ],
    [
        "files of a revision that go and are not kept",
        "delete",
        "ConfigMap",
        { old: revision("0123", "") },
        "cluster-stops: broker configuration: in the stack → -",
    ],
    [
        "files of a new revision, by what differs",
        "replace",
        "ConfigMap",
        {
            old: revision("0123", "log.retention.hours=24\nnum.io.threads=8\n"),
            new: revision("4567", "log.retention.hours=12\nnum.io.threads=9\n"),
            retained: true,
        },
        "data-may-be-lost: broker property log.retention.hours: 24 → 12",
        "rolling-restart: broker property num.io.threads: 8 → 9",
    ],
    [
        "files of a new revision in another namespace, of which the pods are judged",
        "replace",
        "ConfigMap",
        {
            old: { metadata: { name: "kafka-config-0123", namespace: "a" } },
            new: { metadata: { name: "kafka-config-0123", namespace: "b" } },
            retained: true,
        },
    ],
    [
        "files of a new revision of ZooKeeper",
        "replace",
        "ConfigMap",
        {
            old: named("zookeeper-config-0123", { data: { "zookeeper.properties": "a=1\n" } }),
            new: named("zookeeper-config-4567", { data: { "zookeeper.properties": "a=2\n" } }),
            retained: true,
        },
        "rolling-restart: ZooKeeper property a: 1 → 2",
    ],
    [
        "another tool that asks Kafka, with which the pods are judged",
        "replace",
        "ConfigMap",
        {
            old: named("kafka-admin-0123", { binaryData: { "kafka-admin.jar": "a" } }),
            new: named("kafka-admin-4567", { binaryData: { "kafka-admin.jar": "b" } }),
            retained: true,
        },
    ],
    [
        "addresses of a broker more, and another address of a broker that runs",
        "update",
        "ConfigMap",
        {
            old: advertised("0123", { "advertised-0": "A://a:1" }),
            new: advertised("0123", { "advertised-0": "A://b:1", "advertised-1": "A://c:1" }),
        },
        "clients-cut-off: advertised addresses of broker 0: A://a:1 → A://b:1",
        "nothing: advertised addresses of broker 1: - → A://c:1",
    ],
    [
        "addresses of another listener, beside which the ones before stay",
        "replace",
        "ConfigMap",
        {
            old: advertised("0123", { "advertised-0": "A://a:1" }),
            new: advertised("4567", { "advertised-0": "A://a:1,B://b:2" }),
            retained: true,
        },
        "rolling-restart: advertised addresses of broker 0: A://a:1 → A://a:1,B://b:2",
    ],
    [
        "addresses of an earlier program, which go after the pods that read them",
        "replace",
        "ConfigMap",
        {
            old: named("kafka-advertised", { data: { "advertised-0": "A://a:1" } }),
            new: advertised("4567", { "advertised-0": "A://a:1" }),
        },
    ],
    [
        "addresses that go and are kept",
        "delete",
        "ConfigMap",
        { old: advertised("0123", {}), retained: true },
        "nothing: advertised addresses: in the stack → -",
    ],
    [
        "addresses that go",
        "delete",
        "ConfigMap",
        { old: advertised("0123", {}) },
        "cluster-stops: advertised addresses: in the stack → -",
    ],
    [
        "a broker more that may start with an empty volume",
        "update",
        "ConfigMap",
        { old: acceptEmpty("1"), new: acceptEmpty("1 2") },
        "data-may-be-lost: brokers that may start with an empty volume: 1 → 1 2",
    ],
    [
        "no broker any more that may start with an empty volume",
        "update",
        "ConfigMap",
        { old: acceptEmpty("1 2"), new: acceptEmpty("") },
        "nothing: brokers that may start with an empty volume: 1 2 → ",
    ],
    // Services.
    [
        "a Service that is replaced",
        "replace",
        "Service",
        { old: service({ ports: [{ port: 9092 }] }), new: service({ ports: [{ port: 9092 }] }) },
        "clients-cut-off: bootstrap address kafka-service: ClusterIP 9092 → deleted and made again",
    ],
    [
        "a port more",
        "update",
        "Service",
        {
            old: service({ ports: [{ port: 9092 }] }),
            new: service({ ports: [{ port: 9092 }, { port: 9093 }] }),
        },
        "dynamic: bootstrap address kafka-service: ClusterIP 9092 → ClusterIP 9092, 9093",
    ],
    [
        "a load balancer that stops being one",
        "update",
        "Service",
        {
            old: service({ type: "LoadBalancer", ports: [{ port: 9092 }] }),
            new: service({ ports: [{ port: 9092 }] }),
        },
        "clients-cut-off: bootstrap address kafka-service: LoadBalancer 9092 → ClusterIP 9092",
    ],
    [
        "a Service that becomes a load balancer",
        "update",
        "Service",
        {
            old: service({ ports: [{ port: 9092 }] }),
            new: service({ type: "LoadBalancer", ports: [{ port: 9092 }] }),
        },
        "cluster-opens: bootstrap address kafka-service: ClusterIP 9092 → LoadBalancer 9092",
    ],
    [
        "fewer clients that are let in",
        "update",
        "Service",
        { old: service({}), new: service({ loadBalancerSourceRanges: ["10.0.0.0/8"] }) },
        "clients-cut-off: bootstrap address kafka-service: clients that are let in: all → 10.0.0.0/8",
    ],
    // ZooKeeper's authentication.
    [
        "the password of ZooKeeper, new in a stack that has Kafka",
        "create",
        "Secret",
        { new: auth({}) },
        "nothing: password of ZooKeeper: - → new",
    ],
    [
        "the password of ZooKeeper, gone",
        "delete",
        "Secret",
        { old: auth({}) },
        "cluster-stops: password of ZooKeeper: in the stack → -",
    ],
    [
        "the password of ZooKeeper, made again",
        "replace",
        "Secret",
        { old: auth({}), new: auth({}) },
        "cluster-stops: password of ZooKeeper: in the stack → deleted and made again",
    ],
    [
        "another password of ZooKeeper, which is not shown",
        "update",
        "Secret",
        {
            old: auth({ data: { password: "one" } }),
            new: auth({ data: { password: "two" } }),
        },
        "cluster-stops: password of ZooKeeper: in the stack → another",
    ],
    [
        "ZooKeeper that learns to ask for a password",
        "update",
        "ConfigMap",
        { old: members("tickTime=2000"), new: members("tickTime=2000", SASL) },
        "rolling-restart: ZooKeeper property authProvider.1: - → SASL",
    ],
    [
        "ZooKeeper that requires what it knows already",
        "update",
        "ConfigMap",
        { old: members(SASL), new: members(SASL, REQUIRED) },
        "rolling-restart: ZooKeeper property sessionRequireClientSASLAuth: - → true",
    ],
    [
        "ZooKeeper that requires what it does not know yet",
        "update",
        "ConfigMap",
        { old: members("tickTime=2000"), new: members("tickTime=2000", SASL, REQUIRED) },
        "cluster-stops: ZooKeeper property sessionRequireClientSASLAuth: - → true",
        "rolling-restart: ZooKeeper property authProvider.1: - → SASL",
    ],
    [
        "ZooKeeper that does not require it any more",
        "update",
        "ConfigMap",
        { old: members(SASL, REQUIRED), new: members(SASL) },
        "cluster-opens: ZooKeeper property sessionRequireClientSASLAuth: true → -",
    ],
    // Network policies.
    [
        "a network policy that is new",
        "create",
        "NetworkPolicy",
        { new: named("default-deny") },
        "clients-cut-off: connections in the namespace: - → new",
    ],
    [
        "a network policy that goes",
        "delete",
        "NetworkPolicy",
        { old: policy({}) },
        "cluster-opens: connections of kafka: in the stack → -",
    ],
    [
        "a network policy that is replaced",
        "replace",
        "NetworkPolicy",
        { old: policy({}), new: policy({}) },
        "clients-cut-off: connections of kafka: in the stack → deleted and made again",
    ],
    [
        "a network policy of Jobs, which no server is subject to",
        "create",
        "NetworkPolicy",
        { new: named("kafka-check") },
        "nothing: connections of kafka-check: - → new",
    ],
    [
        "another Job that asks",
        "update",
        "NetworkPolicy",
        {
            old: ingress([2181, { a: 1 }, ofJob("kafka-scale-in-check")]),
            new: ingress([2181, { a: 1 }, ofJob("kafka-check")]),
        },
    ],
    [
        "one more port",
        "update",
        "NetworkPolicy",
        { old: ingress([9092, { a: 1 }]), new: ingress([9092, { a: 1 }], [9094]) },
        "cluster-opens: connections of kafka: ingress: - → TCP 9094 anybody",
    ],
    [
        "one more peer",
        "update",
        "NetworkPolicy",
        { old: ingress([9092, { a: 1 }]), new: ingress([9092, { a: 1 }, { b: 1 }]) },
        'cluster-opens: connections of kafka: ingress: - → TCP 9092 {"b":1}',
    ],
    [
        "a port that is open to everybody from now on",
        "update",
        "NetworkPolicy",
        { old: ingress([9092, { a: 1 }]), new: ingress([9092]) },
        'cluster-opens: connections of kafka: ingress: TCP 9092 {"a":1} → TCP 9092 anybody',
    ],
    [
        "a port that is not open to everybody any more",
        "update",
        "NetworkPolicy",
        { old: ingress([9092]), new: ingress([9092, { a: 1 }]) },
        'clients-cut-off: connections of kafka: ingress: TCP 9092 anybody → TCP 9092 {"a":1}',
    ],
    [
        "another peer of outgoing connections",
        "update",
        "NetworkPolicy",
        {
            old: policy({ egress: [{ to: [{ a: 1 }], ports: [{ protocol: "UDP", port: 53 }] }] }),
            new: policy({ egress: [{ to: [{ b: 1 }], ports: [{ protocol: "UDP", port: 53 }] }] }),
        },
        'cluster-stops: connections of kafka: egress: UDP 53 {"a":1} → UDP 53 {"b":1}',
    ],
    [
        "outgoing connections of tools in a broker's pod",
        "update",
        "NetworkPolicy",
        { old: toBrokers(9091, 9092), new: toBrokers(9091, 9093) },
    ],
    [
        "outgoing connections of brokers to each other",
        "update",
        "NetworkPolicy",
        { old: toBrokers(9091, 9092), new: toBrokers(9092) },
        `cluster-stops: connections of kafka: egress: TCP 9091 ${JSON.stringify(ofJob("kafka"))} → -`,
    ],
    // Certificates.
    [
        "another name in the brokers' certificate",
        "update",
        "Certificate",
        {
            old: named("kafka-brokers-tls", { spec: { dnsNames: ["a"] } }),
            new: named("kafka-brokers-tls", { spec: { dnsNames: ["a", "b"] } }),
        },
        'nothing: certificate of the brokers: ["a"] → ["a","b"]',
    ],
    [
        "another issuer",
        "update",
        "Certificate",
        {
            old: named("kafka-brokers-tls", { spec: { issuerRef: { name: "a" } } }),
            new: named("kafka-brokers-tls", { spec: { issuerRef: { name: "b" } } }),
        },
        "clients-cut-off: certificate of the brokers: a → b",
    ],
    [
        "a certificate of the brokers that goes",
        "delete",
        "Certificate",
        { old: named("kafka-brokers-tls") },
        "cluster-stops: certificate of the brokers: in the stack → -",
    ],
    [
        "a user's certificate that goes",
        "delete",
        "Certificate",
        { old: named("kafka-user-alice") },
        "nothing: certificate of user alice: in the stack → -",
    ],
    [
        "a new CA of clients",
        "create",
        "Certificate",
        { new: named("kafka-clients-ca") },
        "nothing: CA of clients: - → new",
    ],
    [
        "an issuer that goes",
        "delete",
        "Issuer",
        { old: named("kafka-cluster-ca") },
        "cluster-stops: issuer kafka-cluster-ca: in the stack → -",
    ],
    [
        "given certificates that change",
        "update",
        "Secret",
        {
            old: named("kafka-brokers-tls", { stringData: "[secret]" }),
            new: named("kafka-brokers-tls", { stringData: "[secret]" }),
        },
        "clients-cut-off: certificate of the brokers: one → another",
    ],
    [
        "a certificate that is not Kafka's",
        "delete",
        "Certificate",
        { old: named("other") },
        "not judged: it",
    ],
    // Strimzi.
    [
        "a Kafka resource that is replaced",
        "replace",
        "Kafka",
        { old: kafka({}), new: kafka({}) },
        "cluster-stops: Kafka cluster: in the stack → deleted and made again",
    ],
    [
        "a property that only a restart changes",
        "update",
        "Kafka",
        { old: kafka({ config: {} }), new: kafka({ config: { "log.retention.hours": "200" } }) },
        "rolling-restart: broker property log.retention.hours: - → 200",
    ],
    [
        "a property that Kafka can change while it runs",
        "update",
        "Kafka",
        { old: kafka({ config: {} }), new: kafka({ config: { "log.retention.ms": "700000000" } }) },
        "dynamic: broker property log.retention.ms: - → 700000000",
    ],
    [
        "a higher min ISR, of which nobody is asked",
        "update",
        "Kafka",
        {
            old: kafka({ config: { "min.insync.replicas": "1" } }),
            new: kafka({ config: { "min.insync.replicas": "2" } }),
        },
        "cluster-stops: broker property min.insync.replicas: 1 → 2",
    ],
    [
        "a metadata version that is lowered",
        "update",
        "Kafka",
        { old: kafka({ metadataVersion: "4.3" }), new: kafka({ metadataVersion: "4.2" }) },
        "nothing: metadata version: 4.3 → 4.2",
    ],
    [
        "racks",
        "update",
        "Kafka",
        { old: kafka({}), new: kafka({ rack: { topologyKey: "zone" } }) },
        'rolling-restart: rack of the brokers: - → {"topologyKey":"zone"}',
    ],
    [
        "a listener more",
        "update",
        "Kafka",
        { old: kafka({ listeners: [] }), new: kafka({ listeners: [{ name: "a", port: 9092 }] }) },
        'cluster-opens: listener a: - → {"name":"a","port":9092}',
    ],
    [
        "a listener on another port",
        "update",
        "Kafka",
        {
            old: kafka({ listeners: [{ name: "a", port: 9092 }] }),
            new: kafka({ listeners: [{ name: "a", port: 9093 }] }),
        },
        'clients-cut-off: listener a: {"name":"a","port":9092} → {"name":"a","port":9093}',
    ],
    [
        "other annotations of a listener",
        "update",
        "Kafka",
        {
            old: kafka({ listeners: [{ name: "a", configuration: {} }] }),
            new: kafka({ listeners: [{ name: "a", configuration: { brokers: [] } }] }),
        },
        'rolling-restart: listener a: {"name":"a","configuration":{}} → {"name":"a","configuration":{"brokers":[]}}',
    ],
    [
        "a listener that is not open to everybody any more",
        "update",
        "Kafka",
        {
            old: kafka({ listeners: [{ name: "a" }] }),
            new: kafka({ listeners: [{ name: "a", networkPolicyPeers: [{ b: 1 }] }] }),
        },
        'clients-cut-off: clients of listener a: anybody → {"b":1}',
    ],
    [
        "one more peer of a listener",
        "update",
        "Kafka",
        {
            old: kafka({ listeners: [{ name: "a", networkPolicyPeers: [{ b: 1 }] }] }),
            new: kafka({ listeners: [{ name: "a", networkPolicyPeers: [{ b: 1 }, { c: 1 }] }] }),
        },
        'cluster-opens: clients of listener a: - → {"c":1}',
    ],
    [
        "other roles",
        "update",
        "KafkaNodePool",
        { old: pool({ roles: ["broker"] }), new: pool({ roles: ["broker", "controller"] }) },
        'data-may-be-lost: roles of the brokers: ["broker"] → ["broker","controller"]',
    ],
    [
        "a volume of a pool that would shrink",
        "update",
        "KafkaNodePool",
        { old: volumes({ size: "50Gi" }), new: volumes({ size: "40Gi" }) },
        "nothing: volumes of the brokers: 50Gi → 40Gi",
    ],
    [
        "a pool whose volumes go with it",
        "delete",
        "KafkaNodePool",
        { old: volumes({ deleteClaim: true }) },
        "data-may-be-lost: brokers: 3 → -",
    ],
    [
        "volumes that go with the cluster from now on",
        "update",
        "KafkaNodePool",
        { old: volumes({ deleteClaim: false }), new: volumes({ deleteClaim: true }) },
        "data-may-be-lost: volumes of the brokers: deleted with the cluster: false → true",
    ],
    [
        "the identity of the cluster that goes",
        "delete",
        "KafkaNodePool",
        { old: pool({}, "cluster-id") },
        "data-may-be-lost: identity of the cluster (pool cluster-id): in the stack → -",
    ],
    [
        "a topic that goes and is not kept",
        "delete",
        "KafkaTopic",
        { old: topic({}) },
        "data-may-be-lost: topic orders: in the stack → -",
    ],
    [
        "a topic with fewer partitions",
        "update",
        "KafkaTopic",
        { old: topic({ partitions: 6 }), new: topic({ partitions: 3 }) },
        "nothing: partitions of topic orders: 6 → 3",
    ],
    [
        "other credentials",
        "update",
        "KafkaUser",
        {
            old: named("reader", { spec: { authentication: { type: "tls" } } }),
            new: named("reader", { spec: { authentication: { type: "scram-sha-512" } } }),
        },
        "clients-cut-off: user reader: tls → scram-sha-512",
    ],
    [
        "another operator",
        "update",
        "Release",
        { old: { version: "1.1.0" }, new: { version: "1.2.0" } },
        "rolling-restart: Strimzi operator: version: 1.1.0 → 1.2.0",
    ],
    [
        "a namespace that is not watched any more",
        "update",
        "Release",
        { old: { values: { watchNamespaces: ["a"] } }, new: { values: { watchNamespaces: [] } } },
        'cluster-stops: Strimzi operator: namespaces that it watches: ["a"] → []',
    ],
    [
        "a CRD that goes and is not kept",
        "delete",
        "CustomResourceDefinition",
        { old: { spec: { names: { kind: "Kafka" } } } },
        "data-may-be-lost: CRD of Kafka: in the stack → -",
    ],
    [
        "a provider that takes back what is there",
        "update",
        "Provider",
        { old: {}, new: { upsertExistingObjects: "true", enablePatchForce: "true" } },
    ],
    ["what the stack remembers", "create", "Stash", { new: { input: "prod" } }],
    ["what it remembers now", "update", "Stash", { old: { input: "a" }, new: { input: "b" } }],
    [
        "a provider that is replaced",
        "replace",
        "Provider",
        { old: {}, new: {} },
        "cluster-stops: way to the Kubernetes cluster",
    ],
];

const TOPIC_CONFIGS: readonly (readonly [object, object, string])[] = [
    [{ "retention.ms": "600000000" }, {}, "dynamic"],
    [{ "retention.ms": "700000000" }, {}, "data-may-be-lost"],
    [{ "retention.ms": "1" }, { "retention.ms": "-1" }, "dynamic"],
    [{}, { "retention.bytes": "1000" }, "data-may-be-lost"],
    [{ "min.insync.replicas": "3" }, { "min.insync.replicas": "2" }, "data-may-be-lost"],
    [{ "min.insync.replicas": "1" }, { "min.insync.replicas": "2" }, "dynamic"],
    [{}, { "min.insync.replicas": "1" }, "data-may-be-lost"],
    [{}, { "min.insync.replicas": "2" }, "dynamic"],
    [{}, { "cleanup.policy": "compact" }, "data-may-be-lost"],
    [{ "cleanup.policy": "compact" }, {}, "data-may-be-lost"],
    [{ "cleanup.policy": "compact, delete" }, { "cleanup.policy": "delete" }, "dynamic"],
    [{}, { "unclean.leader.election.enable": "true" }, "data-may-be-lost"],
    [{ "unclean.leader.election.enable": "true" }, {}, "dynamic"],
    [{}, { "max.message.bytes": "10" }, "clients-cut-off"],
    [{}, { "max.message.bytes": "2000000" }, "dynamic"],
];

describe("the judgements", () => {
    for (const [title, op, kind, args, ...findings] of NOT_JUDGED) {
        it(`don't judge ${title}, and say so`, () => {
            assert.deepEqual(findingsOf(op, kind, args), findings);
        });
    }

    for (const [title, op, kind, args, ...findings] of JUDGED) {
        it(`know ${title}`, () => {
            assert.deepEqual(findingsOf(op, kind, args), findings);
        });
    }

    for (const [from, to, severity] of TOPIC_CONFIGS) {
        it(`know a topic from ${JSON.stringify(from)} to ${JSON.stringify(to)}`, () => {
            const [finding, ...others] = findingsOf("update", "KafkaTopic", {
                old: config(from),
                new: config(to),
            });
            assert.equal(finding!.split(":")[0], severity);
            assert.deepEqual(others, []);
        });
    }

    it("know a topic of the Job that leaves partitions and replicas to the brokers", () => {
        const job = (...lines: string[]) => ({
            metadata: { name: "kafka-topics-1" },
            spec: {
                template: {
                    spec: { containers: [{ env: [{ name: "TOPICS", value: lines.join("\n") }] }] },
                },
            },
        });
        const findings = findingsOf("replace", "Job", {
            old: job("topic a - -", "topic b 3 2"),
            new: job("topic a 6 -", "config retention.bytes=5", "topic b - -"),
        });
        assert.deepEqual(findings, [
            "data-may-be-lost: retention.bytes of topic a: brokers' default → 5",
            "data-moves: partitions of topic a: - → 6",
            "nothing: partitions of topic b: 3 → -",
            "nothing: replication factor of topic b: 2 → -",
        ]);
    });
});

describe("a whole preview", () => {
    const pools = (...roles: string[]) =>
        step("same", "KafkaNodePool", { old: pool({ roles }), new: pool({ roles }) });
    const upgrade = step("update", "Kafka", {
        old: kafka({ version: "4.2.0" }),
        new: kafka({ version: "4.3.1" }),
    });

    it("has the number of nodes that restart from the pools that don't change", () => {
        const broker = {
            ...pools("broker", "controller"),
            urn: "urn:pulumi:a::b::kafka-eks:index:c::pool",
        };
        assert.deepEqual(assess(parsePreview(previewOf(upgrade, broker))).restarts, [
            { of: "brokers", count: 3, by: "operator" },
        ]);
    });

    it("says so when it does not show how many nodes restart", () => {
        assert.match(
            verdictOf(assess(parsePreview(previewOf(upgrade)))),
            /all brokers restart .*--show-sames/,
        );
    });

    it("counts what is not judged in the verdict, and puts it first", () => {
        const other = step("delete", "ReplicaSet", { old: named("other") });
        const assessment = assess(parsePreview(previewOf(upgrade, other)));
        assert.match(verdictOf(assessment), /^rolling-restart: .*; 1 change is not judged$/);
        assert.deepEqual(assessment.findings.map(line), [
            "not judged: it",
            "rolling-restart: version of Kafka: 4.2.0 → 4.3.1",
        ]);
    });

    it("is never nothing alone when something is not judged", () => {
        const preview = previewOf(step("delete", "ReplicaSet", { old: named("other") }));
        assert.equal(
            verdictOf(assess(parsePreview(preview))),
            "not judged: this tool does not know what 1 change does to Kafka",
        );
    });
});
