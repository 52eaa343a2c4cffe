import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ListenerEntry } from "../../../../../components/kafka/clientAccess";
import type { Listener } from "../../../../../components/kafka/listeners";
import { renderProperties } from "../../../../../components/kubernetes/files";
import { adminProperties } from "../../../../../components/statefulset/brokers/adminProperties";
import { brokerPodSpec } from "../../../../../components/statefulset/brokers/brokerPod";
import { brokerProperties } from "../../../../../components/statefulset/brokers/brokerProperties";
import {
    KafkaCluster,
    KafkaClusterArgs,
} from "../../../../../components/statefulset/brokers/kafkaCluster";
import { configVolume } from "../../../../../components/statefulset/statefulSetSpec";
import { AnsweringCluster } from "../../../../support/answeringCluster";
import { FakeCluster } from "../../../../support/fakeCluster";
import { register, Registrations, RunOptions } from "../../../../support/mocks";
import { failuresOf } from "../../../../support/rejections";
import {
    advertisedOf,
    hashedConfigMap,
    type PodTemplate,
    revisionFilesOf,
    templateOf,
} from "../../pods";
import { livePod, liveStatefulSet, WHOLE } from "../live";

const CLUSTER = "kafka-eks:index:KafkaCluster kafka";
const BROKERS = "kafka-eks:index:DurableStatefulSet kafka-brokers";
const ADVERTISED = "kubernetes:core/v1:ConfigMap kafka-advertised";
const ACCEPT_EMPTY = "kubernetes:core/v1:ConfigMap kafka-accept-empty";

const LABELS = {
    "app.kubernetes.io/name": "kafka",
    "app.kubernetes.io/part-of": "kafka-eks",
    "app.kubernetes.io/managed-by": "pulumi",
};

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
        clusterDomain: "cluster.local",
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
        remembered: {},
        adminTool: "kafka-admin-0123",
        waitMinutes: 20,
        restartWhileDegraded: false,
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

function brokersOf(resources: Registrations): PodTemplate {
    return templateOf(resources.object("StatefulSet", "kafka"));
}

function filesOf(resources: Registrations): Readonly<Record<string, string>> {
    return revisionFilesOf(resources, "kafka").data;
}

async function hashOf(args: Partial<KafkaClusterArgs>): Promise<string> {
    const hash = brokersOf(await create(args)).metadata.annotations["kafka-eks/config-hash"]!;
    assert.match(hash, /^[0-9a-f]{16}$/);
    return hash;
}

