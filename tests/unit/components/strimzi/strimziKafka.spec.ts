import assert from "node:assert/strict";
import { mock } from "node:test";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Listener } from "../../../../components/kafka/listeners";
import { kafkaSpec } from "../../../../components/strimzi/kafkaSpec";
import {
    brokerPoolSpec,
    CLUSTER_ID_POOL_SPEC,
    controllerPoolSpec,
    NodesArgs,
} from "../../../../components/strimzi/nodePools";
import { NODE_IDS } from "../../../../components/strimzi/names";
import { topicResourceName, topicSpec } from "../../../../components/strimzi/topics";
import { StrimziKafka, StrimziKafkaArgs } from "../../../../components/strimzi/strimziKafka";
import type { User } from "../../../../components/kafka/users";
import { AnsweringCluster } from "../../../support/answeringCluster";
import {
    loadBalancerIp,
    register,
    Registrations,
    RunOptions,
    valueOf,
} from "../../../support/mocks";
import { failuresOf } from "../../../support/rejections";

const COMPONENT = "kafka-eks:index:StrimziKafka kafka";
const POOL = "kubernetes:kafka.strimzi.io/v1:KafkaNodePool";
const KAFKA = "kubernetes:kafka.strimzi.io/v1:Kafka kafka-kafka";
const TOPIC = "kubernetes:kafka.strimzi.io/v1:KafkaTopic";
const USER = "kubernetes:kafka.strimzi.io/v1:KafkaUser";

const LABELS = {
    "app.kubernetes.io/name": "kafka",
    "app.kubernetes.io/part-of": "kafka-eks",
    "app.kubernetes.io/managed-by": "pulumi",
};
const CLUSTER_LABELS = { ...LABELS, "strimzi.io/cluster": "kafka" };
const NO_TIMEOUTS = { create: "", update: "", delete: "" };

const INTERNAL: Listener = { name: "internal", port: 9092, type: "internal", tls: false };
const EXTERNAL: Listener = { name: "external", port: 9094, type: "loadBalancer", tls: true };
const NODES: Listener = {
    name: "nodes",
    port: 9095,
    type: "nodePort",
    tls: false,
    advertisedHosts: ["a.example.com", "b.example.com"],
    basePort: 30100,
};

const BROKERS: NodesArgs = {
    replicas: 3,
    storage: { size: "50Gi" },
    resources: { requests: { cpu: "500m", memory: "2Gi" }, limits: { memory: "2Gi" } },
    spread: "preferred",
};
const CONTROLLERS: NodesArgs = { ...BROKERS, replicas: 5, storage: { size: "10Gi" } };
const ORDERS = { name: "Orders_v1", partitions: 6, config: { "retention.ms": "1000" } };
const AUDIT = { name: "audit", replicationFactor: 3, config: {} };
const ALICE: User = {
    name: "alice",
    authentication: { type: "scram-sha-512" },
    acls: [
        { type: "allow", resource: { type: "cluster" }, operations: ["Describe"], host: "*" },
        {
            type: "deny",
            resource: { type: "topic", name: "a", patternType: "prefix" },
            operations: ["All"],
            host: "10.0.0.9",
        },
    ],
    quotas: {},
};

async function create(args: Partial<StrimziKafkaArgs> = {}, run?: RunOptions) {
    const { resources, result } = await register(
        () =>
            new StrimziKafka(
                "kafka",
                {
                    namespace: "streams",
                    clusterDomain: "cluster.local",
                    version: "4.3.1",
                    metadataVersion: "4.2",
                    brokers: BROKERS,
                    controllers: CONTROLLERS,
                    rackAwareness: true,
                    config: { "log.retention.hours": "24" },
                    listeners: [INTERNAL],
                    topics: [],
                    remembered: {},
                    users: [],
                    authorization: false,
                    dataProvider: new k8s.Provider("data"),
                    ...args,
                },
                { provider: new k8s.Provider("cluster") },
            ),
        run,
    );
    return { resources, entries: result.listeners };
}

/** Options of a resource that has no other ones than these. */
function options(dependencies: string[], more: object = {}) {
    return {
        provider: "cluster",
        dependencies,
        ignoreChanges: [],
        retainOnDelete: false,
        deleteBeforeReplace: false,
        protect: false,
        gates: [],
        timeouts: NO_TIMEOUTS,
        ...more,
    };
}

const pool = (role: string) => `${POOL} kafka-${role}-pool`;

