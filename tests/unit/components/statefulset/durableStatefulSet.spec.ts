import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import type { types } from "@pulumi/kubernetes";
import {
    DurableStatefulSet,
    DurableStatefulSetArgs,
} from "../../../../components/statefulset/durableStatefulSet";
import { register } from "../../../support/mocks";

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

type Spec = types.output.apps.v1.StatefulSetSpec;

async function specOf(args?: Partial<DurableStatefulSetArgs>): Promise<Spec> {
    const { resources } = await create(args);
    return resources.object("StatefulSet", "kafka").inputs.spec as Spec;
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

    it("restarts pods one after the other, and when their configuration is another one", async () => {
        const { updateStrategy, template } = await specOf();
        assert.deepEqual(updateStrategy, { type: "RollingUpdate" });
        assert.deepEqual(template.metadata.annotations, { "kafka-eks/config-hash": "0123" });
    });

    it("keeps claims whether the StatefulSet is deleted or gets smaller", async () => {
        const { persistentVolumeClaimRetentionPolicy } = await specOf();
        assert.deepEqual(persistentVolumeClaimRetentionPolicy, {
            whenDeleted: "Retain",
            whenScaled: "Retain",
        });
    });

    it("selects its pods by the label that never changes", async () => {
        const { selector, template } = await specOf();
        assert.deepEqual(selector, { matchLabels: { "app.kubernetes.io/name": "kafka" } });
        assert.deepEqual(template.metadata.labels, LABELS);
    });

    it("makes as many pods as it is told, in that order, with names of that Service", async () => {
        for (const args of [
            { replicas: 2, podManagementPolicy: "OrderedReady" },
            { replicas: 3, podManagementPolicy: "Parallel" },
        ] as const) {
            const { replicas, podManagementPolicy, serviceName, template } = await specOf(args);
            assert.deepEqual({ replicas, podManagementPolicy }, args);
            assert.equal(serviceName, "kafka-headless");
            assert.deepEqual(template.spec, POD);
        }
    });

    it("makes the claims that the claim template of the StatefulSet looks for", async () => {
        const { resources } = await create({ application: "zookeeper", replicas: 3 });
        const { spec } = resources.object("StatefulSet", "zookeeper").inputs as unknown as {
            spec: Spec;
        };
        const [template, ...more] = spec.volumeClaimTemplates;
        assert.deepEqual(more, []);
        const { accessModes, storageClassName } = template!.spec;
        assert.deepEqual([accessModes, storageClassName], [["ReadWriteOnce"], "gp3"]);
        for (const ordinal of [0, 1, 2]) {
            const name = `${template!.metadata.name}-zookeeper-${ordinal}`;
            const { inputs } = resources.object("PersistentVolumeClaim", name);
            assert.deepEqual(inputs.spec, template!.spec);
            // Its first pod binds it.
            assert.equal(inputs.metadata.annotations!["pulumi.com/skipAwait"], "true");
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
        const { data } = resources.object("ConfigMap", "kafka-config").inputs;
        assert.deepEqual(data, { "server.properties": "a=b\n" });
    });

    it("lets one of its pods be evicted at a time", async () => {
        const { resources } = await create();
        assert.deepEqual(resources.object("PodDisruptionBudget", "kafka").inputs.spec, {
            maxUnavailable: 1,
            selector: { matchLabels: { "app.kubernetes.io/name": "kafka" } },
        });
    });

    it("labels all objects, in its namespace", async () => {
        const { resources } = await create();
        for (const { inputs, key } of resources.objects) {
            assert.deepEqual(inputs.metadata.labels, LABELS, key);
            assert.equal(inputs.metadata.namespace, "streams", key);
        }
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

    it("never changes the class of a claim, with which its data would go", async () => {
        const { resources } = await create();
        const { ignoreChanges } = resources.object("PersistentVolumeClaim", "data-kafka-0").options;
        assert.deepEqual(ignoreChanges, ["spec.storageClassName", "spec.accessModes"]);
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
            deleteBeforeReplace: false,
            protect: false,
            gates: [],
            // An hour of log recovery and more for each of the two pods.
            timeouts: { create: "140m", update: "140m", delete: "30m" },
        });
    });
});
