import assert from "node:assert/strict";
import { itMakesGoodPods } from "../../support/goodPods";
import { matchesGolden } from "../../support/golden";
import {
    loadBalancerIp,
    ProgramRun,
    Recorded,
    type RunOptions,
    runProgram,
} from "../../support/mocks";

const STRIMZI = { platform: "kubeconfig" };
const DEFAULTS = { platform: "kubeconfig", kafkaDeploymentType: "statefulset" };
const INTERNAL = { name: "internal", port: 9092, type: "internal" };
const EXTERNAL = { name: "external", port: 9094, type: "loadBalancer" };
const NAMED = { ...EXTERNAL, name: "named", port: 9095, domain: "kafka.example.com" };
const NODES = {
    name: "nodes",
    port: 9096,
    type: "nodePort",
    advertisedHosts: ["node.example.com"],
    basePort: 30100,
};

/** The network policy that refuses whatever no other one allows. */
const DENYING = "kubernetes:networking.k8s.io/v1:NetworkPolicy kafka-default-deny-network-policy";

type Configuration = Readonly<Record<string, unknown>>;

/** Configurations of StatefulSets: all kinds of listeners and several sizes. */
const STATEFULSET_PROGRAMS: Readonly<Record<string, Configuration>> = {
    "the default configuration of StatefulSets": DEFAULTS,
    "load balancers": { ...DEFAULTS, listeners: [INTERNAL, EXTERNAL] },
    "every kind of listener": { ...DEFAULTS, listeners: [INTERNAL, NODES, NAMED, EXTERNAL] },
    "topics of StatefulSets": {
        ...DEFAULTS,
        topics: [{ name: "orders", partitions: 6 }, { name: "Audit_v1" }],
    },
    "users of StatefulSets": {
        ...DEFAULTS,
        listeners: [
            { ...INTERNAL, authentication: { type: "scram-sha-512" } },
            { ...EXTERNAL, authentication: { type: "tls" } },
        ],
        users: [
            { name: "alice", authentication: { type: "scram-sha-512" } },
            { name: "bob", authentication: { type: "tls" }, quotas: { consumerByteRate: 1 } },
        ],
    },
    "one broker in another namespace": {
        ...DEFAULTS,
        namespace: "streams",
        kafka: { replicas: 1, rackAwareness: false, spread: "required" },
        zookeeper: { replicas: 1 },
    },
};

/** A small Kafka: one broker, which is the controller. */
const STRIMZI_DEV = {
    ...STRIMZI,
    kafka: {
        replicas: 1,
        storage: { size: "2Gi" },
        resources: { requests: { cpu: "100m", memory: "1Gi" } },
    },
    strimzi: { dualRole: true },
};

const PASSWORD = "correct-horse-battery";

const LARGE_BROKERS = {
    replicas: 4,
    storage: { size: "1Ti", storageClass: "gp3" },
    resources: { requests: { cpu: "2", memory: "16Gi" }, limits: { cpu: "4" } },
    spread: "required",
    config: { "log.retention.hours": 72 },
};

const TOPICS = [
    {
        name: "orders",
        partitions: 12,
        replicationFactor: 3,
        config: { "retention.ms": 604_800_000, "min.insync.replicas": 2 },
    },
    { name: "Audit_v1" },
];

const USERS = [
    {
        name: "alice",
        authentication: { type: "scram-sha-512", password: PASSWORD },
        acls: [
            {
                resource: { type: "topic", name: "orders" },
                operations: ["Read", "Describe"],
            },
            {
                type: "deny",
                resource: { type: "group", name: "app-", patternType: "prefix" },
                operations: ["All"],
                host: "192.0.2.9",
            },
        ],
        quotas: { producerByteRate: 1_048_576 },
    },
    { name: "bob.example.com", authentication: { type: "scram-sha-512" } },
];

/** A Kafka with everything: controllers of their own, clients from outside with passwords, topics and users. */
const STRIMZI_PROD = {
    ...STRIMZI,
    namespace: "streams",
    kubernetesVersion: "1.35",
    kafka: { ...LARGE_BROKERS, version: "4.3.1", metadataVersion: "4.3" },
    strimzi: {
        watchNamespaces: ["team-a"],
        controllers: { replicas: 5, storage: { size: "20Gi", storageClass: "gp3" } },
    },
    listeners: [
        { ...INTERNAL, allowAnonymous: true },
        {
            ...EXTERNAL,
            tls: true,
            authentication: { type: "scram-sha-512" },
            domain: "kafka.example.com",
            annotations: { "example.com/scheme": "internet-facing" },
            sourceRanges: ["192.0.2.0/24"],
        },
    ],
    topics: TOPICS,
    users: USERS,
};