describe("StrimziKafka", () => {
    it("has its node pools, the Kafka resource, the listeners, topics and users", async () => {
        const { resources } = await create({ topics: [ORDERS, AUDIT], users: [ALICE] });
        assert.deepEqual(resources.childrenOf(COMPONENT).sort(), [
            "kubernetes:core/v1:ConfigMap kafka-listeners",
            KAFKA,
            pool("broker"),
            pool("cluster-id"),
            pool("controller"),
            `${TOPIC} kafka-topic-Orders_v1`,
            `${TOPIC} kafka-topic-audit`,
            `${USER} kafka-user-alice`,
        ]);
        // With the component itself and the two providers.
        assert.equal(resources.all.length, 8 + 3);
    });

    it("has the min ISR that the namespace remembers, and remembers its own", async () => {
        const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "streams" } };
        for (const [remembered, config, expected] of [
            [{}, {}, "2"],
            [{ minInsyncReplicas: 1 }, {}, "1"],
            [{ minInsyncReplicas: 1 }, { "min.insync.replicas": "2" }, "2"],
        ] as const) {
            const annotated = {
                ...namespace,
                metadata: { ...namespace.metadata, annotations: {} },
            };
            const live = new AnsweringCluster([annotated]);
            const { resources } = await create({ remembered, config, live }, { hooks: true });
            const { spec } = resources.resource(KAFKA).inputs as {
                spec: { kafka: { config: Record<string, string> } };
            };
            assert.equal(spec.kafka.config["min.insync.replicas"], expected);
            assert.deepEqual(live.objects[0]!.metadata!.annotations, {
                "kafka-eks/deployment-type": "strimzi",
                "kafka-eks/replication-factor": "3",
                "kafka-eks/min-insync-replicas": expected,
            });
        }
    });

    it("remembers nothing in a preview", async () => {
        const live = new AnsweringCluster();
        await create({ live }, { preview: true, loadBalancers: true, hooks: true });
        assert.deepEqual(live.done, []);
    });

    it("asks for small topics before its min ISR rises, also where it is made anew", async () => {
        const topic = {
            apiVersion: "kafka.strimzi.io/v1",
            kind: "KafkaTopic",
            metadata: {
                name: "orders",
                namespace: "streams",
                labels: { "strimzi.io/cluster": "kafka" },
            },
            spec: { replicas: 1 },
        };
        const live = new AnsweringCluster([topic]);
        const { resources } = await create(
            {
                live,
                config: { "min.insync.replicas": "2" },
                remembered: { minInsyncReplicas: 1 },
            },
            { hooks: true, preview: true, loadBalancers: true },
        );
        const { inputs, hooks } = resources.resource(KAFKA);
        for (const { callback } of [hooks.beforeCreate[0]!, hooks.beforeUpdate[0]!]) {
            await assert.rejects(
                callback({ newInputs: inputs }),
                /kafka\.config\["min\.insync\.replicas"\]: expected topics of more than 2 replicas, got 1 topic /,
            );
        }
    });

    it("has no pool of controllers where the brokers are the controllers", async () => {
        const { resources } = await create({ controllers: undefined });
        assert.deepEqual(resources.childrenOf(COMPONENT).sort(), [
            "kubernetes:core/v1:ConfigMap kafka-listeners",
            KAFKA,
            pool("broker"),
            pool("cluster-id"),
        ]);
        const { spec } = resources.object("KafkaNodePool", "broker").inputs;
        assert.deepEqual(spec, brokerPoolSpec(BROKERS, false));
    });

    it("gives each pool its nodes", async () => {
        const { resources } = await create();
        for (const [name, spec] of [
            ["cluster-id", CLUSTER_ID_POOL_SPEC],
            ["controller", controllerPoolSpec(CONTROLLERS)],
            ["broker", brokerPoolSpec(BROKERS, true)],
        ] as const) {
            assert.deepEqual(resources.object("KafkaNodePool", name).inputs.spec, spec);
        }
    });

    it("gives each pool with nodes ids of its own", async () => {
        const { resources } = await create();
        for (const [name, ids] of [
            ["cluster-id", undefined],
            ["controller", NODE_IDS.controller],
            ["broker", NODE_IDS.broker],
        ] as const) {
            const { annotations } = resources.object("KafkaNodePool", name).inputs.metadata;
            assert.equal(annotations?.["strimzi.io/next-node-ids"], ids);
        }
    });

    it("labels all objects, and those of the cluster for the operator", async () => {
        const { resources } = await create({ topics: [ORDERS], users: [ALICE] });
        for (const { inputs, key } of resources.objects) {
            const isOfCluster = /^Kafka(NodePool|Topic|User)$/.test(inputs.kind);
            const { labels, namespace } = inputs.metadata;
            assert.deepEqual(labels, isOfCluster ? CLUSTER_LABELS : LABELS, key);
            assert.equal(namespace, "streams", key);
        }
    });

    it("waits for Kafka, topics and users until the operator says that they are ready", async () => {
        const { resources } = await create({ topics: [ORDERS], users: [ALICE] });
        for (const { inputs, key } of resources.objects) {
            const isWaitedFor = /^Kafka(Topic|User)?$/.test(inputs.kind);
            assert.equal(
                inputs.metadata.annotations?.["pulumi.com/waitFor"],
                isWaitedFor ? "condition=Ready" : undefined,
                key,
            );
        }
    });

    it("has a Kafka resource that knows the pools with nodes", async () => {
        const { resources } = await create({ listeners: [INTERNAL, NODES] });
        assert.deepEqual(
            resources.object("Kafka", "kafka").inputs.spec,
            kafkaSpec({
                version: "4.3.1",
                metadataVersion: "4.2",
                brokers: 3,
                listeners: [INTERNAL, NODES],
                authorization: false,
                rackAwareness: true,
                config: { "log.retention.hours": "24" },
                pools: [controllerPoolSpec(CONTROLLERS), brokerPoolSpec(BROKERS, true)],
            }),
        );
    });

    it("has a KafkaTopic and a KafkaUser for each of them", async () => {
        const { resources } = await create({ topics: [ORDERS, AUDIT], users: [ALICE] });
        for (const topic of [ORDERS, AUDIT]) {
            const { inputs } = resources.object("KafkaTopic", topicResourceName(topic.name));
            assert.deepEqual(inputs.spec, topicSpec(topic));
        }
        const { inputs } = resources.object("KafkaUser", "alice");
        assert.deepEqual(inputs.spec, { authentication: { type: "scram-sha-512" } });
        // Otherwise the user waits for its Secret to go, and the operator makes that again.
        assert.equal(
            inputs.metadata.annotations!["pulumi.com/deletionPropagationPolicy"],
            "background",
        );
    });

    it("has permissions and quotas of users where the brokers look at permissions", async () => {
        const quotas = { producerByteRate: 1024, controllerMutationRate: 0.5 };
        const bob: User = { name: "bob", authentication: { type: "tls" }, acls: [], quotas };
        const { resources } = await create({ users: [ALICE, bob], authorization: true });
        assert.deepEqual(resources.object("KafkaUser", "alice").inputs["spec"], {
            authentication: { type: "scram-sha-512" },
            authorization: { type: "simple", acls: ALICE.acls },
        });
        assert.deepEqual(resources.object("KafkaUser", "bob").inputs["spec"], {
            authentication: { type: "tls" },
            quotas,
        });
    });

    it("keeps a configured password in a Secret, and nothing of it in the user's resource", async () => {
        const password = "correct-horse-battery";
        const withPassword = (text: string, namespace = "streams") =>
            create({
                namespace,
                users: [{ ...ALICE, authentication: { type: "scram-sha-512", password: text } }],
            });
        const { resources } = await withPassword(password);
        const secret = resources.object("Secret", "kafka-user-alice");
        assert.deepEqual(secret.inputs["data"], {
            "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
            value: { password: Buffer.from(password).toString("base64") },
        });
        const user = resources.object("KafkaUser", "alice");
        assert.deepEqual(user.inputs["spec"], {
            authentication: {
                type: "scram-sha-512",
                password: {
                    valueFrom: { secretKeyRef: { name: "kafka-user-alice", key: "password" } },
                },
            },
        });
        assert.deepEqual(user.options.dependencies, [KAFKA, secret.key].sort());
        assert.doesNotMatch(JSON.stringify(user.inputs), new RegExp(password));
        const markerOf = async (text: string, namespace?: string) => {
            const { annotations } = (await withPassword(text, namespace)).resources.object(
                "KafkaUser",
                "alice",
            ).inputs.metadata;
            assert.match(annotations!["kafka-eks/password"]!, /^[0-9a-f]{8}$/);
            return annotations!["kafka-eks/password"];
        };
        assert.equal(await markerOf(password), await markerOf(password));
        assert.notEqual(await markerOf("another-password"), await markerOf(password));
        assert.notEqual(await markerOf(password, "other"), await markerOf(password));
    });

    it("creates the pools, then Kafka, then topics and users, and deletes the other way round", async () => {
        const { resources } = await create({ topics: [AUDIT], users: [ALICE] });
        const optionsOf = (key: string) => resources.resource(key).options;
        const entity = { create: "10m", update: "10m", delete: "" };
        const kept = { provider: "data", retainOnDelete: true };
        assert.deepEqual(optionsOf(pool("cluster-id")), options([], kept));
        assert.deepEqual(optionsOf(pool("controller")), options([]));
        assert.deepEqual(
            optionsOf(pool("broker")),
            options([pool("cluster-id"), pool("controller")]),
        );
        assert.deepEqual(
            optionsOf(KAFKA),
            options([pool("broker"), pool("cluster-id"), pool("controller")], {
                // An hour of log recovery and more for each of the eight nodes.
                timeouts: { create: "560m", update: "560m", delete: "30m" },
            }),
        );
        assert.deepEqual(
            optionsOf(`${TOPIC} kafka-topic-audit`),
            options([KAFKA], { ...kept, timeouts: entity }),
        );
        assert.deepEqual(
            optionsOf(`${USER} kafka-user-alice`),
            options([KAFKA], { timeouts: entity }),
        );
    });

    it("waits for fewer nodes where there are no controllers", async () => {
        const { resources } = await create({ controllers: undefined });
        const { dependencies, timeouts } = resources.resource(KAFKA).options;
        assert.deepEqual(dependencies, [pool("broker"), pool("cluster-id")]);
        assert.deepEqual(timeouts, { create: "210m", update: "210m", delete: "30m" });
        const brokers = resources.resource(pool("broker")).options;
        assert.deepEqual(brokers.dependencies, [pool("cluster-id")]);
    });

    it("keeps the topics, and the cluster's id on destroy unless the data is to go", async () => {
        for (const [deleteDataOnDestroy, kept] of [
            [undefined, true],
            [false, true],
            [true, false],
        ] as const) {
            const { resources } = await create({
                deleteDataOnDestroy,
                topics: [AUDIT],
                users: [ALICE],
            });
            const topic = `${TOPIC} kafka-topic-audit`;
            const data = [pool("cluster-id"), topic];
            for (const { key, options: found } of resources.objects) {
                assert.equal(found.retainOnDelete, key === topic || (kept && data.includes(key)));
                assert.equal(found.provider, data.includes(key) ? "data" : "cluster", key);
            }
        }
    });

    it("protects Kafka and its pools, but no topic, where it is asked to", async () => {
        for (const protect of [undefined, false, true]) {
            const { resources } = await create({ protect, topics: [AUDIT], users: [ALICE] });
            const found = resources.all.filter(({ options: { protect: is } }) => is);
            assert.deepEqual(
                found.map(({ key }) => key).sort(),
                protect === true
                    ? [KAFKA, pool("broker"), pool("cluster-id"), pool("controller")]
                    : [],
            );
        }
    });

    describe("warnings of the operator", () => {
        const KEPT = {
            type: "Warning",
            reason: "ScaleDownPreventionCheck",
            message: "Reverting scale-down of KafkaNodePool broker",
        };
        const SMALL = { type: "Warning", reason: "KafkaStorage", message: "too small" };
        let warned: string[];
        let warn: { mock: { restore(): void } };
        beforeEach(() => {
            warned = [];
            warn = mock.method(pulumi.log, "warn", (message: string) => {
                warned.push(message);
                return Promise.resolve();
            });
        });
        afterEach(() => warn.mock.restore());

        it("are passed on, and nothing else that it says", async () => {
            await create({}, { conditions: [{ type: "Ready", reason: "x", message: "y" }, SMALL] });
            assert.deepEqual(warned, ["the operator warns: KafkaStorage: too small"]);
        });

        it("fail where it keeps brokers that were to go", async () => {
            const failures = await failuresOf(create({}, { conditions: [SMALL, KEPT] }));
            assert.match(
                String(failures[0]),
                /brokers that were to go hold replicas, and the operator keeps them: Reverting scale-down of KafkaNodePool broker\. Move/,
            );
        });
    });

    describe("listeners", () => {
        const bootstrap = "kafka-kafka-bootstrap.streams.svc.cluster.local";
        const pods = (port: number) =>
            [0, 1, 2].map(
                (n) => `kafka-broker-${n}.kafka-kafka-brokers.streams.svc.cluster.local:${port}`,
            );
        const INTERNAL_ENTRY = {
            name: "internal",
            type: "internal",
            tls: false,
            bootstrap: `${bootstrap}:9092`,
            brokers: pods(9092),
        };
        const ASSIGNED = {
            name: "external",
            type: "loadBalancer",
            tls: true,
            bootstrap: `${loadBalancerIp("kafka-kafka-external-bootstrap")}:9094`,
            brokers: [],
        };
        const NODES_ENTRY = {
            name: "nodes",
            type: "nodePort",
            tls: false,
            bootstrap: "a.example.com:30100,b.example.com:30100",
            brokers: ["a.example.com:30101", "b.example.com:30102", "a.example.com:30103"],
        };
        const named: Listener = { ...EXTERNAL, domain: "kafka.example.com" };
        const NAMED_ENTRY = {
            ...ASSIGNED,
            bootstrap: "bootstrap.kafka.example.com:9094",
            brokers: [0, 1, 2].map((n) => `broker-${n}.kafka.example.com:9094`),
        };

        for (const [what, listeners, expected] of [
            ["inside the cluster have the names of the pods", [INTERNAL], [INTERNAL_ENTRY]],
            [
                "that are internal share a bootstrap Service",
                [INTERNAL, { ...INTERNAL, name: "more", port: 9096 }],
                [
                    INTERNAL_ENTRY,
                    {
                        ...INTERNAL_ENTRY,
                        name: "more",
                        bootstrap: `${bootstrap}:9096`,
                        brokers: pods(9096),
                    },
                ],
            ],
            ["on node ports have the nodes in turn", [NODES], [NODES_ENTRY]],
            ["with a domain have its names", [named], [NAMED_ENTRY]],
            ["without a domain have what the operator says", [EXTERNAL], [ASSIGNED]],
            [
                "have an address each",
                [{ ...EXTERNAL, name: "other", port: 9097 }, EXTERNAL],
                [
                    {
                        ...ASSIGNED,
                        name: "other",
                        bootstrap: `${loadBalancerIp("kafka-kafka-other-bootstrap")}:9097`,
                    },
                    ASSIGNED,
                ],
            ],
            [
                "have their authentication and keep their order",
                [EXTERNAL, { ...NODES, authentication: { type: "tls" } }, INTERNAL],
                [ASSIGNED, { ...NODES_ENTRY, authentication: { type: "tls" } }, INTERNAL_ENTRY],
            ],
        ] as const) {
            it(what, async () => {
                const { resources, entries } = await create({ listeners });
                assert.deepEqual(await valueOf(entries), expected);
                assert.deepEqual(directoryOf(resources), expected);
            });
        }

        it("are known in a preview, but for what the operator says", async () => {
            const known = await create({ listeners: [INTERNAL, NODES, named] }, { preview: true });
            assert.deepEqual(await valueOf(known.entries), [
                INTERNAL_ENTRY,
                NODES_ENTRY,
                NAMED_ENTRY,
            ]);
            const assigned = await create({ listeners: [INTERNAL, EXTERNAL] }, { preview: true });
            assert.equal(await valueOf(assigned.entries), undefined);
        });

        it("are not known in a preview where the operator has not made one yet", async () => {
            const { entries } = await create(
                { listeners: [INTERNAL, EXTERNAL] },
                { preview: true, loadBalancers: false },
            );
            assert.equal(await valueOf(entries), undefined);
        });

        it("fail where the operator says nothing of one", async () => {
            const failures = await failuresOf(
                create({ listeners: [INTERNAL, EXTERNAL] }, { loadBalancers: false }),
            );
            assert.ok(failures.length > 0);
            for (const failure of failures) {
                assert.match(
                    String(failure),
                    /expected the bootstrap address of listener external in the status of the Kafka resource, found none/,
                );
            }
        });

        function directoryOf(resources: Registrations): unknown {
            const { data } = resources.object("ConfigMap", "kafka-listeners").inputs;
            const files = data as Record<string, string>;
            assert.deepEqual(Object.keys(files), ["listeners.json", "security.json"]);
            return JSON.parse(files["listeners.json"]!);
        }
    });
});
