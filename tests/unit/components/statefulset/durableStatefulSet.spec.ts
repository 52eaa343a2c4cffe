import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import type { types } from "@pulumi/kubernetes";
import {
    DurableStatefulSet,
    DurableStatefulSetArgs,
} from "../../../../components/statefulset/durableStatefulSet";
import { AnsweringCluster } from "../../../support/answeringCluster";
import { register, type RunOptions } from "../../../support/mocks";
import { liveStatefulSet } from "./live";

const COMPONENT = "kafka-eks:index:DurableStatefulSet brokers";
const LABELS = {
    "app.kubernetes.io/name": "kafka",
    "app.kubernetes.io/part-of": "kafka-eks",
    "app.kubernetes.io/managed-by": "pulumi",
};
const POD = { containers: [{ name: "kafka", image: "kafka:1" }], volumes: [] };
/** Name of the ConfigMap with {@link DurableStatefulSetArgs.files}. */
const FILES = "kafka-config-80e19003fe146305";

function create(args: Partial<DurableStatefulSetArgs> = {}, options?: RunOptions) {
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
                moreFiles: ["kafka-advertised", "kafka-admin-0123"],
                configHash: "0123",
                check: () => Promise.resolve(),
                waitMinutes: 20,
                restartWhileDegraded: false,
                storage: { size: "10Gi", storageClass: "gp3" },
                dataProvider: new k8s.Provider("data"),
                ...args,
            },
            { provider: cluster },
        );
    }, options);
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
            "kubernetes:core/v1:ConfigMap brokers-files",
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
            assert.deepEqual(template.spec.containers, POD.containers);
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

    it("has the files of a revision in a ConfigMap of its own, which never changes", async () => {
        const { resources } = await create();
        const { inputs } = resources.object("ConfigMap", FILES);
        assert.deepEqual(inputs, {
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: {
                name: FILES,
                namespace: "streams",
                labels: { ...LABELS, "kafka-eks/files-of": "kafka" },
            },
            immutable: true,
            data: { "server.properties": "a=b\n" },
        });
    });

    it("mounts them together with those of others, and before the pod's own volumes", async () => {
        const run = { name: "run", emptyDir: {} };
        const { template } = await specOf({ pod: { ...POD, volumes: [run] } });
        assert.deepEqual(template.spec.volumes, [
            {
                name: "config",
                projected: {
                    sources: [FILES, "kafka-advertised", "kafka-admin-0123"].map((name) => ({
                        configMap: { name },
                    })),
                },
            },
            run,
        ]);
    });

    it("has pods mount the files that there are, where an up with other targets makes no new ones", async () => {
        const kept = { metadata: { name: "kafka-config-before" } };
        const { resources } = await create({}, { untargeted: { "brokers-files": kept } });
        const { spec } = resources.object("StatefulSet", "kafka").inputs as unknown as {
            spec: Spec;
        };
        const [{ projected }] = spec.template.spec.volumes as [types.output.core.v1.Volume];
        assert.deepEqual(
            projected.sources.map(({ configMap }) => configMap.name),
            ["kafka-config-before", "kafka-advertised", "kafka-admin-0123"],
        );
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
            const { "kafka-eks/files-of": _, ...labels } = inputs.metadata.labels;
            assert.deepEqual(labels, LABELS, key);
            assert.equal(inputs.metadata.namespace, "streams", key);
        }
    });

    it("keeps the claims on destroy unless their data is to go, and always the files of a revision", async () => {
        for (const [deleteDataOnDestroy, kept] of [
            [undefined, true],
            [false, true],
            [true, false],
        ] as const) {
            const { resources } = await create({ deleteDataOnDestroy });
            for (const { inputs, options } of resources.objects) {
                const isClaim = inputs.kind === "PersistentVolumeClaim";
                // Pods of an earlier revision go on with theirs.
                const isFiles = inputs.kind === "ConfigMap";
                assert.equal(options.retainOnDelete, isFiles || (isClaim && kept), inputs.kind);
                assert.equal(
                    options.provider,
                    isClaim || isFiles ? "data" : "cluster",
                    inputs.kind,
                );
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
                "kubernetes:core/v1:ConfigMap brokers-files",
                "kubernetes:core/v1:PersistentVolumeClaim brokers-data-0",
                "kubernetes:core/v1:PersistentVolumeClaim brokers-data-1",
            ],
            ignoreChanges: ["spec.volumeClaimTemplates", "spec.podManagementPolicy"],
            retainOnDelete: false,
            deleteBeforeReplace: false,
            protect: false,
            gates: [],
            timeouts: { create: "", update: "", delete: "30m" },
        });
    });

    it("asks before the StatefulSet is made or changed, with what it was and what it is to be", async () => {
        const asked: unknown[] = [];
        const { resources } = await create(
            {
                live: new AnsweringCluster([liveStatefulSet("kafka", 2)]),
                check: (change) => {
                    asked.push(change);
                    return Promise.reject(new Error("no"));
                },
            },
            { hooks: true, preview: true },
        );
        const { hooks } = resources.object("StatefulSet", "kafka");
        const [before, after] = [{ spec: { replicas: 3 } }, { spec: { replicas: 4 } }];
        const [[ofCreate], [ofUpdate]] = [hooks.beforeCreate, hooks.beforeUpdate];
        await assert.rejects(ofCreate!.callback({ newInputs: after }), { message: "no" });
        const recorded = { spec: { replicas: 3, revisionHistoryLimit: 10 } };
        await assert.rejects(
            ofUpdate!.callback({ oldInputs: before, newInputs: after, oldOutputs: recorded }),
            { message: "no" },
        );
        assert.deepEqual(asked, [
            { before: undefined, after, recorded: undefined },
            { before, after, recorded },
        ]);
        const others = resources.objects.filter(
            ({ inputs: { kind } }) => !["StatefulSet", "PersistentVolumeClaim"].includes(kind),
        );
        assert.ok(others.every((each) => each.hooks.beforeCreate.length === 0));
    });

    it("says what makes the StatefulSet again before it asks whether it may change", async () => {
        const check = () => Promise.reject(new Error("asked"));
        const live = new AnsweringCluster();
        const { resources } = await create({ live, check }, { hooks: true, preview: true });
        const { hooks } = resources.object("StatefulSet", "kafka");
        const spec = { replicas: 2 };
        await assert.rejects(
            hooks.beforeUpdate[0]!.callback({ oldInputs: { spec }, newInputs: { spec } }),
            {
                message:
                    "kafka: expected the StatefulSet in namespace streams, got none: somebody deleted it, or the kubeconfig " +
                    "leads to another cluster. Next: look which cluster it is; if it is the right one, pulumi up --refresh " +
                    "makes it anew",
            },
        );
        // The state does not know it any more.
        await assert.rejects(hooks.beforeCreate[0]!.callback({ newInputs: { spec } }), {
            message: "asked",
        });
    });

    describe("of a claim without a volume", () => {
        const wrong = {
            apiVersion: "v1",
            kind: "PersistentVolumeClaim",
            metadata: { name: "data-kafka-1", namespace: "streams", labels: LABELS },
            spec: {
                accessModes: ["ReadWriteOnce"],
                storageClassName: "gp33",
                resources: { requests: { storage: "900Ti" } },
            },
        };
        const hooksOf = async (live: AnsweringCluster) => {
            const { resources } = await create({ live }, { hooks: true, preview: true });
            return resources.object("PersistentVolumeClaim", "data-kafka-1").hooks;
        };

        it("makes it anew before it is made or changed, with the class and the size that are wanted", async () => {
            for (const step of ["beforeCreate", "beforeUpdate"] as const) {
                const live = new AnsweringCluster([wrong]);
                const hooks = await hooksOf(live);
                const before = step === "beforeUpdate" ? { oldInputs: wrong } : {};
                await hooks[step][0]!.callback({ ...before, newInputs: wrong });
                assert.deepEqual(live.done, [
                    "remove PersistentVolumeClaim data-kafka-1",
                    "create PersistentVolumeClaim data-kafka-1",
                ]);
                assert.deepEqual((live.objects[0] as typeof wrong).spec, {
                    ...wrong.spec,
                    storageClassName: "gp3",
                    resources: { requests: { storage: "10Gi" } },
                });
            }
        });

        it("leaves one alone that has a volume", async () => {
            const bound = { ...wrong, spec: { ...wrong.spec, volumeName: "pv" } };
            const live = new AnsweringCluster([bound]);
            const hooks = await hooksOf(live);
            await hooks.beforeUpdate[0]!.callback({ oldInputs: wrong, newInputs: wrong });
            assert.deepEqual([live.done, live.objects], [[], [bound]]);
        });

        it("says what makes one again that is not there, and lets one be made", async () => {
            const hooks = await hooksOf(new AnsweringCluster());
            await assert.rejects(
                hooks.beforeUpdate[0]!.callback({ oldInputs: wrong, newInputs: wrong }),
                /^Error: data-kafka-1: expected the PersistentVolumeClaim in namespace streams, got none: /,
            );
            await hooks.beforeCreate[0]!.callback({ newInputs: wrong });
        });

        it("changes nothing in a preview, which sends what is there: Kubernetes would refuse the change", async () => {
            const live = new AnsweringCluster([wrong]);
            const { resources } = await create({ live }, { preview: true });
            const specs = [0, 1].map(
                (n) => resources.object("PersistentVolumeClaim", `data-kafka-${n}`).inputs.spec,
            );
            assert.deepEqual(specs, [
                {
                    accessModes: ["ReadWriteOnce"],
                    storageClassName: "gp3",
                    resources: { requests: { storage: "10Gi" } },
                },
                wrong.spec,
            ]);
            assert.deepEqual([live.done, live.objects], [[], [wrong]]);
        });
    });

    it("asks nothing where the objects are made somewhere else", async () => {
        const { resources } = await create();
        assert.deepEqual(resources.object("StatefulSet", "kafka").hooks, {
            beforeCreate: [],
            beforeUpdate: [],
        });
    });

    it("has the engine wait for no pods: the program does, and says why it ends", async () => {
        const { resources } = await create();
        assert.deepEqual(resources.object("StatefulSet", "kafka").inputs.metadata.annotations, {
            "pulumi.com/waitFor": "jsonpath={.metadata.uid}",
        });
    });
});
