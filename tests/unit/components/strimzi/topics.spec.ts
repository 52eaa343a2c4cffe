import assert from "node:assert/strict";
import fc from "fast-check";
import type { Listener } from "../../../components/kafka/listeners";
import { brokerConfig, isOwnedByStrimzi } from "../../../components/strimzi/brokerConfig";
import { kafkaSpec, KafkaSpecArgs } from "../../../components/strimzi/kafkaSpec";
import { strimziListeners } from "../../../components/strimzi/listeners";
import {
    bootstrapServiceName,
    brokerServiceName,
    NODE_IDS,
    nodePod,
} from "../../../components/strimzi/names";
import {
    brokerPoolSpec,
    CLUSTER_ID_POOL_SPEC,
    controllerPoolSpec,
    NodesArgs,
} from "../../../components/strimzi/nodePools";
import {
    operatorValues,
    strimziCrds,
    withoutEmptySchemas,
} from "../../../components/strimzi/operatorChart";
import { topicResourceName, topicSpec } from "../../../components/strimzi/topics";
import {
    DEFAULT_METADATA_LINE,
    DEFAULT_STRIMZI,
    newestKafka,
    STRIMZI_RELEASES,
    StrimziVersion,
} from "../../../components/strimzi/versions";
import { compareVersions } from "../../../components/kafka/versions";

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
const HOSTNAME = "external-dns.alpha.kubernetes.io/hostname";
const SCHEME = { "example.com/scheme": "internal" };

const BROKERS: NodesArgs = {
    replicas: 3,
    storage: { size: "50Gi" },
    resources: { requests: { cpu: "500m", memory: "2Gi" }, limits: { memory: "2Gi" } },
    spread: "preferred",
};

describe("listeners of the Kafka resource", () => {
    const external = { name: "external", port: 9094, type: "loadbalancer", tls: true };
    const brokerName = "broker-{nodeId}.kafka.example.com";
    const named = { ...EXTERNAL, domain: "kafka.example.com" };
    for (const [what, listener, expected] of [
        [
            "inside the cluster have the whole names of the pods",
            INTERNAL,
            {
                name: "internal",
                port: 9092,
                type: "internal",
                tls: false,
                configuration: { useServiceDnsDomain: true },
            },
        ],
        [
            "have their authentication",
            { ...INTERNAL, tls: true, authentication: { type: "tls" } },
            {
                name: "internal",
                port: 9092,
                type: "internal",
                tls: true,
                authentication: { type: "tls" },
                configuration: { useServiceDnsDomain: true },
            },
        ],
        [
            "on load balancers without a domain advertise what the cloud assigns",
            EXTERNAL,
            {
                ...external,
                configuration: { bootstrap: { annotations: {} }, perBrokerAnnotationsTemplate: {} },
            },
        ],
        [
            "on load balancers with a domain advertise and publish its names",
            named,
            {
                ...external,
                configuration: {
                    bootstrap: {
                        alternativeNames: ["bootstrap.kafka.example.com"],
                        annotations: { [HOSTNAME]: "bootstrap.kafka.example.com" },
                    },
                    advertisedHostTemplate: brokerName,
                    perBrokerAnnotationsTemplate: { [HOSTNAME]: brokerName },
                },
            },
        ],
        [
            "name the peers of the operator's network policy",
            { ...EXTERNAL, networkPolicyPeers: [{ namespaceSelector: {} }] },
            {
                ...external,
                networkPolicyPeers: [{ namespaceSelector: {} }],
                configuration: { bootstrap: { annotations: {} }, perBrokerAnnotationsTemplate: {} },
            },
        ],
        [
            "annotate every load balancer, and let in only whom they name",
            { ...EXTERNAL, annotations: SCHEME, sourceRanges: ["10.0.0.0/8", "192.0.2.0/24"] },
            {
                ...external,
                configuration: {
                    bootstrap: { annotations: SCHEME },
                    perBrokerAnnotationsTemplate: SCHEME,
                    loadBalancerSourceRanges: ["10.0.0.0/8", "192.0.2.0/24"],
                },
            },
        ],
        [
            "have annotations beside the names of a domain",
            { ...named, annotations: SCHEME },
            {
                ...external,
                configuration: {
                    bootstrap: {
                        alternativeNames: ["bootstrap.kafka.example.com"],
                        annotations: { [HOSTNAME]: "bootstrap.kafka.example.com", ...SCHEME },
                    },
                    advertisedHostTemplate: brokerName,
                    perBrokerAnnotationsTemplate: { [HOSTNAME]: brokerName, ...SCHEME },
                },
            },
        ],
        [
            "on node ports have a port of their own for each broker, on the hosts in turn",
            NODES,
            {
                name: "nodes",
                port: 9095,
                type: "nodeport",
                tls: false,
                configuration: {
                    bootstrap: {
                        nodePort: 30100,
                        alternativeNames: ["a.example.com", "b.example.com"],
                    },
                    brokers: [
                        { broker: 0, advertisedHost: "a.example.com", nodePort: 30101 },
                        { broker: 1, advertisedHost: "b.example.com", nodePort: 30102 },
                        { broker: 2, advertisedHost: "a.example.com", nodePort: 30103 },
                    ],
                },
            },
        ],
    ] as const satisfies readonly (readonly [string, Listener, object])[]) {
        it(what, () => assert.deepEqual(strimziListeners([listener], 3), [expected]));
    }

    it("keep their order", () => {
        const names = strimziListeners([NODES, INTERNAL, EXTERNAL], 1).map(({ name }) => name);
        assert.deepEqual(names, ["nodes", "internal", "external"]);
    });
});

