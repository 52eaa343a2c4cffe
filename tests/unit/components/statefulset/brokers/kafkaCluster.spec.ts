import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import {
    KafkaCluster,
    KafkaClusterArgs,
} from "../../../components/statefulset/brokers/kafkaCluster";
import type { Listener } from "../../../components/kafka/listeners";
import type { ListenerEntry } from "../../../components/kafka/clientAccess";
import { register, Registrations, RunOptions } from "../../support/mocks";
import { ZOOKEEPER_IDENTITY as IDENTITY } from "./zookeeperIdentity";

const CLUSTER = "kafka-eks:index:KafkaCluster kafka";
const BROKERS = "kafka-eks:index:DurableStatefulSet kafka-brokers";
const SCRIPT = ["zookeeper/zookeeper-client.sh", "brokers/scale-in-check.sh"]
    .map((name) => readFileSync(join(__dirname, "../../../components/statefulset", name), "utf8"))
    .join("\n");
const CHECK = "kubernetes:batch/v1:Job kafka-scale-in-check";
const SELECTOR = { "app.kubernetes.io/name": "kafka" };

const INTERNAL: Listener = { name: "internal", port: 9092, type: "internal", tls: false };
const EXTERNAL: Listener = { name: "external", port: 9094, type: "loadBalancer", tls: false };

const entry = (name: string, ...brokers: string[]): ListenerEntry => ({
    name,
    type: name === "internal" ? "internal" : "loadBalancer",
    tls: false,
    bootstrap: "bootstrap:9092",
    brokers,
});
const INTERNAL_ENTRY = entry("internal", "pod-0:9092", "pod-1:9092", "pod-2:9092", "pod-3:9092");

function argsOf(args: Partial<KafkaClusterArgs>): Omit<KafkaClusterArgs, "dataProvider"> {
    return {
        namespace: "streams",
        replicas: 3,
        image: "kafka:1",
        interBrokerProtocolVersion: "3.5",
        storage: { size: "50Gi" },
        resources: {
            requests: { cpu: "500m", memory: "2Gi" },
            limits: { memory: "2Gi" },
        },
        spread: "preferred",
        rackAwareness: true,
        config: {},
        zookeeperMembers: 3,
        zookeeperImage: "zookeeper:1",
        security: { encrypted: false },
        zookeeperAuthentication: "required",
        listeners: [INTERNAL],
        addresses: [INTERNAL_ENTRY],
        ...args,
    };
}

async function create(args: Partial<KafkaClusterArgs> = {}, options?: RunOptions) {
    const { resources } = await register(
        () =>
            new KafkaCluster(
                "kafka",
                { dataProvider: new k8s.Provider("data"), ...argsOf(args) },
                { provider: new k8s.Provider("cluster") },
            ),
        options,
    );
    return resources;
}

interface PodSpec {
    readonly containers: (Record<string, unknown> & {
        readonly env: readonly { name: string; value?: string }[];
        readonly ports: unknown;
    })[];
}

function templateOf(resources: Registrations) {
    const { spec } = resources.object("StatefulSet", "kafka").inputs;
    const { template } = spec as {
        template: { metadata: { annotations: Record<string, string> }; spec: PodSpec };
    };
    return template;
}

function filesOf(resources: Registrations): Record<string, string> {
    return resources.object("ConfigMap", "kafka-config").inputs.data as Record<string, string>;
}

/** The property of all brokers, `undefined` if it is not there. */
function propertiesOf(resources: Registrations): Record<string, string> {
    const lines = filesOf(resources)["server.properties"]!.trimEnd().split("\n");
    return Object.fromEntries(
        lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
    );
}

async function hashOf(args: Partial<KafkaClusterArgs>): Promise<string> {
    const hash = templateOf(await create(args)).metadata.annotations["kafka-eks/config-hash"]!;
    assert.match(hash, /^[0-9a-f]{16}$/);
    return hash;
}

