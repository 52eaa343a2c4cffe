import assert from "node:assert/strict";
import type { KubernetesObject, V1Pod, V1StatefulSet } from "@kubernetes/client-node";
import { applyObjects, deleteObjects } from "../../../render/apply";
import { ApplyError } from "../../../render/errors";
import { findApplied, findData, staleObjects } from "../../../render/inventory";
import type { ObjectApi } from "../../../render/objectApi";

const LABELS = { "app.kubernetes.io/part-of": "kafka-eks" };
const OURS = [{ manager: "kafka-eks" }];

function object(kind: string, name: string, more: object = {}): KubernetesObject {
    return {
        apiVersion: "v1",
        kind,
        metadata: { name, namespace: "kafka", labels: LABELS },
        ...more,
    };
}

const key = ({ kind, metadata }: KubernetesObject) => `${kind}/${metadata?.name}`;

/** A cluster in memory that writes down what is done to it. */
class FakeCluster implements ObjectApi {
    readonly log: string[] = [];
    readonly objects = new Map<string, KubernetesObject>();
    podList: V1Pod[] = [];
    jobLog = "";
    /** What an object becomes when it is applied, by key; otherwise it is ready at once. */
    readonly becomes = new Map<string, object>();
    /** Reads of an object that are still to be answered with the object before it is gone. */
    readsUntilGone = 0;
    refusal?: unknown;

    constructor(...objects: KubernetesObject[]) {
        objects.forEach((each) => this.objects.set(key(each), each));
    }

    read(wanted: KubernetesObject) {
        const found = this.objects.get(key(wanted));
        if (found !== undefined && this.log.at(-1)?.startsWith(`delete ${key(wanted)}`)) {
            if (this.readsUntilGone === 0) {
                this.objects.delete(key(wanted));
                return Promise.resolve(undefined);
            }
            this.readsUntilGone -= 1;
        }
        return Promise.resolve(found);
    }

    apply(wanted: KubernetesObject, force: boolean) {
        if (this.refusal !== undefined) {
            // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as the library does
            return Promise.reject(this.refusal);
        }
        this.log.push(`apply ${key(wanted)}${force ? " by force" : ""}`);
        this.objects.set(key(wanted), { ...wanted, ...this.becomes.get(key(wanted)) });
        return Promise.resolve();
    }

    delete(wanted: KubernetesObject, propagation: string) {
        this.log.push(`delete ${key(wanted)} ${propagation}`);
        return Promise.resolve();
    }

    list({ kind }: { kind: string }) {
        return Promise.resolve([...this.objects.values()].filter((each) => each.kind === kind));
    }

    pods() {
        return Promise.resolve(this.podList);
    }

    logTail() {
        return Promise.resolve(this.jobLog);
    }
}

const complete = { status: { conditions: [{ type: "Complete", status: "True" }] } };
const failed = { status: { conditions: [{ type: "Failed", status: "True", message: "no luck" }] } };
const rolledOut = { status: { replicas: 1, readyReplicas: 1 } };
const starting = { status: { replicas: 1, readyReplicas: 0 } };

