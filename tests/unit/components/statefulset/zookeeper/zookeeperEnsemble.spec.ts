import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import {
    ZookeeperEnsemble,
    ZookeeperEnsembleArgs,
} from "../../../components/statefulset/zookeeper/zookeeperEnsemble";
import { readScript } from "../../../components/statefulset/scripts";
import { Registrations, register } from "../../support/mocks";
import { ZOOKEEPER_IDENTITY as IDENTITY } from "./zookeeperIdentity";

const ENSEMBLE = "kafka-eks:index:ZookeeperEnsemble zookeeper";
const MEMBERS = "kafka-eks:index:DurableStatefulSet zookeeper-members";
const SELECTOR = { "app.kubernetes.io/name": "zookeeper" };
const LABELS = {
    ...SELECTOR,
    "app.kubernetes.io/part-of": "kafka-eks",
    "app.kubernetes.io/managed-by": "pulumi",
};
const CONTAINER_SECURITY_CONTEXT = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    readOnlyRootFilesystem: true,
};
const POD_SECURITY_CONTEXT = {
    runAsNonRoot: true,
    runAsUser: 1000,
    runAsGroup: 1000,
    fsGroup: 1000,
    fsGroupChangePolicy: "OnRootMismatch",
    seccompProfile: { type: "RuntimeDefault" },
};
async function create(args: Partial<ZookeeperEnsembleArgs> = {}): Promise<Registrations> {
    const { resources } = await register(
        () =>
            new ZookeeperEnsemble(
                "zookeeper",
                {
                    namespace: "streams",
                    replicas: 3,
                    image: "zookeeper:1",
                    authentication: "required",
                    storage: { size: "20Gi" },
                    resources: {
                        requests: { cpu: "250m", memory: "512Mi" },
                        limits: { memory: "512Mi" },
                    },
                    spread: "preferred",
                    dataProvider: new k8s.Provider("data"),
                    ...args,
                },
                { provider: new k8s.Provider("cluster") },
            ),
    );
    return resources;
}

interface Template {
    readonly metadata: { readonly annotations: Record<string, string> };
    readonly spec: Record<string, unknown> & { containers: Record<string, unknown>[] };
}

function templateOf(resources: Registrations): Template {
    const { spec } = resources.object("StatefulSet", "zookeeper").inputs;
    return (spec as { template: Template }).template;
}

function fileOf(resources: Registrations, name: string): string | undefined {
    const { data } = resources.object("ConfigMap", "zookeeper-config").inputs;
    return (data as Record<string, string>)[name];
}