describe("KafkaCluster", () => {
    it("has nothing but the check and the brokers, with a volume for each of them", async () => {
        const resources = await create({
            replicas: 4,
            storage: { size: "1Ti", storageClass: "gp3" },
        });
        assert.deepEqual(resources.childrenOf(CLUSTER).sort(), [BROKERS, CHECK]);
        assert.deepEqual(resources.childrenOf(BROKERS).sort(), [
            "kubernetes:apps/v1:StatefulSet kafka-brokers-statefulset",
            "kubernetes:core/v1:ConfigMap kafka-brokers-config",
            "kubernetes:core/v1:PersistentVolumeClaim kafka-brokers-data-0",
            "kubernetes:core/v1:PersistentVolumeClaim kafka-brokers-data-1",
            "kubernetes:core/v1:PersistentVolumeClaim kafka-brokers-data-2",
            "kubernetes:core/v1:PersistentVolumeClaim kafka-brokers-data-3",
            "kubernetes:policy/v1:PodDisruptionBudget kafka-brokers-pdb",
        ]);
        assert.equal(resources.all.length, 1 + 2 + 7 + 2);
        assert.deepEqual(resources.object("PersistentVolumeClaim", "data-kafka-3").inputs.spec, {
            accessModes: ["ReadWriteOnce"],
            storageClassName: "gp3",
            resources: { requests: { storage: "1Ti" } },
        });
    });

    describe("checks before another number of brokers that none goes which holds replicas", () => {
        const nameOf = async (args: Partial<KafkaClusterArgs> = {}) => {
            const { metadata } = (await create(args)).resource(CHECK).inputs;
            const { name } = metadata as { name: string };
            assert.match(name, /^kafka-scale-in-check-[0-9a-f]{8}$/);
            return name;
        };

        it("in a Job that has no more permissions than the brokers", async () => {
            const { inputs, options } = (await create({ replicas: 4 })).resource(CHECK);
            assert.deepEqual(inputs, {
                apiVersion: "batch/v1",
                kind: "Job",
                metadata: {
                    name: await nameOf({ replicas: 4 }),
                    namespace: "streams",
                    labels: {
                        ...SELECTOR,
                        "app.kubernetes.io/part-of": "kafka-eks",
                        "app.kubernetes.io/managed-by": "pulumi",
                    },
                    annotations: { "pulumi.com/replaceUnready": "true" },
                },
                spec: {
                    backoffLimit: 0,
                    template: {
                        // Not the brokers' label: their Services would lead to it.
                        metadata: { labels: { "app.kubernetes.io/name": "kafka-scale-in-check" } },
                        spec: {
                            restartPolicy: "Never",
                            automountServiceAccountToken: false,
                            enableServiceLinks: false,
                            securityContext: {
                                runAsNonRoot: true,
                                runAsUser: 1000,
                                runAsGroup: 1000,
                                fsGroup: 1000,
                                fsGroupChangePolicy: "OnRootMismatch",
                                seccompProfile: { type: "RuntimeDefault" },
                            },
                            containers: [
                                {
                                    name: "check",
                                    image: "zookeeper:1",
                                    command: ["bash", "-c", SCRIPT],
                                    env: [
                                        { name: "BROKERS", value: "4" },
                                        { name: "REPLICATION_PROTOCOL", value: "PLAINTEXT" },
                                        { name: "ZOOKEEPER", value: "zookeeper:2181" },
                                    ],
                                    resources: {
                                        requests: {
                                            cpu: "50m",
                                            memory: "256Mi",
                                            "ephemeral-storage": "100Mi",
                                        },
                                        limits: { memory: "256Mi", "ephemeral-storage": "100Mi" },
                                    },
                                    securityContext: {
                                        allowPrivilegeEscalation: false,
                                        capabilities: { drop: ["ALL"] },
                                        readOnlyRootFilesystem: true,
                                    },
                                    terminationMessagePolicy: "FallbackToLogsOnError",
                                    volumeMounts: IDENTITY.volumeMounts,
                                },
                            ],
                            volumes: IDENTITY.volumes,
                        },
                    },
                },
            });
            assert.equal(options.provider, "cluster");
        });

        it("before anything of the brokers changes", async () => {
            const { options } = (await create()).resource(BROKERS);
            assert.deepEqual(options.dependencies, [CHECK]);
        });

        it("once for each number, whatever else changes about the brokers", async () => {
            const first = await nameOf();
            assert.notEqual(await nameOf({ replicas: 4 }), first);
            for (const change of [
                { image: "kafka:2" },
                { config: { "num.io.threads": "16" } },
                { interBrokerProtocolVersion: "3.4" },
                { storage: { size: "1Ti" } },
                { zookeeperMembers: 5 },
                { listeners: [{ ...INTERNAL, port: 9100 }] },
                { protect: true },
            ]) {
                assert.equal(await nameOf(change), first, JSON.stringify(change));
            }
        });
    });

    it("updates a broker only while all the others are ready", async () => {
        const { spec } = (await create()).object("StatefulSet", "kafka").inputs;
        const { podManagementPolicy, serviceName, replicas } = spec as Record<string, unknown>;
        assert.deepEqual(
            [podManagementPolicy, serviceName, replicas],
            ["OrderedReady", "kafka-headless", 3],
        );
    });

    it("runs each broker with the properties, its zone and its own volume", async () => {
        const { spec } = templateOf(await create());
        assert.deepEqual(spec, {
            affinity: {
                podAntiAffinity: {
                    preferredDuringSchedulingIgnoredDuringExecution: [
                        {
                            weight: 100,
                            podAffinityTerm: {
                                labelSelector: { matchLabels: SELECTOR },
                                topologyKey: "kubernetes.io/hostname",
                            },
                        },
                    ],
                },
            },
            topologySpreadConstraints: [
                {
                    labelSelector: { matchLabels: SELECTOR },
                    maxSkew: 1,
                    topologyKey: "topology.kubernetes.io/zone",
                    whenUnsatisfiable: "ScheduleAnyway",
                },
            ],
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: {
                runAsNonRoot: true,
                runAsUser: 1000,
                runAsGroup: 1000,
                fsGroup: 1000,
                fsGroupChangePolicy: "OnRootMismatch",
                seccompProfile: { type: "RuntimeDefault" },
            },
            terminationGracePeriodSeconds: 300,
            containers: [
                {
                    name: "kafka",
                    image: "kafka:1",
                    command: ["bash", "/etc/kafka-eks/start-kafka.sh"],
                    env: [
                        {
                            name: "POD_NAME",
                            valueFrom: { fieldRef: { fieldPath: "metadata.name" } },
                        },
                        {
                            name: "ZONE",
                            valueFrom: {
                                fieldRef: {
                                    fieldPath: "metadata.labels['topology.kubernetes.io/zone']",
                                },
                            },
                        },
                        { name: "SERVER_HEAP_OPTS", value: "-Xms1024m -Xmx1024m" },
                        { name: "LOG_DIR", value: "/tmp" },
                    ],
                    ports: [
                        { name: "replication", containerPort: 9091 },
                        { name: "internal", containerPort: 9092 },
                    ],
                    resources: {
                        requests: { cpu: "500m", memory: "2Gi", "ephemeral-storage": "256Mi" },
                        limits: { memory: "2Gi" },
                    },
                    securityContext: {
                        allowPrivilegeEscalation: false,
                        capabilities: { drop: ["ALL"] },
                        readOnlyRootFilesystem: true,
                    },
                    startupProbe: {
                        exec: { command: ["bash", "/etc/kafka-eks/broker-in-sync.sh"] },
                        periodSeconds: 1,
                        timeoutSeconds: 45,
                        failureThreshold: 86_400,
                    },
                    readinessProbe: {
                        tcpSocket: { port: 9091 },
                        periodSeconds: 5,
                        failureThreshold: 3,
                    },
                    livenessProbe: {
                        exec: { command: ["bash", "/etc/kafka-eks/broker-alive.sh"] },
                        periodSeconds: 10,
                        timeoutSeconds: 10,
                        failureThreshold: 6,
                    },
                    volumeMounts: [
                        { name: "config", mountPath: "/etc/kafka-eks", readOnly: true },
                        { name: "run", mountPath: "/run/kafka" },
                        { name: "tmp", mountPath: "/tmp" },
                        { name: "data", mountPath: "/var/lib/kafka/data" },
                        ...IDENTITY.volumeMounts,
                    ],
                },
            ],
            volumes: [
                { name: "config", configMap: { name: "kafka-config" } },
                { name: "run", emptyDir: {} },
                { name: "tmp", emptyDir: {} },
                ...IDENTITY.volumes,
            ],
        });
    });

    describe("that encrypts", () => {
        const security = { encrypted: true };
        const LISTENERS: readonly Listener[] = [
            INTERNAL,
            { ...EXTERNAL, tls: true },
            { ...INTERNAL, name: "mutual", port: 9095, tls: true, authentication: { type: "tls" } },
            { ...INTERNAL, name: "scram", port: 9096, authentication: { type: "scram-sha-512" } },
            {
                ...EXTERNAL,
                port: 9097,
                name: "both",
                tls: true,
                authentication: { type: "scram-sha-512" },
            },
        ];
        const args = {
            security,
            listeners: LISTENERS,
            addresses: LISTENERS.map(({ name }) => entry(name, "a:1", "b:1", "c:1")),
        };
        const keyStore = (listener: string) => ({
            [`listener.name.${listener}.ssl.keystore.type`]: "PEM",
            [`listener.name.${listener}.ssl.keystore.location`]: "/run/kafka/tls/keystore.pem",
            [`listener.name.${listener}.ssl.truststore.type`]: "PEM",
        });
        const trustStore = (listener: string, file: string) => ({
            [`listener.name.${listener}.ssl.truststore.location`]: `/run/kafka/tls/${file}`,
            [`listener.name.${listener}.ssl.client.auth`]: "required",
        });
        const scram = (listener: string) => ({
            [`listener.name.${listener}.sasl.enabled.mechanisms`]: "SCRAM-SHA-512",
            [`listener.name.${listener}.scram-sha-512.sasl.jaas.config`]:
                "org.apache.kafka.common.security.scram.ScramLoginModule required;",
        });
        const securityOf = (properties: Record<string, string>) =>
            Object.fromEntries(
                Object.entries(properties).filter(([key]) =>
                    /^listener\.|^(authorizer|super|allow)\./.test(key),
                ),
            );

        it("encrypts and authenticates as each listener says, and between brokers in both directions", async () => {
            const resources = await create(args);
            assert.deepEqual(securityOf(propertiesOf(resources)), {
                "listener.security.protocol.map":
                    "REPLICATION:SSL,INTERNAL:PLAINTEXT,EXTERNAL:SSL,MUTUAL:SSL,SCRAM:SASL_PLAINTEXT,BOTH:SASL_SSL",
                ...keyStore("replication"),
                ...trustStore("replication", "cluster-ca.pem"),
                ...keyStore("external"),
                ...keyStore("mutual"),
                ...trustStore("mutual", "clients-ca.pem"),
                ...scram("scram"),
                ...keyStore("both"),
                ...scram("both"),
            });
            assert.equal(
                filesOf(resources)["admin.properties"],
                "default.api.timeout.ms=10000\n" +
                    "request.timeout.ms=5000\n" +
                    "security.protocol=SSL\n" +
                    "ssl.endpoint.identification.algorithm=\n" +
                    "ssl.keystore.location=/run/kafka/tls/keystore.pem\n" +
                    "ssl.keystore.type=PEM\n" +
                    "ssl.truststore.location=/run/kafka/tls/cluster-ca.pem\n" +
                    "ssl.truststore.type=PEM\n",
            );
        });

        it("leaves permissions to ACLs where there are super users", async () => {
            const superUsers = ["User:CN=kafka-brokers", "User:ANONYMOUS"];
            const resources = await create({ security: { encrypted: true, superUsers } });
            const { "super.users": users, ...properties } = propertiesOf(resources);
            assert.equal(users, "User:CN=kafka-brokers;User:ANONYMOUS");
            assert.equal(
                properties["authorizer.class.name"],
                "kafka.security.authorizer.AclAuthorizer",
            );
            assert.equal(properties["allow.everyone.if.no.acl.found"], "false");
        });

        it("mounts the certificates without the CAs' keys, and has renewed ones read by a loop beside the broker", async () => {
            const { containers, volumes } = templateOf(await create(args)).spec as PodSpec & {
                volumes: unknown[];
            };
            assert.deepEqual(volumes.at(-1), {
                name: "certificates",
                projected: {
                    defaultMode: 0o440,
                    sources: [
                        {
                            secret: {
                                name: "kafka-brokers-tls",
                                items: [
                                    { key: "tls-combined.pem", path: "tls-combined.pem" },
                                    { key: "ca.crt", path: "ca.crt" },
                                ],
                            },
                        },
                        {
                            secret: {
                                name: "kafka-cluster-ca",
                                optional: true,
                                items: [{ key: "tls.crt", path: "cluster-ca.crt" }],
                            },
                        },
                        {
                            secret: {
                                name: "kafka-clients-ca",
                                optional: true,
                                items: [{ key: "tls.crt", path: "clients-ca.crt" }],
                            },
                        },
                    ],
                },
            });
            const mounts = [
                { name: "config", mountPath: "/etc/kafka-eks", readOnly: true },
                { name: "run", mountPath: "/run/kafka" },
                { name: "tmp", mountPath: "/tmp" },
                { name: "certificates", mountPath: "/etc/kafka-eks-tls", readOnly: true },
            ];
            const [broker, loop] = containers;
            assert.deepEqual(broker!["volumeMounts"], [
                ...mounts,
                { name: "data", mountPath: "/var/lib/kafka/data" },
                ...IDENTITY.volumeMounts,
            ]);
            assert.deepEqual(loop, {
                name: "certificate-reload",
                image: "kafka:1",
                command: ["bash", "/etc/kafka-eks/reload-certificates.sh"],
                env: [
                    { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
                    {
                        name: "TRUST_STORES",
                        value:
                            "listener.name.replication.ssl.truststore.location=/run/kafka/tls/cluster-ca.pem," +
                            "listener.name.mutual.ssl.truststore.location=/run/kafka/tls/clients-ca.pem",
                    },
                    {
                        name: "KEY_STORES",
                        value: ["replication", "external", "mutual", "both"]
                            .map(
                                (name) =>
                                    `listener.name.${name}.ssl.keystore.location=/run/kafka/tls/keystore.pem`,
                            )
                            .join(),
                    },
                    { name: "TRUST_SECONDS", value: "120" },
                    { name: "LOG_DIR", value: "/tmp" },
                ],
                resources: {
                    requests: { cpu: "10m", memory: "192Mi", "ephemeral-storage": "256Mi" },
                    limits: { memory: "192Mi" },
                },
                securityContext: broker!["securityContext"],
                volumeMounts: mounts,
            });
        });

        it("restarts brokers when a listener is secured in another way", async () => {
            const listener = (changes: object) => ({
                security,
                listeners: [{ ...INTERNAL, ...changes }],
            });
            assert.notEqual(await hashOf(listener({ tls: true })), await hashOf(listener({})));
        });
    });

    it("does not ask for the zone where racks are turned off", async () => {
        const { env } = templateOf(await create({ rackAwareness: false })).spec.containers[0]!;
        assert.deepEqual(
            env.map(({ name }) => name),
            ["POD_NAME", "SERVER_HEAP_OPTS", "LOG_DIR"],
        );
    });

    it("gives the heap half of the memory limit, up to 6 GiB", async () => {
        for (const [memory, heap] of [
            ["1Gi", "-Xms512m -Xmx512m"],
            ["3G", "-Xms1430m -Xmx1430m"],
            ["12Gi", "-Xms6144m -Xmx6144m"],
            ["64Gi", "-Xms6144m -Xmx6144m"],
        ] as const) {
            const resources = { requests: { cpu: "1", memory: "1Gi" }, limits: { memory } };
            const { env } = templateOf(await create({ resources })).spec.containers[0]!;
            assert.equal(env.find(({ name }) => name === "SERVER_HEAP_OPTS")?.value, heap);
        }
    });

    it("writes the properties of three brokers", async () => {
        const members = [0, 1, 2].map(
            (n) => `zookeeper-${n}.zookeeper-headless.streams.svc.cluster.local:2181`,
        );
        assert.equal(
            filesOf(await create())["server.properties"],
            [
                "auto.create.topics.enable=false",
                "broker.id.generation.enable=false",
                "default.replication.factor=3",
                "inter.broker.listener.name=REPLICATION",
                "inter.broker.protocol.version=3.5",
                "listener.security.protocol.map=REPLICATION:PLAINTEXT,INTERNAL:PLAINTEXT",
                "listeners=REPLICATION://0.0.0.0:9091,INTERNAL://0.0.0.0:9092",
                "log.dirs=/var/lib/kafka/data/kafka-logs",
                "min.insync.replicas=2",
                "num.recovery.threads.per.data.dir=4",
                "offsets.topic.replication.factor=3",
                "transaction.state.log.min.isr=2",
                "transaction.state.log.replication.factor=3",
                "unclean.leader.election.enable=false",
                `zookeeper.connect=${members.join()}`,
                "zookeeper.connection.timeout.ms=60000",
                "zookeeper.session.timeout.ms=9000",
                "zookeeper.set.acl=true",
                "",
            ].join("\n"),
        );
    });

    it("leaves its znodes open where sessions without authentication are accepted", async () => {
        const properties = propertiesOf(await create({ zookeeperAuthentication: "optional" }));
        assert.ok(!("zookeeper.set.acl" in properties));
    });

    it("puts the partitions below the mount of the volume, never at its root", async () => {
        const resources = await create();
        const { volumeMounts } = templateOf(resources).spec.containers[0]! as unknown as {
            volumeMounts: { name: string; mountPath: string }[];
        };
        const mount = volumeMounts.find(({ name }) => name === "data")!.mountPath;
        assert.match(propertiesOf(resources)["log.dirs"]!, new RegExp(`^${mount}/[^/]+$`));
    });

    it("lets the user's properties win over the defaults and follows them", async () => {
        const config = {
            "default.replication.factor": "2",
            "zookeeper.session.timeout.ms": "18000",
            "log.retention.hours": "24",
        };
        const properties = propertiesOf(await create({ config }));
        assert.equal(properties["default.replication.factor"], "2");
        assert.equal(properties["min.insync.replicas"], "1");
        assert.equal(properties["zookeeper.session.timeout.ms"], "18000");
        assert.equal(properties["log.retention.hours"], "24");
        assert.equal(properties["transaction.state.log.replication.factor"], "3");
    });

    it("never lets a user's property replace one of its own", async () => {
        // The configuration refuses them; the component does not rely on it.
        const own = propertiesOf(await create());
        const config = Object.fromEntries(
            [
                "auto.create.topics.enable",
                "broker.id.generation.enable",
                "inter.broker.listener.name",
                "inter.broker.protocol.version",
                "listener.security.protocol.map",
                "listeners",
                "log.dirs",
                "unclean.leader.election.enable",
                "zookeeper.connect",
            ].map((property) => [property, "mine"]),
        );
        assert.deepEqual(propertiesOf(await create({ config })), own);
    });

    it("listens on every listener under its own name", async () => {
        const resources = await create({
            listeners: [INTERNAL, EXTERNAL],
            addresses: [INTERNAL_ENTRY, entry("external", "a:1", "b:2", "c:3")],
        });
        const properties = propertiesOf(resources);
        assert.equal(
            properties.listeners,
            "REPLICATION://0.0.0.0:9091,INTERNAL://0.0.0.0:9092,EXTERNAL://0.0.0.0:9094",
        );
        assert.equal(
            properties["listener.security.protocol.map"],
            "REPLICATION:PLAINTEXT,INTERNAL:PLAINTEXT,EXTERNAL:PLAINTEXT",
        );
        assert.deepEqual(templateOf(resources).spec.containers[0]!.ports, [
            { name: "replication", containerPort: 9091 },
            { name: "internal", containerPort: 9092 },
            { name: "external", containerPort: 9094 },
        ]);
    });

    it("advertises for each broker its own addresses", async () => {
        const files = filesOf(
            await create({
                listeners: [INTERNAL, EXTERNAL],
                addresses: [INTERNAL_ENTRY, entry("external", "a:1", "b:2", "c:3")],
            }),
        );
        assert.deepEqual(Object.keys(files).sort(), [
            "admin.properties",
            "advertised-0",
            "advertised-1",
            "advertised-2",
            "broker-alive.sh",
            "broker-in-sync.sh",
            "log4j.properties",
            "server.properties",
            "start-kafka.sh",
            "zookeeper-client.sh",
        ]);
        ["a:1", "b:2", "c:3"].forEach((external, n) => {
            const host = `kafka-${n}.kafka-headless.streams.svc.cluster.local`;
            assert.equal(
                files[`advertised-${n}`],
                `REPLICATION://${host}:9091,INTERNAL://pod-${n}:9092,EXTERNAL://${external}`,
            );
        });
    });

    it("waits for the addresses and shows them as not known in a preview", async () => {
        const addresses = pulumi
            .output(Promise.resolve([INTERNAL_ENTRY]))
            .apply((entries) => entries);
        assert.equal(
            filesOf(await create({ addresses }))["advertised-1"],
            "REPLICATION://kafka-1.kafka-headless.streams.svc.cluster.local:9091,INTERNAL://pod-1:9092",
        );
    });

    describe("restarts the brokers", () => {
        it("for a property, a listener or an address that the cloud assigned", async () => {
            const external = (...brokers: string[]): Partial<KafkaClusterArgs> => ({
                listeners: [INTERNAL, EXTERNAL],
                addresses: [INTERNAL_ENTRY, entry("external", ...brokers)],
            });
            const hashes = [
                await hashOf({}),
                await hashOf({ config: { "num.io.threads": "16" } }),
                await hashOf({ interBrokerProtocolVersion: "3.4" }),
                await hashOf({ zookeeperMembers: 5 }),
                await hashOf({ listeners: [{ ...INTERNAL, port: 9100 }] }),
                await hashOf(external("a:1", "b:2", "c:3")),
                await hashOf(external("a:1", "b:2", "d:3")),
                await hashOf({ security: { encrypted: true, certificateIdentity: "CN=a DNS:b" } }),
                await hashOf({ security: { encrypted: true, certificateIdentity: "CN=a DNS:c" } }),
            ];
            assert.equal(new Set(hashes).size, hashes.length);
        });

        it("not for another broker, a larger volume or a kept configuration", async () => {
            const first = await hashOf({});
            assert.equal(await hashOf({}), first);
            const added = entry("internal", ...INTERNAL_ENTRY.brokers, "pod-4:9092");
            assert.equal(await hashOf({ replicas: 5, addresses: [added] }), first);
            assert.equal(await hashOf({ storage: { size: "1Ti" } }), first);
        });
    });
});