describe("KafkaCluster", () => {
    it("has nothing but the brokers, with a volume for each of them, and what is told to each", async () => {
        const resources = await create({
            replicas: 4,
            storage: { size: "1Ti", storageClass: "gp3" },
        });
        assert.deepEqual(resources.childrenOf(CLUSTER).sort(), [BROKERS, ACCEPT_EMPTY, ADVERTISED]);
        assert.deepEqual(resources.childrenOf(BROKERS).sort(), [
            "kubernetes:apps/v1:StatefulSet kafka-brokers-statefulset",
            "kubernetes:core/v1:ConfigMap kafka-brokers-files",
            "kubernetes:core/v1:PersistentVolumeClaim kafka-brokers-data-0",
            "kubernetes:core/v1:PersistentVolumeClaim kafka-brokers-data-1",
            "kubernetes:core/v1:PersistentVolumeClaim kafka-brokers-data-2",
            "kubernetes:core/v1:PersistentVolumeClaim kafka-brokers-data-3",
            "kubernetes:policy/v1:PodDisruptionBudget kafka-brokers-pdb",
        ]);
        assert.equal(resources.all.length, 1 + 3 + 7 + 2);
        assert.deepEqual(resources.object("PersistentVolumeClaim", "data-kafka-3").inputs.spec, {
            accessModes: ["ReadWriteOnce"],
            storageClassName: "gp3",
            resources: { requests: { storage: "1Ti" } },
        });
    });

    it("asks Kafka before the brokers change, with what the namespace remembers", async () => {
        const cluster = new AnsweringCluster([liveStatefulSet("kafka", 3), livePod("kafka-0")], {
            "kafka-check-": [0, JSON.stringify({ ...WHOLE, clusterId: "another" })],
        });
        const resources = await create(
            { live: cluster, remembered: { clusterId: "eCp0PqUqQ6yL6fS7vXyTbA" } },
            { hooks: true, preview: true },
        );
        const { hooks, inputs } = resources.object("StatefulSet", "kafka");
        await assert.rejects(
            hooks.beforeUpdate[0]!.callback({
                oldInputs: { spec: { template: {} } },
                newInputs: inputs,
            }),
            /^Error: cluster id: expected eCp0PqUqQ6yL6fS7vXyTbA, .*, got another\./,
        );
    });

    it("updates a broker only while all the others are ready", async () => {
        const { spec } = (await create()).object("StatefulSet", "kafka").inputs;
        const { podManagementPolicy, serviceName, replicas } = spec as Record<string, unknown>;
        assert.deepEqual(
            [podManagementPolicy, serviceName, replicas],
            ["OrderedReady", "kafka-headless", 3],
        );
    });

    for (const security of [{ encrypted: false }, { encrypted: true }]) {
        describe(`with brokers that ${security.encrypted ? "" : "don't "}encrypt`, () => {
            const args = argsOf({ security, config: { "log.retention.hours": "24" } });

            it("runs their pods", async () => {
                const resources = await create(args);
                const { volumes, ...pod } = brokerPodSpec(args);
                const { volumes: mounted, ...made } = brokersOf(resources).spec;
                assert.deepEqual(made, pod);
                const { name } = revisionFilesOf(resources, "kafka");
                assert.deepEqual(mounted, [
                    configVolume([
                        name,
                        advertisedOf(resources).name,
                        "kafka-accept-empty",
                        "kafka-admin-0123",
                    ]),
                    ...volumes,
                ]);
            });

            it("gives them their properties, and those of the tools beside them", async () => {
                const files = filesOf(await create(args));
                assert.equal(
                    files["server.properties"],
                    renderProperties(brokerProperties({ ...args, brokers: 3 })),
                );
                assert.equal(files["admin.properties"], adminProperties(security));
            });

            it("gives them every script that their containers run", async () => {
                const resources = await create(args);
                const files = Object.keys(filesOf(resources));
                const scripts = brokersOf(resources).spec.containers.flatMap(
                    ({ command, startupProbe, livenessProbe }) =>
                        [command, startupProbe?.exec?.command, livenessProbe?.exec?.command]
                            .flatMap((words) => words?.[1] ?? [])
                            .map((path) => path.replace("/etc/kafka-eks/", "")),
                );
                assert.equal(scripts.length, security.encrypted ? 4 : 3);
                for (const script of scripts) {
                    assert.ok(files.includes(script), script);
                }
            });
        });
    }

    it("has the files of all brokers in one ConfigMap, and what each advertises in another one", async () => {
        const resources = await create({
            listeners: [INTERNAL, EXTERNAL],
            addresses: [INTERNAL_ENTRY, entry("external", "a:1", "b:2", "c:3")],
        });
        assert.deepEqual(Object.keys(filesOf(resources)).sort(), [
            "admin-class.sh",
            "admin.properties",
            "broker-alive.sh",
            "broker-in-sync.sh",
            "check-volume.sh",
            "log4j.properties",
            "server-checks.sh",
            "server.properties",
            "start-kafka.sh",
            "zookeeper-client.sh",
        ]);
        const lines = ["a:1", "b:2", "c:3"].map((external, n) => {
            const host = `kafka-${n}.kafka-headless.streams.svc.cluster.local`;
            return [
                `advertised-${n}`,
                `REPLICATION://${host}:9091,INTERNAL://pod-${n}:9092,EXTERNAL://${external}`,
            ] as const;
        });
        const { inputs, options } = hashedConfigMap(resources, "kafka-advertised");
        assert.deepEqual(inputs, {
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: {
                name: inputs.metadata.name,
                namespace: "streams",
                labels: { ...LABELS, "kafka-eks/files-of": "kafka" },
            },
            data: Object.fromEntries(lines),
        });
        // It is kept for pods that have it, and taken back with what is wanted then.
        assert.deepEqual([options.provider, options.retainOnDelete], ["data", true]);
        assert.deepEqual(resources.resource(BROKERS).options.dependencies, [
            ACCEPT_EMPTY,
            ADVERTISED,
        ]);
    });

    it("tells pods of all revisions in one place who may start with an empty volume", async () => {
        const acceptedOf = async (args: Partial<KafkaClusterArgs>) =>
            (await create(args)).object("ConfigMap", "kafka-accept-empty");
        const { inputs, options } = await acceptedOf({ acceptEmptyVolumes: [0, 2] });
        assert.deepEqual(inputs, {
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: { name: "kafka-accept-empty", namespace: "streams", labels: LABELS },
            data: { "accept-empty": "0 2" },
        });
        assert.equal(options.retainOnDelete, false);
        assert.deepEqual((await acceptedOf({})).inputs.data, { "accept-empty": "" });
    });

    it("keeps the addresses of brokers that are to go, which may restart until they have", async () => {
        const { inputs: live } = hashedConfigMap(await create({ replicas: 3 }), "kafka-advertised");
        const cluster = new AnsweringCluster([live]);
        const resources = await create(
            { live: cluster, replicas: 2 },
            { hooks: true, preview: true },
        );
        const { inputs } = hashedConfigMap(resources, "kafka-advertised");
        assert.deepEqual(inputs, live);
    });

    it("goes without what it may not read in a preview, and fails in an up", async () => {
        const { inputs: made } = hashedConfigMap(await create(), "kafka-advertised");
        const cluster = new FakeCluster();
        cluster.refused.set("ConfigMap", "configmaps is forbidden");
        const seen = await create({ live: cluster }, { hooks: true, preview: true });
        assert.deepEqual(hashedConfigMap(seen, "kafka-advertised").inputs, made);
        const failures = await failuresOf(create({ live: cluster }, { hooks: true }));
        assert.deepEqual(
            [...new Set(failures.map((error) => (error as Error).message))],
            [`cannot read the ConfigMap ${made.metadata.name}: configmaps is forbidden`],
        );
    });

    it("does not raise the min ISR that the namespace remembers", async () => {
        const minIsrOf = async (args: Partial<KafkaClusterArgs>) => {
            const properties = filesOf(await create(args))["server.properties"]!;
            return /^min\.insync\.replicas=(\d+)$/m.exec(properties)![1];
        };
        assert.equal(await minIsrOf({}), "2");
        assert.equal(await minIsrOf({ remembered: { minInsyncReplicas: 1 } }), "1");
        assert.equal(await minIsrOf({ remembered: { minInsyncReplicas: 2 }, replicas: 1 }), "1");
        assert.equal(
            await minIsrOf({
                remembered: { minInsyncReplicas: 1 },
                config: { "min.insync.replicas": "2" },
            }),
            "2",
        );
    });

    it("waits for the addresses and shows them as not known in a preview", async () => {
        const addresses = pulumi
            .output(Promise.resolve([INTERNAL_ENTRY]))
            .apply((entries) => entries);
        assert.equal(
            advertisedOf(await create({ addresses })).data["advertised-1"],
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

        it("when a listener is secured in another way", async () => {
            const listener = (changes: object) => ({
                security: { encrypted: true },
                listeners: [{ ...INTERNAL, ...changes }],
            });
            assert.notEqual(await hashOf(listener({ tls: true })), await hashOf(listener({})));
        });

        it("not for another broker, a larger volume, a kept configuration or an accepted loss", async () => {
            const templateOfBrokers = async (args: Partial<KafkaClusterArgs>) =>
                brokersOf(await create(args));
            const first = await templateOfBrokers({});
            const added = entry("internal", ...INTERNAL_ENTRY.brokers, "pod-4:9092");
            for (const args of [
                {},
                { replicas: 5, addresses: [added] },
                { storage: { size: "1Ti" } },
                { acceptEmptyVolumes: [1] },
            ]) {
                assert.deepEqual(await templateOfBrokers(args), first);
            }
        });
    });
});
