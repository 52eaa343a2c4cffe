import assert from "node:assert/strict";
import { assess } from "../../../../tools/impact/assess";
import { parsePreview } from "../../../../tools/impact/preview";
import { findingsOf, previewOf, step, type TYPES } from "./changes";

type Case = readonly [
    title: string,
    kind: keyof typeof TYPES,
    before: object,
    after: object,
    ...findings: string[],
];

const set = (template: object) => ({
    metadata: { name: "kafka" },
    spec: { replicas: 3, template },
});
const pool = (template: object, more: object = {}) => ({
    metadata: { name: "broker" },
    spec: { replicas: 3, template, ...more },
});
const kafka = (brokers: object, more: object = {}) => ({
    metadata: { name: "kafka" },
    spec: { kafka: brokers, ...more },
});
const service = (metadata: object) => ({ metadata: { name: "kafka-service", ...metadata } });

const balanced = (metadata: object) => ({ ...service(metadata), spec: { type: "LoadBalancer" } });
const AZURE = "service.beta.kubernetes.io/azure-load-balancer-internal";

const CASES: readonly Case[] = [
    [
        "a label of a StatefulSet's pods restarts them",
        "StatefulSet",
        set({ metadata: { labels: { a: "1" } } }),
        set({ metadata: { labels: { a: "2" } } }),
        "rolling-restart: brokers: metadata.labels.a: 1 → 2",
    ],
    [
        "so do tolerations, and options of the JVM",
        "StatefulSet",
        set({ spec: { containers: [{ command: ["bash", "x"] }] } }),
        set({
            spec: { containers: [{ command: ["env", "Y", "bash"] }], tolerations: [{ key: "a" }] },
        }),
        'rolling-restart: brokers: command: ["bash","x"] → ["env","Y","bash"]',
        'rolling-restart: brokers: spec.tolerations: - → [{"key":"a"}]',
    ],
    [
        "a label of a pool's pods restarts them",
        "KafkaNodePool",
        pool({ pod: { metadata: { labels: { a: "1" } } } }),
        pool({ pod: { metadata: { labels: { a: "2" } } } }),
        "rolling-restart: brokers: template.pod.metadata.labels.a: 1 → 2",
    ],
    [
        "so do variables, and options of the JVM",
        "KafkaNodePool",
        pool({ kafkaContainer: {} }, { jvmOptions: {} }),
        pool({ kafkaContainer: { env: [] } }, { jvmOptions: { "-Xmx": "1g" } }),
        "rolling-restart: brokers: template.kafkaContainer.env: - → []",
        "rolling-restart: brokers: jvmOptions.-Xmx: - → 1g",
    ],
    [
        "labels and annotations of a pool's Services and claims restart nothing",
        "KafkaNodePool",
        pool({}),
        pool({ perPodService: { metadata: {} }, persistentVolumeClaim: { metadata: {} } }),
    ],
    [
        "nor do those of Services of the Kafka resource",
        "Kafka",
        kafka({ template: { bootstrapService: {} } }),
        kafka({
            template: {
                bootstrapService: { metadata: {} },
                brokersService: { metadata: {} },
                externalBootstrapService: { metadata: {} },
            },
        }),
    ],
    [
        "labels and annotations of a Service are worth no line",
        "Service",
        service({ annotations: { "example.com/owner": "a" } }),
        service({ annotations: { "example.com/team": "b" }, labels: { team: "b" } }),
    ],
    [
        "but what a load balancer's controller may read is not judged",
        "Service",
        balanced({}),
        balanced({ annotations: { "metallb.io/address-pool": "a" } }),
        "not judged: bootstrap address kafka-service: metadata.annotations.metallb.io/address-pool: - → a",
    ],
    [
        "nor is one that reads Services with a load balancer only, of another Service",
        "Service",
        service({ annotations: { [AZURE]: "true" } }),
        service({
            annotations: {
                [AZURE]: "false",
                "metallb.io/address-pool": "a",
                "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
            },
        }),
    ],
    [
        "the operator's pods restart alone",
        "Kafka",
        kafka({}, { entityOperator: { template: {} } }),
        kafka({}, { entityOperator: { template: { pod: { tolerations: [] } } } }),
        'dynamic: operators of topics and users: - → {"tolerations":[]}',
    ],
    [
        "what an overlay adds to all nodes restarts them",
        "Kafka",
        kafka({}),
        kafka({
            metricsConfig: { type: "x" },
            jmxOptions: {},
            livenessProbe: {},
            readinessProbe: {},
            brokerRackInitImage: "i:1",
            tieredStorage: {},
        }),
        'rolling-restart: metrics: - → {"type":"x"}',
        "rolling-restart: JMX: - → {}",
        "rolling-restart: liveness probe: - → {}",
        "rolling-restart: readiness probe: - → {}",
        "rolling-restart: image of the init container: - → i:1",
        "rolling-restart: tiered storage: - → {}",
    ],
    [
        "and so do other rules for CAs",
        "Kafka",
        kafka({}),
        kafka({}, { clusterCa: { renewalDays: 9 }, clientsCa: {} }),
        'rolling-restart: CA of the cluster: - → {"renewalDays":9}',
        "rolling-restart: CA of the clients: - → {}",
    ],
    [
        "Cruise Control restarts brokers when it comes",
        "Kafka",
        kafka({}),
        kafka({}, { cruiseControl: {} }),
        "rolling-restart: Cruise Control: - → {}",
    ],
    [
        "but not when it changes",
        "Kafka",
        kafka({}, { cruiseControl: { config: { a: 1 } } }),
        kafka({}, { cruiseControl: { config: { a: 2 }, logging: {} } }),
        "dynamic: Cruise Control: 1 → 2",
        "dynamic: Cruise Control: - → {}",
    ],
    [
        "other parts of an overlay restart no node",
        "Kafka",
        kafka({}),
        kafka({ logging: {} }, { kafkaExporter: {}, maintenanceTimeWindows: ["* * * * * ?"] }),
        "dynamic: log levels: - → {}",
        "dynamic: Kafka Exporter: - → {}",
        'nothing: maintenance windows: - → ["* * * * * ?"]',
    ],
    [
        "a template of something else is not judged",
        "Kafka",
        kafka({ template: { podDisruptionBudget: {} } }),
        kafka({ template: { podDisruptionBudget: { maxUnavailable: 2 } } }),
        "not judged: Kafka cluster: spec.kafka.template.podDisruptionBudget.maxUnavailable: - → 2",
    ],
];

describe("judgements of what a stack adds", () => {
    for (const [title, kind, before, after, ...findings] of CASES) {
        it(title, () => {
            const found = findingsOf("update", kind, { old: before, new: after });
            assert.deepEqual([...found].sort(), [...findings].sort());
        });
    }

    it("count the nodes that an overlay restarts", () => {
        const state = pool({}, { roles: ["broker", "controller"] });
        const preview = previewOf(
            step("update", "Kafka", { old: kafka({}), new: kafka({ jmxOptions: {} }) }),
            step("same", "KafkaNodePool", { old: state, new: state, name: "pool" }),
        );
        assert.deepEqual(assess(parsePreview(preview)).restarts, [
            { of: "brokers", count: 3, by: "operator" },
        ]);
    });
});