describe("node pools", () => {
    const container = {
        securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ["ALL"] },
            readOnlyRootFilesystem: false,
            runAsNonRoot: true,
            seccompProfile: { type: "RuntimeDefault" },
        },
    };
    const javaSystemProperties = [
        { name: "sun.net.inetaddr.ttl", value: "2" },
        { name: "sun.net.inetaddr.negative.ttl", value: "1" },
    ];
    const selector = (pool: string) => ({
        labelSelector: {
            matchLabels: { "strimzi.io/cluster": "kafka", "strimzi.io/pool-name": pool },
        },
    });
    const volume = {
        id: 0,
        type: "persistent-claim",
        size: "50Gi",
        deleteClaim: false,
        kraftMetadata: "shared",
    };

    it("of controllers are exactly what their arguments describe", () => {
        const controllers: NodesArgs = {
            replicas: 5,
            storage: { size: "10Gi", storageClass: "gp3" },
            resources: { requests: { cpu: "1", memory: "1Gi" }, limits: { memory: "1Gi" } },
            spread: "required",
        };
        assert.deepEqual(controllerPoolSpec(controllers), {
            replicas: 5,
            roles: ["controller"],
            storage: { type: "jbod", volumes: [{ ...volume, size: "10Gi", class: "gp3" }] },
            resources: controllers.resources,
            jvmOptions: { "-Xms": "512m", "-Xmx": "512m", javaSystemProperties },
            template: {
                pod: {
                    affinity: {
                        podAntiAffinity: {
                            requiredDuringSchedulingIgnoredDuringExecution: [
                                {
                                    ...selector("controller"),
                                    topologyKey: "kubernetes.io/hostname",
                                },
                            ],
                        },
                    },
                    topologySpreadConstraints: [
                        {
                            ...selector("controller"),
                            maxSkew: 1,
                            topologyKey: "topology.kubernetes.io/zone",
                            whenUnsatisfiable: "DoNotSchedule",
                        },
                    ],
                    terminationGracePeriodSeconds: 60,
                },
                kafkaContainer: container,
                initContainer: container,
            },
        });
    });

    it("of brokers are exactly what their arguments describe", () => {
        assert.deepEqual(brokerPoolSpec(BROKERS, true), {
            replicas: 3,
            roles: ["broker"],
            // The cluster's default class.
            storage: { type: "jbod", volumes: [volume] },
            resources: BROKERS.resources,
            jvmOptions: { "-Xms": "1024m", "-Xmx": "1024m", javaSystemProperties },
            template: {
                pod: {
                    affinity: {
                        podAntiAffinity: {
                            preferredDuringSchedulingIgnoredDuringExecution: [
                                {
                                    weight: 100,
                                    podAffinityTerm: {
                                        ...selector("broker"),
                                        topologyKey: "kubernetes.io/hostname",
                                    },
                                },
                            ],
                        },
                    },
                    topologySpreadConstraints: [
                        {
                            ...selector("broker"),
                            maxSkew: 1,
                            topologyKey: "topology.kubernetes.io/zone",
                            whenUnsatisfiable: "ScheduleAnyway",
                        },
                    ],
                    terminationGracePeriodSeconds: 300,
                },
                kafkaContainer: container,
                initContainer: container,
            },
        });
    });

    it("of brokers that are the controllers differ in their roles only", () => {
        assert.deepEqual(brokerPoolSpec(BROKERS, false), {
            ...brokerPoolSpec(BROKERS, true),
            roles: ["broker", "controller"],
        });
    });

    it("give the heap half of the memory limit, up to 6 GiB", () => {
        for (const [memory, heap] of [
            ["1Gi", "512m"],
            ["3G", "1430m"],
            ["12Gi", "6144m"],
            ["64Gi", "6144m"],
        ] as const) {
            const resources = { requests: { cpu: "1", memory: "1Gi" }, limits: { memory } };
            const { jvmOptions } = brokerPoolSpec({ ...BROKERS, resources }, true);
            assert.deepEqual([jvmOptions!["-Xms"], jvmOptions!["-Xmx"]], [heap, heap]);
        }
    });

    it("keep the cluster's id in one that has no nodes and no volumes", () => {
        assert.deepEqual(CLUSTER_ID_POOL_SPEC, {
            replicas: 0,
            roles: ["broker"],
            storage: { type: "ephemeral" },
        });
    });

    it("give out ids that no other pool gives out, for all brokers there may be", () => {
        assert.deepEqual(NODE_IDS, { broker: "[0-899]", controller: "[900-999]" });
    });
});

