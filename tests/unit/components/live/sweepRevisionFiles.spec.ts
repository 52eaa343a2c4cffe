import assert from "node:assert/strict";
import type { KubernetesObject, V1Volume } from "@kubernetes/client-node";
import { sweepRevisionFiles } from "../../../../components/live/sweepRevisionFiles";
import { FakeCluster } from "../../../support/fakeCluster";

const mounting = (...volumes: V1Volume[]) => ({ containers: [], volumes });
const volumeOf = (name: string): V1Volume => ({ name: "config", configMap: { name } });

function files(name: string, application = "kafka"): KubernetesObject {
    const labels = { "kafka-eks/files-of": application };
    return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, labels } };
}

/** The StatefulSet `kafka`, with the files of its template. */
function statefulSet(name: string): KubernetesObject {
    return {
        apiVersion: "apps/v1",
        kind: "StatefulSet",
        metadata: { name: "kafka" },
        spec: { template: { spec: mounting(volumeOf(name)) } },
    } as KubernetesObject;
}

function pod(name: string, ...volumes: V1Volume[]): KubernetesObject {
    return {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name },
        spec: mounting(...volumes),
    } as KubernetesObject;
}

/** As the API server has it: a patch of the StatefulSet. */
function revision(name: string, ...volumes: V1Volume[]): KubernetesObject {
    return {
        apiVersion: "apps/v1",
        kind: "ControllerRevision",
        metadata: { name },
        data: { spec: { template: { $patch: "replace", spec: mounting(...volumes) } } },
        revision: 1,
    } as KubernetesObject;
}

describe("sweepRevisionFiles", () => {
    it("deletes the files that no template, no revision and no pod has", async () => {
        const cluster = new FakeCluster(
            files("kafka-now"),
            files("kafka-of-revision"),
            files("kafka-of-pod"),
            files("kafka-projected"),
            files("kafka-advertised-now"),
            files("kafka-advertised-old"),
            files("kafka-old"),
            files("kafka-older"),
            files("zookeeper-old", "zookeeper"),
            { ...files("kafka-listeners"), metadata: { name: "kafka-listeners" } },
            statefulSet("kafka-now"),
            revision("kafka-1", volumeOf("kafka-of-revision"), { name: "tmp", emptyDir: {} }),
            pod("kafka-0", volumeOf("kafka-of-pod")),
            pod("kafka-1", {
                name: "config",
                projected: {
                    sources: [
                        { secret: { name: "s" } },
                        { configMap: { name: "kafka-projected" } },
                        { configMap: { name: "kafka-advertised-now" } },
                    ],
                },
            }),
        );
        assert.deepEqual(await sweepRevisionFiles(cluster, "streams", "kafka", undefined), [
            "kafka-advertised-old",
            "kafka-old",
            "kafka-older",
        ]);
        assert.deepEqual(cluster.actions, [
            "remove ConfigMap kafka-advertised-old",
            "remove ConfigMap kafka-old",
            "remove ConfigMap kafka-older",
        ]);
    });

    it("keeps what the program has for the next revision, which an up before was refused", async () => {
        const cluster = new FakeCluster(
            ...["now", "next", "old"].map((which) => files(`kafka-${which}`)),
            statefulSet("kafka-now"),
        );
        const next = mounting(volumeOf("kafka-next"));
        assert.deepEqual(await sweepRevisionFiles(cluster, "streams", "kafka", next), [
            "kafka-old",
        ]);
    });

    it("deletes nothing where no StatefulSet says what is current", async () => {
        const cluster = new FakeCluster(files("kafka-now"));
        assert.deepEqual(await sweepRevisionFiles(cluster, "streams", "kafka", undefined), []);
        assert.deepEqual(cluster.actions, []);
    });
});
