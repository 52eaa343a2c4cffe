import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import {
    DurableStatefulSet,
    DurableStatefulSetArgs,
} from "../../../components/statefulset/durableStatefulSet";
import { register } from "../../support/mocks";

const COMPONENT = "kafka-eks:index:DurableStatefulSet brokers";
const LABELS = {
    "app.kubernetes.io/name": "kafka",
    "app.kubernetes.io/part-of": "kafka-eks",
    "app.kubernetes.io/managed-by": "pulumi",
};
const POD = { containers: [{ name: "kafka", image: "kafka:1" }] };

function create(args: Partial<DurableStatefulSetArgs> = {}) {
    return register(() => {
        const cluster = new k8s.Provider("cluster");
        new DurableStatefulSet(
            "brokers",
            {
                namespace: "streams",
                application: "kafka",
                headlessService: "kafka-headless",
                replicas: 2,
                podManagementPolicy: "OrderedReady",
                pod: POD,
                files: { "server.properties": "a=b\n" },
                configHash: "0123",
                storage: { size: "10Gi", storageClass: "gp3" },
                dataProvider: new k8s.Provider("data"),
                ...args,
            },
            { provider: cluster },
        );
    });
}

describe("DurableStatefulSet", () => {
    it("has a ConfigMap, a claim for each pod, a PodDisruptionBudget and the StatefulSet", async () => {
        const { resources } = await create();
        assert.deepEqual(resources.childrenOf(COMPONENT).sort(), [
            "kubernetes:apps/v1:StatefulSet brokers-statefulset",
            "kubernetes:core/v1:ConfigMap brokers-config",
            "kubernetes:core/v1:PersistentVolumeClaim brokers-data-0",
            "kubernetes:core/v1:PersistentVolumeClaim brokers-data-1",
            "kubernetes:policy/v1:PodDisruptionBudget brokers-pdb",
        ]);
        // The component itself and the two providers.
        assert.equal(resources.all.length, 5 + 3);
    });

    it("has exactly the StatefulSet that its arguments describe", async () => {
        const { resources } = await create();
        assert.deepEqual(resources.object("StatefulSet", "kafka").inputs, {
            apiVersion: "apps/v1",
            kind: "StatefulSet",
            metadata: { name: "kafka", namespace: "streams", labels: LABELS },
            spec: {
                replicas: 2,
                serviceName: "kafka-headless",
                podManagementPolicy: "OrderedReady",
                updateStrategy: { type: "RollingUpdate" },
                selector: { matchLabels: { "app.kubernetes.io/name": "kafka" } },
                persistentVolumeClaimRetentionPolicy: {
                    whenDeleted: "Retain",
                    whenScaled: "Retain",
                },
                template: {
                    metadata: {
                        labels: LABELS,
                        annotations: { "kafka-eks/config-hash": "0123" },
                    },
                    spec: POD,
                },
                volumeClaimTemplates: [
                    {
                        metadata: { name: "data" },
                        spec: {
                            accessModes: ["ReadWriteOnce"],
                            storageClassName: "gp3",
                            resources: { requests: { storage: "10Gi" } },
                        },
                    },
                ],
            },
        });
    });

    it("makes the claims that the claim template of the StatefulSet looks for", async () => {
        const { resources } = await create({ application: "zookeeper", replicas: 3 });
        const { spec } = resources.object("StatefulSet", "zookeeper").inputs as unknown as {
            spec: { volumeClaimTemplates: { metadata: { name: string }; spec: unknown }[] };
        };
        const [template, ...more] = spec.volumeClaimTemplates;
        assert.deepEqual(more, []);
        for (const ordinal of [0, 1, 2]) {
            const name = `${template!.metadata.name}-zookeeper-${ordinal}`;
            assert.deepEqual(resources.object("PersistentVolumeClaim", name).inputs, {
                apiVersion: "v1",
                kind: "PersistentVolumeClaim",
                metadata: {
                    name,
                    namespace: "streams",
                    labels: { ...LABELS, "app.kubernetes.io/name": "zookeeper" },
                    annotations: { "pulumi.com/skipAwait": "true" },
                },
                spec: template!.spec,
            });
        }
    });

    it("leaves the class of the volumes to the cluster unless it is given", async () => {
        const { resources } = await create({ storage: { size: "1Gi" } });
        assert.deepEqual(resources.object("PersistentVolumeClaim", "data-kafka-0").inputs.spec, {
            accessModes: ["ReadWriteOnce"],
            resources: { requests: { storage: "1Gi" } },
        });
    });

    it("has the files in the ConfigMap that the pods mount", async () => {
        const { resources } = await create();
        assert.deepEqual(resources.object("ConfigMap", "kafka-config").inputs, {
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: { name: "kafka-config", namespace: "streams", labels: LABELS },
            data: { "server.properties": "a=b\n" },
        });
    });

    it("lets one pod be evicted at a time", async () => {
        const { resources } = await create();
        assert.deepEqual(resources.object("PodDisruptionBudget", "kafka").inputs, {
            apiVersion: "policy/v1",
            kind: "PodDisruptionBudget",
            metadata: { name: "kafka", namespace: "streams", labels: LABELS },
            spec: {
                maxUnavailable: 1,
                selector: { matchLabels: { "app.kubernetes.io/name": "kafka" } },
            },
        });
    });

    it("keeps the claims on destroy unless their data is to go, and nothing else", async () => {
        for (const [deleteDataOnDestroy, kept] of [
            [undefined, true],
            [false, true],
            [true, false],
        ] as const) {
            const { resources } = await create({ deleteDataOnDestroy });
            for (const { inputs, options } of resources.objects) {
                const isClaim = inputs.kind === "PersistentVolumeClaim";
                assert.equal(options.retainOnDelete, isClaim && kept, inputs.kind);
                assert.equal(options.provider, isClaim ? "data" : "cluster", inputs.kind);
            }
        }
    });

    it("protects the StatefulSet and the claims where it is asked to, and nothing else", async () => {
        for (const protect of [undefined, false, true]) {
            const { resources } = await create({ protect });
            const found = resources.all.filter(({ options }) => options.protect);
            assert.deepEqual(
                found.map(({ name }) => name).sort(),
                protect === true ? ["brokers-data-0", "brokers-data-1", "brokers-statefulset"] : [],
            );
        }
    });

    it("creates the StatefulSet last and never replaces it for its claim template", async () => {
        const { resources } = await create();
        assert.deepEqual(resources.object("StatefulSet", "kafka").options, {
            provider: "cluster",
            dependencies: [
                "kubernetes:core/v1:ConfigMap brokers-config",
                "kubernetes:core/v1:PersistentVolumeClaim brokers-data-0",
                "kubernetes:core/v1:PersistentVolumeClaim brokers-data-1",
            ],
            ignoreChanges: ["spec.volumeClaimTemplates", "spec.podManagementPolicy"],
            retainOnDelete: false,
            protect: false,
            // An hour of log recovery and more for each of the two pods.
            timeouts: { create: "140m", update: "140m", delete: "30m" },
        });
    });
});
