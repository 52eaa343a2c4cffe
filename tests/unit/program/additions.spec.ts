import assert from "node:assert/strict";
import { changedFields } from "../../../tools/impact/fields";
import { runProgram } from "../../support/mocks";

type Configuration = Readonly<Record<string, unknown>>;

const BASE = { platform: "kubeconfig", topics: [{ name: "orders" }] };
const STATEFULSET = {
    ...BASE,
    kafkaDeploymentType: "statefulset",
    certificates: { source: "none" },
};
const STRIMZI = { ...BASE, kafkaDeploymentType: "strimzi" };

const TOLERATION = { key: "dedicated", operator: "Equal", value: "kafka", effect: "NoSchedule" };
const PULL_SECRETS = [{ name: "registry" }];
const OTHERS = {
    labelSelector: { matchLabels: { "app.kubernetes.io/name": "postgres" } },
    topologyKey: "kubernetes.io/hostname",
};
const FAST = { key: "disk", operator: "In", values: ["fast", "faster"] };
const ENV = [
    { name: "TZ", value: "UTC" },
    { name: "TOKEN", valueFrom: { secretKeyRef: { name: "tokens", key: "kafka" } } },
];

/** Every key of pods, with the same words for both deployment types. */
const PODS = {
    tolerations: [TOLERATION],
    nodeSelector: { pool: "kafka" },
    affinity: {
        nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [{ matchExpressions: [FAST] }],
            },
        },
        podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [OTHERS] },
    },
    imagePullSecrets: PULL_SECRETS,
    priorityClassName: "important",
    podLabels: { team: "data" },
    podAnnotations: { "example.com/scrape": "true" },
    jvmOptions: {
        "-Xms": "512m",
        "-Xmx": "1g",
        "-XX": { UseZGC: "true", MaxGCPauseMillis: 50 },
        javaSystemProperties: [{ name: "file.encoding", value: "UTF-8" }],
    },
    env: ENV,
};
const SERVICES = {
    serviceLabels: { team: "data" },
    serviceAnnotations: { "example.com/owner": "data" },
};

/** Objects by kind and name, without the hashes in names of Jobs. */
async function objectsOf(config: Configuration): Promise<ReadonlyMap<string, Configuration>> {
    const { resources, error } = await runProgram(config);
    assert.equal(error, undefined);
    return new Map(
        resources.objects.map(({ inputs }) => {
            const { kind, metadata } = inputs;
            const name =
                kind === "Job" ? metadata.name.replace(/-[0-9a-f]{8}$/, "") : metadata.name;
            return [`${kind} ${name}`, inputs];
        }),
    );
}

/** What of which object becomes what. */
async function changes(from: Configuration, to: Configuration): Promise<Record<string, unknown>> {
    const [before, after] = [await objectsOf(from), await objectsOf(to)];
    assert.deepEqual([...before.keys()].sort(), [...after.keys()].sort());
    return Object.fromEntries(
        [...before].flatMap(([object, inputs]) =>
            changedFields(inputs, after.get(object))
                // A Job's name follows from its content, and a password is generated.
                .filter(({ path }) => path.join(".") !== "metadata.name" && path[0] !== "data")
                .map(({ path, to: value }) => [`${object}: ${path.join(".")}`, value] as const),
        ),
    );
}

interface JobInputs {
    readonly spec: { readonly template: { readonly spec: { readonly imagePullSecrets: object } } };
}

const BETWEEN_NODES = { requiredDuringSchedulingIgnoredDuringExecution: [OTHERS] };

function nodes(...matchExpressions: object[]): object {
    return {
        requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions }],
        },
    };
}

/** Changed fields of one object. */
function of(object: string, fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(fields).map(([path, value]) => [`${object}: ${path}`, value]),
    );
}