describe("Kafka resource", () => {
    const args: KafkaSpecArgs = {
        version: "4.3.1",
        metadataVersion: "4.2",
        brokers: 3,
        listeners: [INTERNAL],
        authorization: false,
        rackAwareness: true,
        config: { "log.retention.hours": "24" },
        pools: [controllerPoolSpec({ ...BROKERS, replicas: 5 }), brokerPoolSpec(BROKERS, true)],
    };
    const hashOf = (changed: Partial<KafkaSpecArgs>) =>
        kafkaSpec({ ...args, ...changed }).kafka.template.bootstrapService.metadata.annotations[
            "kafka-eks/node-pools"
        ]!;

    it("is exactly what its arguments describe", () => {
        const securityContext = {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ["ALL"] },
            readOnlyRootFilesystem: false,
            runAsNonRoot: true,
            seccompProfile: { type: "RuntimeDefault" },
        };
        const resources = {
            requests: { cpu: "100m", memory: "384Mi" },
            limits: { memory: "384Mi" },
        };
        assert.deepEqual(kafkaSpec(args), {
            kafka: {
                version: "4.3.1",
                metadataVersion: "4.2",
                listeners: [
                    {
                        name: "internal",
                        port: 9092,
                        type: "internal",
                        tls: false,
                        configuration: { useServiceDnsDomain: true },
                    },
                ],
                config: {
                    "auto.create.topics.enable": "false",
                    "default.replication.factor": "3",
                    "log.retention.hours": "24",
                    "min.insync.replicas": "2",
                    "num.recovery.threads.per.data.dir": "4",
                    "offsets.topic.replication.factor": "3",
                    "transaction.state.log.min.isr": "2",
                    "transaction.state.log.replication.factor": "3",
                    "unclean.leader.election.enable": "false",
                },
                rack: { type: "topology-label", topologyKey: "topology.kubernetes.io/zone" },
                template: {
                    bootstrapService: {
                        metadata: { annotations: { "kafka-eks/node-pools": hashOf({}) } },
                    },
                    podDisruptionBudget: { maxUnavailable: 1 },
                },
            },
            entityOperator: {
                topicOperator: { resources },
                userOperator: { resources },
                template: {
                    topicOperatorContainer: {
                        securityContext,
                        env: [{ name: "STRIMZI_USE_FINALIZERS", value: "false" }],
                    },
                    userOperatorContainer: { securityContext },
                },
            },
        });
    });

    it("looks at permissions where there are any; clients without an identity have all of them only where that is said", () => {
        const authorization = (listener: Listener) =>
            kafkaSpec({ ...args, authorization: true, listeners: [listener] }).kafka.authorization;
        assert.deepEqual(authorization(INTERNAL), { type: "simple" });
        assert.deepEqual(authorization({ ...INTERNAL, allowAnonymous: true }), {
            type: "simple",
            superUsers: ["ANONYMOUS"],
        });
    });

    it("has no racks where they are turned off", () => {
        const { kafka } = kafkaSpec({ ...args, rackAwareness: false });
        assert.equal("rack" in kafka, false);
    });

    it("changes with every node pool", () => {
        const [controllers, brokers] = args.pools;
        const hashes = [
            [controllers!, brokers!],
            [brokers!],
            [controllers!, brokerPoolSpec({ ...BROKERS, replicas: 4 }, true)],
            [controllers!, brokerPoolSpec({ ...BROKERS, storage: { size: "60Gi" } }, true)],
            [controllerPoolSpec({ ...BROKERS, replicas: 3 }), brokers!],
        ].map((pools) => hashOf({ pools }));
        assert.equal(new Set(hashes).size, hashes.length);
        hashes.forEach((hash) => assert.match(hash, /^[0-9a-f]{16}$/));
    });

    it("keeps its word on the node pools when anything else changes", () => {
        for (const changed of [
            {},
            { version: "4.2.0" },
            { metadataVersion: "4.3" },
            { listeners: [INTERNAL, EXTERNAL] },
            { rackAwareness: false },
            { config: {} },
        ]) {
            assert.equal(hashOf(changed), hashOf({}));
        }
    });
});