describe("applyObjects", () => {
    it("creates what was generated where there is none, and leaves what is there", async () => {
        const annotated = { annotations: { "kafka-eks/generated": "true" } };
        const generated = object("Secret", "generated");
        const secret = { ...generated, metadata: { ...generated.metadata, ...annotated } };
        const given = object("Secret", "given");
        const cluster = new FakeCluster();
        await applyObjects(cluster, [secret, given]);
        await applyObjects(cluster, [secret, given]);
        assert.deepEqual(cluster.log, [
            "apply Secret/generated",
            "apply Secret/given",
            "apply Secret/given",
        ]);
    });

    it("applies in order; what an earlier deployment left is taken back by force", async () => {
        const cluster = new FakeCluster();
        cluster.becomes.set("Job/check", complete);
        cluster.becomes.set("StatefulSet/kafka", rolledOut);
        await applyObjects(cluster, [
            object("Namespace", "kafka"),
            object("ConfigMap", "a"),
            object("Job", "check"),
            object("PersistentVolumeClaim", "data-kafka-0"),
            object("StatefulSet", "kafka"),
        ]);
        assert.deepEqual(cluster.log, [
            "apply Namespace/kafka by force",
            "apply ConfigMap/a",
            "apply Job/check",
            "apply PersistentVolumeClaim/data-kafka-0 by force",
            "apply StatefulSet/kafka",
        ]);
    });

    it("waits for a StatefulSet before what comes after it, and tells for what", async () => {
        const cluster = new FakeCluster();
        cluster.becomes.set("StatefulSet/zookeeper", starting);
        const lines: string[] = [];
        await applyObjects(
            cluster,
            [object("StatefulSet", "zookeeper"), object("ConfigMap", "a")],
            {
                onProgress: (line) => {
                    lines.push(line);
                    assert.deepEqual(cluster.log, ["apply StatefulSet/zookeeper"]);
                    const ready = { ...object("StatefulSet", "zookeeper"), ...rolledOut };
                    cluster.objects.set("StatefulSet/zookeeper", ready);
                },
            },
        );
        assert.deepEqual(lines, ["StatefulSet zookeeper: 0 of 1 pods ready"]);
        assert.deepEqual(cluster.log, ["apply StatefulSet/zookeeper", "apply ConfigMap/a"]);
    });

    it("leaves claim templates and the pod management policy of a StatefulSet as they are", async () => {
        const live = {
            volumeClaimTemplates: [{ spec: { a: 1 } }],
            podManagementPolicy: "Parallel",
        };
        const wanted = {
            volumeClaimTemplates: [],
            podManagementPolicy: "OrderedReady",
            replicas: 1,
        };
        const cluster = new FakeCluster(object("StatefulSet", "kafka", { spec: live }));
        cluster.becomes.set("StatefulSet/kafka", rolledOut);
        await applyObjects(cluster, [object("StatefulSet", "kafka", { spec: wanted })]);
        const applied = cluster.objects.get("StatefulSet/kafka") as V1StatefulSet;
        assert.deepEqual(applied.spec, { ...wanted, ...live });
    });

    it("makes a Job anew that failed before, and leaves one that is complete", async () => {
        const cluster = new FakeCluster(
            object("Job", "bad", failed),
            object("Job", "good", complete),
        );
        cluster.becomes.set("Job/bad", complete);
        cluster.becomes.set("Job/good", complete);
        await applyObjects(cluster, [object("Job", "bad"), object("Job", "good")]);
        assert.deepEqual(cluster.log, [
            "delete Job/bad Foreground",
            "apply Job/bad",
            "apply Job/good",
        ]);
    });

    it("stops at a Job that fails, with the end of its log and the next command", async () => {
        const cluster = new FakeCluster();
        cluster.becomes.set("Job/check", failed);
        cluster.podList = [{ metadata: { name: "check-x" } }];
        cluster.jobLog = "found only: 1.\nbring them back\n";
        await assert.rejects(
            applyObjects(cluster, [object("Job", "check"), object("ConfigMap", "after")]),
            (error) =>
                error instanceof ApplyError &&
                error.message ===
                    "Job check failed: no luck; its log ends with: found only: 1. / bring them back" &&
                error.next === "look at it with kubectl --namespace kafka describe job check",
        );
        assert.deepEqual(cluster.log, ["apply Job/check"]);
    });

    it("gives up without progress, and names the pod to look at", async () => {
        const cluster = new FakeCluster();
        cluster.becomes.set("StatefulSet/kafka", starting);
        cluster.podList = [{ metadata: { name: "kafka-0" } }];
        const spec = { selector: { matchLabels: LABELS }, replicas: 1 };
        await assert.rejects(
            applyObjects(cluster, [object("StatefulSet", "kafka", { spec })], { stallMs: 0 }),
            (error) =>
                error instanceof ApplyError &&
                /StatefulSet kafka: 0 of 1 pods ready, kafka-0:/.test(error.message) &&
                error.next === "kubectl --namespace kafka describe pod kafka-0",
        );
    });

    it("names the object that the API server refuses, and says whose it may be", async () => {
        const cluster = new FakeCluster();
        cluster.refusal = { code: 409, message: "", body: '{"message":"conflict with \\"p\\""}' };
        await assert.rejects(
            applyObjects(cluster, [object("Service", "kafka-service")]),
            (error) =>
                error instanceof ApplyError &&
                /^Service kafka-service could not be applied: .*conflict with "p"/.test(
                    error.message,
                ) &&
                /such as Pulumi/.test(error.next),
        );
    });
});