describe("what a stack adds", () => {
    it("to the servers of StatefulSets is all that changes", async () => {
        const added = await changes(STATEFULSET, {
            ...STATEFULSET,
            kafka: { ...PODS, ...SERVICES },
            zookeeper: {
                imagePullSecrets: [{ name: "mirror" }],
                jvmOptions: { "-Xmx": "200m" },
                serviceLabels: { team: "zk" },
            },
        });
        const field = (path: string) => ({ fieldRef: { fieldPath: path } });
        const pod = "spec.template.spec";
        const service = {
            "metadata.annotations.example.com/owner": "data",
            "metadata.labels.team": "data",
        };
        assert.deepEqual(added, {
            ...of("StatefulSet kafka", {
                "spec.template.metadata.labels.team": "data",
                "spec.template.metadata.annotations.example.com/scrape": "true",
                [`${pod}.affinity.nodeAffinity`]: nodes(FAST),
                [`${pod}.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution`]:
                    BETWEEN_NODES.requiredDuringSchedulingIgnoredDuringExecution,
                [`${pod}.tolerations`]: [TOLERATION],
                [`${pod}.nodeSelector`]: { pool: "kafka" },
                [`${pod}.imagePullSecrets`]: PULL_SECRETS,
                [`${pod}.priorityClassName`]: "important",
                // For the server alone, and not for probes and tools in its container.
                [`${pod}.containers.0.command`]: [
                    "env",
                    "KAFKA_JVM_PERFORMANCE_OPTS=-server -XX:MaxGCPauseMillis=50 " +
                        "-XX:InitiatingHeapOccupancyPercent=35 -XX:+ExplicitGCInvokesConcurrent " +
                        "-XX:MaxInlineLevel=15 -XX:+UseZGC -Djava.awt.headless=true -Dfile.encoding=UTF-8",
                    "bash",
                    "/etc/kafka-eks/start-kafka.sh",
                ],
                [`${pod}.containers.0.env`]: [
                    { name: "POD_NAME", valueFrom: field("metadata.name") },
                    {
                        name: "ZONE",
                        valueFrom: field("metadata.labels['topology.kubernetes.io/zone']"),
                    },
                    { name: "SERVICE_DOMAIN", value: "kafka.svc.cluster.local" },
                    { name: "SERVER_HEAP_OPTS", value: "-Xms512m -Xmx1g" },
                    { name: "LOG_DIR", value: "/tmp" },
                    ...ENV,
                ],
            }),
            ...of("StatefulSet zookeeper", {
                [`${pod}.imagePullSecrets`]: [{ name: "mirror" }],
                [`${pod}.containers.0.env.2.value`]: "-Xms200m -Xmx200m",
            }),
            // Jobs have the images of both, and run where the brokers may.
            ...of("Job kafka-topics", {
                [`${pod}.imagePullSecrets`]: [...PULL_SECRETS, { name: "mirror" }],
                [`${pod}.nodeSelector`]: { pool: "kafka" },
                [`${pod}.tolerations`]: [TOLERATION],
            }),
            ...of("Service kafka-bootstrap", service),
            ...of("Service kafka-headless", service),
            ...of("Service kafka-service", service),
            ...of("Service zookeeper", { "metadata.labels.team": "zk" }),
            ...of("Service zookeeper-headless", { "metadata.labels.team": "zk" }),
        });
    });

    it("to the nodes of Strimzi is all that changes", async () => {
        const added = await changes(STRIMZI, {
            ...STRIMZI,
            kafka: { ...PODS, ...SERVICES },
            strimzi: { controllers: { priorityClassName: "important", nodeSelector: { a: "b" } } },
        });
        const pod = "spec.template.pod";
        const metadata = { labels: { team: "data" }, annotations: { "example.com/owner": "data" } };
        // Strimzi's templates know no node selector.
        const selected = { key: "pool", operator: "In", values: ["kafka"] };
        const bootstrap = "spec.kafka.template.bootstrapService.metadata";
        const hash = `${bootstrap}.annotations.kafka-eks/node-pools`;
        const { [`Kafka kafka: ${hash}`]: pools, ...others } = added;
        // So that what is waited for changes together with the pools.
        assert.match(pools as string, /^[0-9a-f]{16}$/);
        assert.deepEqual(others, {
            ...of("KafkaNodePool broker", {
                "spec.jvmOptions.-Xms": "512m",
                "spec.jvmOptions.-Xmx": "1g",
                "spec.jvmOptions.-XX": {
                    MaxGCPauseMillis: "50",
                    InitiatingHeapOccupancyPercent: "35",
                    ExplicitGCInvokesConcurrent: "true",
                    MaxInlineLevel: "15",
                    UseZGC: "true",
                },
                "spec.jvmOptions.javaSystemProperties": [
                    { name: "sun.net.inetaddr.ttl", value: "2" },
                    { name: "sun.net.inetaddr.negative.ttl", value: "1" },
                    { name: "file.encoding", value: "UTF-8" },
                ],
                "spec.template.kafkaContainer.env": ENV,
                "spec.template.perPodService": { metadata },
                [`${pod}.metadata`]: {
                    labels: { team: "data" },
                    annotations: { "example.com/scrape": "true" },
                },
                [`${pod}.affinity.nodeAffinity`]: nodes(selected, FAST),
                [`${pod}.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution`]:
                    BETWEEN_NODES.requiredDuringSchedulingIgnoredDuringExecution,
                [`${pod}.tolerations`]: [TOLERATION],
                [`${pod}.imagePullSecrets`]: PULL_SECRETS,
                [`${pod}.priorityClassName`]: "important",
            }),
            ...of("KafkaNodePool controller", {
                [`${pod}.affinity.nodeAffinity`]: nodes({
                    key: "a",
                    operator: "In",
                    values: ["b"],
                }),
                [`${pod}.priorityClassName`]: "important",
            }),
            ...of("Kafka kafka", {
                [`${bootstrap}.labels`]: metadata.labels,
                [`${bootstrap}.annotations.example.com/owner`]: "data",
                "spec.kafka.template.brokersService": { metadata },
                "spec.kafka.template.externalBootstrapService": { metadata },
                // Its images come from the same registry, and its nodes have the same taints.
                "spec.entityOperator.template.pod": {
                    affinity: { nodeAffinity: nodes(selected) },
                    imagePullSecrets: PULL_SECRETS,
                    tolerations: [TOLERATION],
                },
            }),
        });
    });

    it("in an overlay is merged into Strimzi's resources, and all that changes", async () => {
        const logging = { type: "inline", loggers: { "kafka.root.logger.level": "DEBUG" } };
        const added = await changes(STRIMZI, {
            ...STRIMZI,
            strimzi: {
                overlay: {
                    kafka: {
                        spec: {
                            kafka: { logging },
                            kafkaExporter: {},
                            entityOperator: {
                                topicOperator: { resources: { limits: { memory: "512Mi" } } },
                            },
                        },
                    },
                    brokers: { spec: { template: { pod: { schedulerName: "mine" } } } },
                    controllers: { spec: { template: { pod: { tmpDirSizeLimit: "20Mi" } } } },
                },
            },
        });
        const hash =
            "Kafka kafka: spec.kafka.template.bootstrapService.metadata.annotations.kafka-eks/node-pools";
        assert.match(added[hash] as string, /^[0-9a-f]{16}$/);
        assert.deepEqual(added, {
            [hash]: added[hash],
            ...of("Kafka kafka", {
                "spec.kafka.logging": logging,
                "spec.kafkaExporter": {},
                "spec.entityOperator.topicOperator.resources.limits.memory": "512Mi",
            }),
            ...of("KafkaNodePool broker", { "spec.template.pod.schedulerName": "mine" }),
            ...of("KafkaNodePool controller", { "spec.template.pod.tmpDirSizeLimit": "20Mi" }),
        });
    });

    it("and is empty changes nothing", async () => {
        const none = {
            tolerations: [],
            nodeSelector: {},
            affinity: {},
            imagePullSecrets: [],
            podLabels: {},
            podAnnotations: {},
            jvmOptions: {},
            env: [],
        };
        for (const stack of [STATEFULSET, STRIMZI]) {
            const kafka = { ...none, serviceLabels: {}, serviceAnnotations: {} };
            assert.deepEqual(await changes(stack, { ...stack, kafka }), {});
        }
        const strimzi = { controllers: none, overlay: {} };
        assert.deepEqual(await changes(STRIMZI, { ...STRIMZI, strimzi }), {});
    });

    it("is what the Job of users starts with, too", async () => {
        const authentication = { type: "scram-sha-512" };
        const { resources, error } = await runProgram({
            platform: "kubeconfig",
            kafkaDeploymentType: "statefulset",
            listeners: [{ name: "internal", port: 9092, type: "internal", authentication }],
            users: [{ name: "alice", authentication }],
            kafka: { imagePullSecrets: PULL_SECRETS },
        });
        assert.equal(error, undefined);
        const secrets = resources.objects
            .filter(({ inputs }) => inputs.kind === "Job")
            .map(({ inputs }) => inputs as unknown as JobInputs)
            .map(({ spec }) => spec.template.spec.imagePullSecrets);
        assert.deepEqual(secrets, [PULL_SECRETS]);
    });

    it("comes after what keeps servers to their nodes on EKS", async () => {
        const { resources, error } = await runProgram({
            "aws:region": "eu-west-1",
            kafkaDeploymentType: "statefulset",
            eks: { publicAccessCidrs: [] },
            kafka: { tolerations: [TOLERATION], affinity: PODS.affinity },
        });
        assert.equal(error, undefined);
        const { spec } = resources.object("StatefulSet", "kafka").inputs as unknown as {
            spec: { template: { spec: { affinity: object; tolerations: object[] } } };
        };
        const { affinity, tolerations } = spec.template.spec;
        const [own] = tolerations as [{ key: string; value: string }];
        assert.deepEqual(tolerations, [
            { key: own.key, value: own.value, operator: "Equal", effect: "NoSchedule" },
            TOLERATION,
        ]);
        const servers = { matchLabels: { "app.kubernetes.io/name": "kafka" } };
        assert.deepEqual(affinity, {
            nodeAffinity: nodes({ key: own.key, operator: "In", values: [own.value] }, FAST),
            podAntiAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: [
                    { labelSelector: servers, topologyKey: "kubernetes.io/hostname" },
                    OTHERS,
                ],
            },
        });
    });
});