describe("broker properties of the Kafka resource", () => {
    it("are the user's before the defaults, and the program's before the user's", () => {
        const config = brokerConfig({
            brokers: 5,
            config: {
                "default.replication.factor": "5",
                "num.recovery.threads.per.data.dir": "1",
                "auto.create.topics.enable": "true",
                "unclean.leader.election.enable": "true",
            },
        });
        assert.deepEqual(config, {
            "default.replication.factor": "5",
            // The offsets topic has three copies.
            "min.insync.replicas": "2",
            "offsets.topic.replication.factor": "3",
            "transaction.state.log.replication.factor": "3",
            "transaction.state.log.min.isr": "2",
            "num.recovery.threads.per.data.dir": "1",
            "auto.create.topics.enable": "false",
            "unclean.leader.election.enable": "false",
        });
    });

    it("are the user's to change, but for those that keep messages safe", () => {
        const owned = Object.keys(brokerConfig({ brokers: 3, config: {} })).filter(
            isOwnedByStrimzi,
        );
        assert.deepEqual(owned.sort(), [
            "auto.create.topics.enable",
            "unclean.leader.election.enable",
        ]);
    });
});

describe("names that Strimzi makes", () => {
    it("of pods", () => assert.equal(nodePod("broker", 11), "kafka-broker-11"));

    it("of bootstrap Services: internal listeners share one", () => {
        assert.equal(bootstrapServiceName(INTERNAL), "kafka-kafka-bootstrap");
        assert.equal(bootstrapServiceName({ ...INTERNAL, name: "more" }), "kafka-kafka-bootstrap");
        assert.equal(bootstrapServiceName(EXTERNAL), "kafka-kafka-external-bootstrap");
        assert.equal(bootstrapServiceName(NODES), "kafka-kafka-nodes-bootstrap");
    });

    it("of a broker's Service: the listener external on port 9094 has no part of its own", () => {
        assert.equal(brokerServiceName(EXTERNAL, 2), "kafka-broker-2");
        assert.equal(brokerServiceName({ ...EXTERNAL, port: 9095 }, 2), "kafka-broker-external-2");
        assert.equal(brokerServiceName({ ...EXTERNAL, name: "lb" }, 2), "kafka-broker-lb-2");
        assert.equal(brokerServiceName(NODES, 0), "kafka-broker-nodes-0");
    });
});