describe("deleteObjects", () => {
    const objects = [
        object("Namespace", "kafka"),
        object("Service", "a"),
        object("PersistentVolumeClaim", "data-kafka-0"),
        object("StatefulSet", "kafka"),
    ];

    it("deletes in reverse, pods included, and keeps the data", async () => {
        const cluster = new FakeCluster(...objects);
        await deleteObjects(cluster, objects, { deleteData: false });
        assert.deepEqual(cluster.log, [
            "delete StatefulSet/kafka Foreground",
            "delete Service/a Background",
        ]);
    });

    it("deletes the data when that is asked for", async () => {
        const cluster = new FakeCluster(...objects);
        await deleteObjects(cluster, objects, { deleteData: true });
        assert.deepEqual(cluster.log, [
            "delete StatefulSet/kafka Foreground",
            "delete PersistentVolumeClaim/data-kafka-0 Background",
            "delete Service/a Background",
            "delete Namespace/kafka Background",
        ]);
    });

    it("waits until an object is gone", async () => {
        const cluster = new FakeCluster(...objects);
        cluster.readsUntilGone = 1;
        const lines: string[] = [];
        await deleteObjects(cluster, [objects[3]!], {
            deleteData: false,
            onProgress: (line) => lines.push(line),
        });
        assert.deepEqual(lines, ["StatefulSet kafka: being deleted"]);
        assert.equal(cluster.objects.has("StatefulSet/kafka"), false);
    });

    it("gives up on an object that stays", async () => {
        const cluster = new FakeCluster(...objects);
        cluster.readsUntilGone = 1000;
        await assert.rejects(
            deleteObjects(cluster, [objects[1]!], { deleteData: false, stallMs: 0 }),
            /Service a is not gone after 0 s/,
        );
    });
});

describe("inventory", () => {
    const metadata = (name: string, managedFields: object[] = OURS) => ({
        metadata: { name, namespace: "kafka", labels: LABELS, managedFields },
    });

    it("finds what was applied from here, brokers last, without the data", async () => {
        const cluster = new FakeCluster(
            object("StatefulSet", "", metadata("kafka")),
            object("StatefulSet", "", metadata("zookeeper")),
            object("Service", "", metadata("kafka-service")),
            object("Secret", "", metadata("kafka-user-alice")),
            object("Service", "", metadata("by-pulumi", [{ manager: "pulumi-kubernetes-1" }])),
            object("PersistentVolumeClaim", "", metadata("data-kafka-0")),
        );
        assert.deepEqual((await findApplied(cluster, "kafka")).map(key), [
            "Secret/kafka-user-alice",
            "Service/kafka-service",
            "StatefulSet/zookeeper",
            "StatefulSet/kafka",
        ]);
    });

    it("finds the data, but not a namespace that was there before", async () => {
        const claim = object("PersistentVolumeClaim", "data-kafka-0");
        const ours = new FakeCluster(object("Namespace", "kafka"), claim);
        assert.deepEqual((await findData(ours, "kafka")).map(key), [
            "Namespace/kafka",
            "PersistentVolumeClaim/data-kafka-0",
        ]);
        const foreign = object("Namespace", "kafka", { metadata: { name: "kafka" } });
        assert.deepEqual((await findData(new FakeCluster(foreign, claim), "kafka")).map(key), [
            "PersistentVolumeClaim/data-kafka-0",
        ]);
        assert.deepEqual(await findData(new FakeCluster(), "kafka"), []);
    });

    it("tells what is not wanted any more", () => {
        const [a, b] = [object("Service", "a"), object("Service", "b")];
        assert.deepEqual(staleObjects([a, b], [b, object("ConfigMap", "a")]), [a]);
    });
});