describe("ZookeeperEnsemble", () => {
    it("has two Services, a password, the check before an update and the members", async () => {
        const resources = await create();
        assert.deepEqual(resources.childrenOf(ENSEMBLE).sort(), [
            "kafka-eks:index:DurableStatefulSet zookeeper-members",
            "kubernetes:batch/v1:Job zookeeper-update-check",
            "kubernetes:core/v1:Secret zookeeper-auth",
            "kubernetes:core/v1:Service zookeeper-client",
            "kubernetes:core/v1:Service zookeeper-headless",
        ]);
        assert.equal(resources.childrenOf(MEMBERS).length, 3 + 3);
        assert.equal(resources.all.length, 1 + 5 + 6 + 2);
    });

    it("has a Service for clients and one for the members' names", async () => {
        const resources = await create();
        const metadata = (name: string) => ({
            name,
            namespace: "streams",
            labels: LABELS,
            annotations: { "pulumi.com/skipAwait": "true" },
        });
        assert.deepEqual(resources.object("Service", "zookeeper").inputs, {
            apiVersion: "v1",
            kind: "Service",
            metadata: metadata("zookeeper"),
            spec: { selector: SELECTOR, ports: [{ name: "client", port: 2181 }] },
        });
        assert.deepEqual(resources.object("Service", "zookeeper-headless").inputs, {
            apiVersion: "v1",
            kind: "Service",
            metadata: metadata("zookeeper-headless"),
            spec: {
                selector: SELECTOR,
                ports: [
                    { name: "client", port: 2181 },
                    { name: "peer", port: 2888 },
                    { name: "election", port: 3888 },
                ],
                clusterIP: "None",
                publishNotReadyAddresses: true,
            },
        });
    });

    it("writes the properties of three members", async () => {
        assert.equal(
            fileOf(await create(), "zookeeper.properties"),
            [
                "4lw.commands.whitelist=ruok,srvr",
                "admin.enableServer=false",
                "authProvider.1=org.apache.zookeeper.server.auth.SASLAuthenticationProvider",
                "autopurge.purgeInterval=1",
                "autopurge.snapRetainCount=3",
                "clientPort=2181",
                "dataDir=/var/lib/zookeeper/data",
                "dataLogDir=/var/lib/zookeeper/log",
                "initLimit=10",
                "kerberos.removeRealmFromPrincipal=true",
                "maxClientCnxns=0",
                "quorumListenOnAllIPs=true",
                "security.auth_to_local=RULE:[1:$1]",
                "server.1=zookeeper-0.zookeeper-headless.streams.svc.cluster.local:2888:3888",
                "server.2=zookeeper-1.zookeeper-headless.streams.svc.cluster.local:2888:3888",
                "server.3=zookeeper-2.zookeeper-headless.streams.svc.cluster.local:2888:3888",
                "sessionRequireClientSASLAuth=true",
                "syncLimit=2",
                "tickTime=2000",
                "",
            ].join("\n"),
        );
    });

    it("lets a single member stand alone", async () => {
        const properties = fileOf(await create({ replicas: 1 }), "zookeeper.properties");
        assert.ok(properties !== undefined && !/^server\./m.test(properties));
    });

    it("accepts sessions without authentication where it is optional, and differs in nothing else", async () => {
        const required = fileOf(await create(), "zookeeper.properties")!;
        const optional = fileOf(
            await create({ authentication: "optional" }),
            "zookeeper.properties",
        );
        assert.notEqual(required, optional);
        assert.equal(required.replace("sessionRequireClientSASLAuth=true\n", ""), optional);
    });

    it("generates a password once, and keeps it out of everything else", async () => {
        const resources = await create();
        const { inputs, options } = resources.object("Secret", "zookeeper-auth");
        // Marked as a secret on its way to the engine.
        const { value } = inputs.data as { value: { password: string } };
        const password = Buffer.from(value.password, "base64").toString();
        assert.match(password, /^[A-Za-z0-9_-]{32}$/);
        assert.deepEqual(inputs.metadata, {
            name: "zookeeper-auth",
            namespace: "streams",
            labels: LABELS,
            annotations: { "kafka-eks/generated": "true" },
        });
        assert.deepEqual(options.ignoreChanges, ["data"]);
        assert.equal(options.retainOnDelete, false);
        const others = resources.objects.filter(({ inputs: { kind } }) => kind !== "Secret");
        for (const text of [password, value.password]) {
            assert.ok(!JSON.stringify(others).includes(text));
        }
    });

    it("runs each member with the properties and its own volume", async () => {
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
            securityContext: POD_SECURITY_CONTEXT,
            terminationGracePeriodSeconds: 60,
            containers: [
                {
                    name: "zookeeper",
                    image: "zookeeper:1",
                    command: ["bash", "/etc/kafka-eks/start-zookeeper.sh"],
                    env: [
                        {
                            name: "POD_NAME",
                            valueFrom: { fieldRef: { fieldPath: "metadata.name" } },
                        },
                        { name: "SERVER_HEAP_OPTS", value: "-Xms256m -Xmx256m" },
                        { name: "LOG_DIR", value: "/tmp" },
                    ],
                    ports: [
                        { name: "client", containerPort: 2181 },
                        { name: "peer", containerPort: 2888 },
                        { name: "election", containerPort: 3888 },
                    ],
                    resources: {
                        requests: { cpu: "250m", memory: "512Mi", "ephemeral-storage": "256Mi" },
                        limits: { memory: "512Mi" },
                    },
                    securityContext: CONTAINER_SECURITY_CONTEXT,
                    readinessProbe: {
                        exec: { command: ["bash", "/etc/kafka-eks/zookeeper-in-quorum.sh"] },
                        periodSeconds: 2,
                        timeoutSeconds: 5,
                        failureThreshold: 3,
                    },
                    livenessProbe: {
                        exec: { command: ["bash", "/etc/kafka-eks/zookeeper-alive.sh"] },
                        initialDelaySeconds: 15,
                        periodSeconds: 10,
                        timeoutSeconds: 5,
                        failureThreshold: 6,
                    },
                    volumeMounts: [
                        { name: "config", mountPath: "/etc/kafka-eks", readOnly: true },
                        { name: "data", mountPath: "/var/lib/zookeeper/data", subPath: "data" },
                        { name: "data", mountPath: "/var/lib/zookeeper/log", subPath: "log" },
                        { name: "tmp", mountPath: "/tmp" },
                        ...IDENTITY.volumeMounts,
                    ],
                },
            ],
            volumes: [
                { name: "config", configMap: { name: "zookeeper-config" } },
                { name: "tmp", emptyDir: {} },
                ...IDENTITY.volumes,
            ],
        });
    });

    it("mounts every script that its commands run", async () => {
        const resources = await create();
        assert.deepEqual(
            Object.keys(
                resources.object("ConfigMap", "zookeeper-config").inputs.data as object,
            ).sort(),
            [
                "log4j.properties",
                "start-zookeeper.sh",
                "zookeeper-alive.sh",
                "zookeeper-in-quorum.sh",
                "zookeeper.properties",
            ],
        );
    });

    it("keeps pods apart strictly where that is required", async () => {
        const { spec } = templateOf(await create({ spread: "required" }));
        assert.deepEqual(spec.affinity, {
            podAntiAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: [
                    {
                        labelSelector: { matchLabels: SELECTOR },
                        topologyKey: "kubernetes.io/hostname",
                    },
                ],
            },
        });
        assert.deepEqual(spec.topologySpreadConstraints, [
            {
                labelSelector: { matchLabels: SELECTOR },
                maxSkew: 1,
                topologyKey: "topology.kubernetes.io/zone",
                whenUnsatisfiable: "DoNotSchedule",
            },
        ]);
    });

    it("starts all members at once: none is ready without a quorum", async () => {
        const { spec } = (await create()).object("StatefulSet", "zookeeper").inputs;
        const { podManagementPolicy, serviceName } = spec as Record<string, unknown>;
        assert.deepEqual([podManagementPolicy, serviceName], ["Parallel", "zookeeper-headless"]);
    });

    it("restarts the members when their configuration changes, and only then", async () => {
        const hash = async (args: Partial<ZookeeperEnsembleArgs>) =>
            templateOf(await create(args)).metadata.annotations["kafka-eks/config-hash"];
        const first = await hash({});
        assert.match(first!, /^[0-9a-f]{16}$/);
        assert.equal(await hash({ storage: { size: "40Gi" } }), first);
        assert.notEqual(await hash({ replicas: 5 }), first);
        assert.notEqual(await hash({ authentication: "optional" }), first);
    });

    describe("check before an update", () => {
        const jobOf = (resources: Registrations) => {
            const jobs = resources.objects.filter(({ inputs }) => inputs.kind === "Job");
            assert.equal(jobs.length, 1);
            return jobs[0]!;
        };

        it("is a Job that runs once, with no more permissions than the members", async () => {
            const { inputs, options } = jobOf(await create());
            assert.match(inputs.metadata.name, /^zookeeper-update-check-[0-9a-f]{8}$/);
            const { spec, metadata } = inputs as unknown as {
                metadata: unknown;
                spec: { template: { spec: { containers: { command: string[] }[] } } };
            };
            const command = spec.template.spec.containers[0]!.command;
            assert.deepEqual(command.slice(0, 2), ["bash", "-c"]);
            const scripts = [
                "zookeeper/zookeeper-client.sh",
                "zookeeper/zookeeper-update-check.sh",
            ];
            assert.equal(command[2], scripts.map(readScript).join("\n"));
            assert.deepEqual(metadata, {
                name: inputs.metadata.name,
                namespace: "streams",
                labels: LABELS,
                annotations: { "pulumi.com/replaceUnready": "true" },
            });
            assert.deepEqual(spec, {
                backoffLimit: 0,
                template: {
                    metadata: { labels: { "app.kubernetes.io/name": "zookeeper-update-check" } },
                    spec: {
                        restartPolicy: "Never",
                        automountServiceAccountToken: false,
                        enableServiceLinks: false,
                        securityContext: POD_SECURITY_CONTEXT,
                        containers: [
                            {
                                name: "check",
                                image: "zookeeper:1",
                                command,
                                env: [
                                    { name: "MEMBERS", value: "3" },
                                    { name: "MOST_MEMBERS", value: "7" },
                                    { name: "AUTHENTICATION", value: "required" },
                                ],
                                resources: {
                                    requests: {
                                        cpu: "50m",
                                        memory: "256Mi",
                                        "ephemeral-storage": "100Mi",
                                    },
                                    limits: { memory: "256Mi", "ephemeral-storage": "100Mi" },
                                },
                                volumeMounts: IDENTITY.volumeMounts,
                                // What it found is what Pulumi shows.
                                terminationMessagePolicy: "FallbackToLogsOnError",
                                securityContext: CONTAINER_SECURITY_CONTEXT,
                            },
                        ],
                        volumes: IDENTITY.volumes,
                    },
                },
            });
            assert.deepEqual(options.dependencies, [
                "kubernetes:core/v1:Secret zookeeper-auth",
                "kubernetes:core/v1:Service zookeeper-client",
                "kubernetes:core/v1:Service zookeeper-headless",
            ]);
        });

        it("comes before the members", async () => {
            const { options } = (await create()).resource(MEMBERS);
            assert.deepEqual(options.dependencies, [
                "kubernetes:batch/v1:Job zookeeper-update-check",
            ]);
        });

        it("is a new one for everything that restarts the members", async () => {
            const nameOf = async (args: Partial<ZookeeperEnsembleArgs>) =>
                jobOf(await create(args)).inputs.metadata.name;
            const first = await nameOf({});
            assert.equal(await nameOf({}), first);
            // A larger volume restarts nothing.
            assert.equal(await nameOf({ storage: { size: "40Gi" } }), first);
            const changed = [
                first,
                await nameOf({ image: "zookeeper:2" }),
                await nameOf({ replicas: 5 }),
                await nameOf({ spread: "required" }),
                await nameOf({ authentication: "optional" }),
                await nameOf({
                    resources: {
                        requests: { cpu: "1", memory: "1Gi" },
                        limits: { memory: "1Gi" },
                    },
                }),
            ];
            assert.equal(new Set(changed).size, changed.length);
        });
    });
});