describe("topics of Strimzi", () => {
    it("say only what is given", () => {
        assert.deepEqual(topicSpec({ name: "Orders_v1", config: {} }), {
            topicName: "Orders_v1",
            config: {},
        });
        assert.deepEqual(
            topicSpec({
                name: "a",
                partitions: 6,
                replicationFactor: 3,
                config: { "retention.ms": "1000" },
            }),
            { topicName: "a", partitions: 6, replicas: 3, config: { "retention.ms": "1000" } },
        );
    });

    /** What Kubernetes asks of an object's name: a DNS-1123 subdomain. */
    const isObjectName = (name: string) =>
        name.length <= 253 &&
        name.split(".").every((label) => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(label));
    const topicName = fc
        .oneof(
            fc.stringMatching(/^[A-Za-z0-9._-]{1,249}$/),
            fc.stringMatching(/^[Aa._-]{1,4}$/),
            fc.stringMatching(/^[A-Z._-]{230,249}$/),
        )
        .filter((name) => ![".", ".."].includes(name));

    it("have the names of their objects where Kubernetes takes them", () => {
        for (const name of ["orders", "orders.v1", "a-b.c-9", "0", "x".repeat(249)]) {
            assert.equal(topicResourceName(name), name);
        }
        fc.assert(
            fc.property(topicName, (name) =>
                assert.equal(topicResourceName(name) === name, isObjectName(name)),
            ),
        );
    });

    it("have objects with readable names otherwise", () => {
        for (const [name, readable] of [
            ["Orders_v1", "orders-v1"],
            ["_orders", "orders"],
            ["orders_", "orders"],
            ["ORDERS..V1", "orders-v1"],
        ] as const) {
            assert.match(topicResourceName(name), new RegExp(`^${readable}-[0-9a-f]{16}$`));
        }
    });

    it("have objects whose names Kubernetes takes", () => {
        fc.assert(
            fc.property(topicName, (name) => {
                const object = topicResourceName(name);
                assert.ok(isObjectName(object), object);
            }),
            { examples: [["_"], ["-"], ["..."], ["X".repeat(249)], ["_".repeat(249)]] },
        );
    });

    it("have objects of different names", () => {
        const similar = ["Orders_v1", "orders-v1", "ORDERS.V1", "orders_v1", "orders.v1", "_", "-"];
        assert.equal(new Set(similar.map(topicResourceName)).size, similar.length);
        fc.assert(
            fc.property(fc.uniqueArray(topicName), (names) => {
                assert.equal(new Set(names.map(topicResourceName)).size, names.length);
            }),
        );
    });
});