/** Small StatefulSets: one broker and one member, nothing encrypted, and ZooKeeper on its way to authentication. */
const STATEFULSET_DEV = {
    ...DEFAULTS,
    certificates: { source: "none" },
    kafka: { replicas: 1, rackAwareness: false },
    zookeeper: { replicas: 1, authentication: "optional" },
    topics: [{ name: "orders" }],
};

/** StatefulSets with everything: every kind of listener, a CA of somebody else, topics, and users of both types. */
const STATEFULSET_PROD = {
    ...DEFAULTS,
    namespace: "streams",
    kubernetesVersion: "1.35",
    certificates: {
        installCertManager: false,
        issuer: { name: "company", kind: "ClusterIssuer" },
    },
    kafka: LARGE_BROKERS,
    zookeeper: { replicas: 5, storage: { size: "50Gi", storageClass: "gp3" }, spread: "required" },
    listeners: [
        { ...INTERNAL, allowAnonymous: true, networkPolicyPeers: [{ podSelector: {} }] },
        { ...INTERNAL, name: "scram", port: 9097, authentication: { type: "scram-sha-512" } },
        { ...EXTERNAL, authentication: { type: "tls" } },
        { ...NODES, authentication: { type: "scram-sha-512" } },
        {
            ...NAMED,
            authentication: { type: "tls" },
            annotations: { "example.com/scheme": "internet-facing" },
            sourceRanges: ["192.0.2.0/24"],
        },
    ],
    topics: TOPICS,
    users: [
        ...USERS,
        { name: "carol", authentication: { type: "tls" }, quotas: { requestPercentage: 50 } },
    ],
};

/** Configurations of Strimzi: all kinds of listeners, several sizes, with and without an operator of their own. */
const STRIMZI_PROGRAMS: Readonly<Record<string, Configuration>> = {
    "the default configuration": STRIMZI,
    "a small Strimzi": STRIMZI_DEV,
    "a large Strimzi": STRIMZI_PROD,
    "an operator that is there": { ...STRIMZI, strimzi: { installOperator: false } },
    "every kind of listener of Strimzi": {
        ...STRIMZI,
        listeners: [INTERNAL, NODES, NAMED, EXTERNAL],
    },
};

const ALICE = { name: "alice", authentication: { type: "scram-sha-512", password: PASSWORD } };
const SCRAM = { listeners: [{ ...INTERNAL, authentication: { type: "scram-sha-512" } }] };

/** A user with a configured password. */
const WITH_PASSWORD: Readonly<Record<string, Configuration>> = {
    statefulset: { ...DEFAULTS, ...SCRAM, users: [ALICE] },
    strimzi: { ...STRIMZI, ...SCRAM, users: [ALICE] },
};

/** Tells whether the password is somewhere in a value, as it is or as a Secret has it. */
function holds(value: unknown): boolean {
    const text = JSON.stringify(value) ?? "";
    return [PASSWORD, Buffer.from(PASSWORD).toString("base64")].some((one) => text.includes(one));
}

const GOLDEN_FILES: Readonly<Record<string, Configuration>> = {
    statefulset: DEFAULTS,
    "statefulset-dev": STATEFULSET_DEV,
    "statefulset-prod": STATEFULSET_PROD,
    "strimzi-dev": STRIMZI_DEV,
    "strimzi-listeners": STRIMZI_PROGRAMS["every kind of listener of Strimzi"]!,
    "strimzi-prod": STRIMZI_PROD,
};

/** All that a cluster gets to see: objects, and the charts and files that objects are made of. */
function sentToKubernetes({ resources }: ProgramRun): readonly Recorded[] {
    return resources.all.filter(({ type }) => type.startsWith("kubernetes:"));
}

interface Secret {
    readonly value: Readonly<Record<string, string>>;
}