/** The values that the chart of Strimzi 1.2.0 documents and a program might set. */
const DOCUMENTED_VALUES = [
    "replicas",
    "revisionHistoryLimit",
    "watchNamespaces",
    "watchAnyNamespace",
    "defaultImageRegistry",
    "defaultImageRepository",
    "defaultImageTag",
    "fullReconciliationIntervalMs",
    "operationTimeoutMs",
    "leaderElection.enable",
    "podSecurityContext",
    "securityContext",
    "podDisruptionBudget.enabled",
    "podDisruptionBudget.minAvailable",
    "podDisruptionBudget.maxUnavailable",
    "podDisruptionBudget.unhealthyPodEvictionPolicy",
    "extraEnvs",
    "resources.limits.memory",
    "resources.limits.cpu",
    "resources.requests.memory",
    "resources.requests.cpu",
    "priorityClassName",
    "featureGates",
    "tolerations",
    "topologySpreadConstraints",
    "affinity",
    "annotations",
    "labels",
    "nodeSelector",
    "createGlobalResources",
    "createAggregateRoles",
    "logLevel",
    "generateNetworkPolicy",
    "dashboards.enabled",
];

/** Names of all values in the chart's notation. */
function valueNames(values: object, prefix = ""): string[] {
    return Object.entries(values).flatMap(([key, value]: [string, unknown]) => {
        const name = prefix + key;
        const isLeaf =
            DOCUMENTED_VALUES.includes(name) || typeof value !== "object" || value === null;
        return isLeaf ? [name] : valueNames(value, `${name}.`);
    });
}

describe("operator", () => {
    const values = operatorValues({
        resources: {
            requests: { cpu: "200m", memory: "512Mi" },
            limits: { cpu: "1", memory: "512Mi" },
        },
        watchNamespaces: ["team-a"],
    });

    it("runs twice with its resources, and watches the namespaces beside its own", () => {
        assert.deepEqual(values, {
            watchNamespaces: ["team-a"],
            resources: {
                requests: { cpu: "200m", memory: "512Mi" },
                limits: { cpu: "1", memory: "512Mi" },
            },
            securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { drop: ["ALL"] },
                runAsNonRoot: true,
                seccompProfile: { type: "RuntimeDefault" },
            },
            podDisruptionBudget: { enabled: true },
            replicas: 2,
            affinity: {
                podAntiAffinity: {
                    preferredDuringSchedulingIgnoredDuringExecution: [
                        {
                            weight: 100,
                            podAffinityTerm: {
                                labelSelector: {
                                    matchLabels: { "strimzi.io/kind": "cluster-operator" },
                                },
                                topologyKey: "kubernetes.io/hostname",
                            },
                        },
                    ],
                },
            },
        });
    });

    it("gets values that its chart documents", () => {
        const unknown = valueNames(values).filter((name) => !DOCUMENTED_VALUES.includes(name));
        assert.deepEqual(unknown, []);
    });

    it("has CRDs without what the API server drops, and with all the rest", () => {
        const crd = (status: object) => ({
            kind: "CustomResourceDefinition",
            metadata: { labels: {} },
            spec: { versions: [{ schema: { properties: { spec: { type: "object" }, status } } }] },
        });
        assert.deepEqual(
            withoutEmptySchemas(crd({ type: "object", properties: {} })),
            crd({ type: "object" }),
        );
    });

    it("has the CRDs of its release", () => {
        assert.equal(
            strimziCrds("1.1.0"),
            "https://github.com/strimzi/strimzi-kafka-operator/releases/download/1.1.0/strimzi-crds-1.1.0.yaml",
        );
    });

    it("runs Kafka versions in their order, each with the default metadata version", () => {
        for (const [release, { kafka }] of Object.entries(STRIMZI_RELEASES)) {
            const sorted = [...kafka].sort(compareVersions);
            assert.deepEqual(kafka, sorted);
            assert.equal(newestKafka(release as StrimziVersion), sorted.at(-1));
            assert.ok(compareVersions(DEFAULT_METADATA_LINE, sorted[0]!) <= 0);
        }
    });

    it("is the newest release by default", () => {
        const newest = Object.keys(STRIMZI_RELEASES).sort(compareVersions).at(-1);
        assert.equal(DEFAULT_STRIMZI, newest);
    });
});