/** Its order is not that of registration, which depends on which promise is resolved first. */
function golden(run: ProgramRun): unknown[] {
    const sorted = sentToKubernetes(run).map(({ type, inputs }) => {
        const { kind, metadata } = inputs as { kind?: string; metadata?: { name: string } };
        return { place: `${kind ?? type} ${metadata?.name ?? ""}`, inputs };
    });
    sorted.sort((a, b) => (a.place < b.place ? -1 : 1));
    return sorted.map(({ inputs }) => {
        if (inputs["kind"] === "Secret") {
            // Generated, and so another one each time; marked as a secret on its way to the engine.
            return { ...inputs, data: Object.keys((inputs["data"] as Secret).value) };
        }
        const { binaryData } = inputs;
        // The object's name follows from what is in them.
        return binaryData ? { ...inputs, binaryData: Object.keys(binaryData) } : inputs;
    });
}

describe("program", () => {
    for (const [name, config] of Object.entries(GOLDEN_FILES)) {
        it(`registers the objects of the golden file ${name}`, async () => {
            const run = await runProgram(config);
            assert.equal(run.error, undefined);
            await matchesGolden(name, golden(run));
        });
    }

    it("names everything inside a cluster by its domain", async () => {
        for (const config of [STATEFULSET_PROD, STRIMZI_PROD]) {
            const run = await runProgram({ ...config, clusterDomain: "corp.example" });
            assert.equal(run.error, undefined);
            const text = JSON.stringify([golden(run), run.outputs]);
            assert.ok(!text.includes("cluster.local"));
            assert.ok(text.includes(".streams.svc.corp.example"));
        }
    });

    it("makes two providers from the kubeconfig that take back what is there", async () => {
        const config = { ...DEFAULTS, kubeconfig: "./kubeconfig", kubeContext: "staging" };
        const { resources } = await runProgram(config);
        for (const name of ["cluster", "data"]) {
            assert.deepEqual(resources.resource(`pulumi:providers:kubernetes ${name}`).inputs, {
                kubeconfig: "./kubeconfig",
                context: "staging",
                clusterIdentifier: "test",
                enableConfigMapMutable: "true",
                upsertExistingObjects: "true",
                // Pulumi changes what it took over under another name than before.
                enablePatchForce: "true",
            });
        }
    });

    it("remembers what project and stack were called, and heeds no other name", async () => {
        const { options, inputs } = (await runProgram(STRIMZI)).resources.resource(
            "pulumi:index:Stash first-name",
        );
        assert.deepEqual(inputs, { input: { project: "kafka-eks", stack: "test" } });
        assert.deepEqual(options.ignoreChanges, ["input"]);
    });

    for (const [what, config] of [
        ["StatefulSets", DEFAULTS],
        ["Strimzi", STRIMZI],
    ] as const) {
        it(`is the same after a rename of a stack with ${what}`, async () => {
            const registered = async (options?: RunOptions) =>
                (await runProgram(config, options)).resources.all
                    // A Secret has another generated password each time.
                    .filter(({ type }) => !/:Stash$|:Secret$/.test(type))
                    .map(({ key, inputs }) => ({ key, inputs }));
            assert.deepEqual(
                await registered({
                    stack: "renamed",
                    remembered: { "first-name": { project: "kafka-eks", stack: "test" } },
                }),
                await registered(),
            );
        });
    }

    describe("has two providers and at the top", () => {
        const namespace = "kafka-eks:index:KafkaNamespace kafka";
        const policies = "kafka-eks:index:KafkaNetworkPolicies kafka";
        const statefulSets = [
            "kafka-eks:index:CertManager cert-manager",
            "kafka-eks:index:KafkaCertificates kafka",
            "kafka-eks:index:AdminTool kafka",
            "kafka-eks:index:KafkaCluster kafka",
            namespace,
            policies,
            "kafka-eks:index:KafkaServices kafka",
            "kafka-eks:index:ZookeeperEnsemble zookeeper",
        ];
        const kafka = "kafka-eks:index:StrimziKafka kafka";
        for (const [what, config, components] of [
            ["the components of StatefulSets", DEFAULTS, statefulSets],
            [
                "the topics of StatefulSets only where there are any",
                STATEFULSET_PROGRAMS["topics of StatefulSets"]!,
                [...statefulSets, "kafka-eks:index:KafkaTopics kafka"],
            ],
            [
                "no cert-manager where it is there already",
                { ...DEFAULTS, certificates: { installCertManager: false } },
                statefulSets.slice(1),
            ],
            [
                "nothing of certificates where there are none",
                { ...DEFAULTS, certificates: { source: "none" } },
                statefulSets.slice(2),
            ],
            [
                "the operator and its Kafka",
                STRIMZI,
                [namespace, policies, kafka, "kafka-eks:index:StrimziOperator strimzi"],
            ],
            [
                "no network policies where there are to be none",
                { ...DEFAULTS, networkPolicies: false },
                statefulSets.filter((component) => component !== policies),
            ],
            [
                "no operator where it is there already, and no policies for its pods",
                STRIMZI_PROGRAMS["an operator that is there"]!,
                [namespace, kafka],
            ],
        ] as const) {
            it(what, async () => {
                const { resources } = await runProgram(config);
                assert.deepEqual(
                    resources.childrenOf(undefined).sort(),
                    [
                        ...components,
                        "pulumi:index:Stash first-name",
                        "pulumi:providers:kubernetes cluster",
                        "pulumi:providers:kubernetes data",
                    ].sort(),
                );
            });
        }
    });

    it("registers nothing where a given certificate can't be used", async () => {
        const { resources, error } = await runProgram({
            ...DEFAULTS,
            certificates: {
                source: "files",
                certificateFile: "/nowhere/brokers.crt",
                keyFile: "/nowhere/brokers.key",
                caFile: "/nowhere/ca.crt",
            },
        });
        assert.match(
            String(error),
            /certificates\.certificateFile: \/nowhere\/brokers\.crt: can't be read/,
        );
        assert.deepEqual(resources.all, []);
    });

    it("creates ZooKeeper and the Services in a closed namespace, and then the brokers", async () => {
        const { resources } = await runProgram(DEFAULTS);
        const dependencies = (component: string) =>
            resources.resource(`kafka-eks:index:${component}`).options.dependencies;
        const namespace = "kubernetes:core/v1:Namespace kafka-namespace";
        assert.ok(dependencies("ZookeeperEnsemble zookeeper").includes(namespace));
        assert.ok(dependencies("KafkaServices kafka").includes(namespace));
        assert.ok(dependencies("ZookeeperEnsemble zookeeper").includes(DENYING));
        assert.ok(dependencies("KafkaServices kafka").includes(DENYING));
        const before = dependencies("KafkaCluster kafka");
        assert.ok(before.includes("kubernetes:apps/v1:StatefulSet zookeeper-members-statefulset"));
        assert.ok(before.includes("kubernetes:core/v1:Service kafka-headless"));
        const certificate = "kubernetes:cert-manager.io/v1:Certificate kafka-brokers-certificate";
        assert.ok(before.includes(certificate));
        assert.ok(dependencies("KafkaCertificates kafka").includes(namespace));
    });

    it("restarts no broker when other clients are let in", async () => {
        const statefulSet = async (listener: object) => {
            const { resources } = await runProgram({ ...DEFAULTS, listeners: [listener] });
            return resources.object("StatefulSet", "kafka").inputs;
        };
        const networkPolicyPeers = [{ podSelector: {} }];
        assert.deepEqual(
            await statefulSet({ ...INTERNAL, networkPolicyPeers }),
            await statefulSet(INTERNAL),
        );
    });

    it("creates topics of StatefulSets after the brokers", async () => {
        const { resources } = await runProgram(STATEFULSET_PROGRAMS["topics of StatefulSets"]!);
        const { dependencies } = resources.resource("kafka-eks:index:KafkaTopics kafka").options;
        const brokers = "kubernetes:apps/v1:StatefulSet kafka-brokers-statefulset";
        assert.ok(dependencies.includes(brokers));
    });

    it("creates users of StatefulSets after the brokers", async () => {
        const { resources } = await runProgram(WITH_PASSWORD.statefulset!);
        const { dependencies } = resources.resource("kafka-eks:index:KafkaUsers kafka").options;
        assert.ok(
            dependencies.includes("kubernetes:apps/v1:StatefulSet kafka-brokers-statefulset"),
        );
    });

    for (const [type, config] of Object.entries(WITH_PASSWORD)) {
        it(`keeps a configured password in its Secret and nowhere else, with ${type}`, async () => {
            const { resources, outputs, error } = await runProgram(config);
            assert.equal(error, undefined);
            // Of components, too: what they are given is in the state.
            const holders = resources.all.filter(({ inputs }) => holds(inputs));
            assert.deepEqual(
                holders.map(({ inputs }) => inputs.metadata),
                [resources.object("Secret", "kafka-user-alice").inputs.metadata],
            );
            assert.ok(!holds({ ...holders[0]!.inputs, data: undefined }));
            assert.ok(!holds(outputs));
        });
    }

    it("creates the operator in the namespace, and then what it runs", async () => {
        const { resources } = await runProgram(STRIMZI);
        const dependencies = (component: string) =>
            resources.resource(`kafka-eks:index:${component}`).options.dependencies;
        const namespace = "kubernetes:core/v1:Namespace kafka-namespace";
        assert.deepEqual(dependencies("StrimziOperator strimzi"), [namespace, DENYING]);
        assert.deepEqual(dependencies("StrimziKafka kafka"), [
            "kubernetes:helm.sh/v3:Release strimzi-release",
            "kubernetes:yaml/v2:ConfigFile strimzi-crds",
        ]);
    });

    it("creates what a present operator runs in the namespace", async () => {
        const { resources } = await runProgram(STRIMZI_PROGRAMS["an operator that is there"]!);
        assert.deepEqual(
            resources.resource("kafka-eks:index:StrimziKafka kafka").options.dependencies,
            ["kubernetes:core/v1:Namespace kafka-namespace"],
        );
    });

    it("keeps the namespace and the claims on destroy, or neither", async () => {
        for (const deleteDataOnDestroy of [false, true]) {
            const { resources } = await runProgram({ ...DEFAULTS, deleteDataOnDestroy });
            const retained = resources.all
                .filter(({ options }) => options.retainOnDelete)
                .map(({ key }) => key)
                .sort();
            const claim = (name: string) => `kubernetes:core/v1:PersistentVolumeClaim ${name}`;
            // They go with the namespace.
            const files = [
                "kafka-admin",
                "kafka-advertised",
                "kafka-brokers-files",
                "zookeeper-members-files",
            ].map((name) => `kubernetes:core/v1:ConfigMap ${name}`);
            const data = [
                ...files,
                "kubernetes:core/v1:Namespace kafka-namespace",
                ...[0, 1, 2].map((n) => claim(`kafka-brokers-data-${n}`)),
                ...[0, 1, 2].map((n) => claim(`zookeeper-members-data-${n}`)),
            ];
            assert.deepEqual(retained, deleteDataOnDestroy ? files : data);
        }
    });

    it("keeps the namespace and the cluster's id of Strimzi or neither, and topics for themselves", async () => {
        const config = { ...STRIMZI, topics: [{ name: "orders" }] };
        for (const deleteDataOnDestroy of [false, true]) {
            const { resources } = await runProgram({ ...config, deleteDataOnDestroy });
            const retained = resources.all
                .filter(({ options }) => options.retainOnDelete)
                .map(({ key }) => key)
                .sort();
            const topic = "kubernetes:kafka.strimzi.io/v1:KafkaTopic kafka-topic-orders";
            const data = [
                "kubernetes:core/v1:Namespace kafka-namespace",
                "kubernetes:kafka.strimzi.io/v1:KafkaNodePool kafka-cluster-id-pool",
                topic,
            ];
            assert.deepEqual(retained, deleteDataOnDestroy ? [topic] : data);
        }
    });

    it("protects with each deployment type what holds messages or keeps Kafka running", async () => {
        const claim = (name: string) => `kubernetes:core/v1:PersistentVolumeClaim ${name}`;
        const namespace = "kubernetes:core/v1:Namespace kafka-namespace";
        const pool = (role: string) =>
            `kubernetes:kafka.strimzi.io/v1:KafkaNodePool kafka-${role}-pool`;
        for (const [config, expected] of [
            [
                DEFAULTS,
                [
                    "kubernetes:apps/v1:StatefulSet kafka-brokers-statefulset",
                    "kubernetes:apps/v1:StatefulSet zookeeper-members-statefulset",
                    namespace,
                    ...[0, 1, 2].map((n) => claim(`kafka-brokers-data-${n}`)),
                    ...[0, 1, 2].map((n) => claim(`zookeeper-members-data-${n}`)),
                ],
            ],
            [
                STRIMZI,
                [
                    namespace,
                    "kubernetes:kafka.strimzi.io/v1:Kafka kafka-kafka",
                    ...["broker", "cluster-id", "controller"].map(pool),
                ],
            ],
        ] as const) {
            for (const protect of [undefined, false, true]) {
                const { resources } = await runProgram({
                    ...config,
                    topics: [{ name: "orders" }],
                    ...(protect !== undefined && { protect }),
                });
                const found = resources.all.filter(({ options }) => options.protect);
                assert.deepEqual(
                    found.map(({ key }) => key).sort(),
                    protect === true ? expected : [],
                );
            }
        }
    });

    describe("outputs", () => {
        it("of the default configuration", async () => {
            const { outputs } = await runProgram(DEFAULTS);
            assert.deepEqual(outputs, {
                namespace: "kafka",
                bootstrap: { internal: "kafka-bootstrap.kafka.svc.cluster.local:9092" },
                kubernetes: { namespace: "kafka" },
                next: ["kubectl --namespace kafka get pods", "npm run health -- --namespace kafka"],
            });
        });

        it("of Strimzi", async () => {
            const { outputs } = await runProgram(
                STRIMZI_PROGRAMS["every kind of listener of Strimzi"]!,
            );
            assert.deepEqual(outputs.bootstrap, {
                internal: "kafka-kafka-bootstrap.kafka.svc.cluster.local:9092",
                nodes: "node.example.com:30100",
                named: "bootstrap.kafka.example.com:9095",
                external: `${loadBalancerIp("kafka-kafka-external-bootstrap")}:9094`,
            });
        });

        it("of every kind of listener, in a context of its own", async () => {
            const { outputs } = await runProgram({
                ...DEFAULTS,
                namespace: "streams",
                kubeContext: "staging",
                listeners: [INTERNAL, EXTERNAL, NAMED, NODES],
            });
            const bootstrap = `${loadBalancerIp("kafka-service")}:9092`;
            assert.deepEqual(outputs, {
                namespace: "streams",
                bootstrap: {
                    internal: "kafka-bootstrap.streams.svc.cluster.local:9092",
                    external: bootstrap,
                    named: "bootstrap.kafka.example.com:9095",
                    nodes: "node.example.com:30100",
                },
                kubernetes: { namespace: "streams", context: "staging" },
                next: [
                    "kubectl --context staging --namespace streams get pods",
                    "npm run health -- --context staging --namespace streams",
                ],
            });
        });
    });

    const programs = { ...STRIMZI_PROGRAMS, ...STATEFULSET_PROGRAMS };
    for (const [what, config] of Object.entries(programs)) {
        describe(`with ${what}`, () => {
            let run: ProgramRun;
            before(async () => {
                run = await runProgram(config);
            });

            it("registers the same in a preview as in an update", async () => {
                const keys = ({ resources }: ProgramRun) =>
                    resources.all.map(({ key }) => key).sort();
                assert.equal(run.error, undefined);
                assert.deepEqual(keys(await runProgram(config, { preview: true })), keys(run));
            });

            it("registers nothing twice, in Pulumi and in the cluster", () => {
                const names = [
                    run.resources.all.map(({ key }) => key),
                    run.resources.objects.map(
                        ({ inputs }) => `${inputs.kind} ${inputs.metadata.name}`,
                    ),
                ];
                for (const list of names) {
                    assert.equal(new Set(list).size, list.length);
                }
            });

            it("names each child after its parent", () => {
                const components = run.resources.all.filter(({ type }) =>
                    type.startsWith("kafka-eks:"),
                );
                for (const { key, parent, name } of [...sentToKubernetes(run), ...components]) {
                    const parentName = parent?.split(" ")[1];
                    if (parentName === undefined) {
                        assert.match(key, /^kafka-eks:/, "only components are at the top");
                    } else {
                        assert.ok(name.startsWith(`${parentName}-`), `${key} below ${parent}`);
                    }
                }
            });

            it("gives every object a namespace, a provider and the labels", () => {
                const namespace = (config.namespace as string | undefined) ?? "kafka";
                for (const { key, inputs } of run.resources.objects) {
                    const { metadata } = inputs;
                    const expected = inputs.kind === "Namespace" ? undefined : namespace;
                    assert.equal(metadata.namespace, expected, key);
                    assert.equal(metadata.labels["app.kubernetes.io/part-of"], "kafka-eks", key);
                    assert.equal(metadata.labels["app.kubernetes.io/managed-by"], "pulumi", key);
                }
                for (const { key, options } of sentToKubernetes(run)) {
                    assert.ok(["cluster", "data"].includes(options.provider ?? "none"), key);
                }
            });

            itMakesGoodPods(() => run);
        });
    }
});
