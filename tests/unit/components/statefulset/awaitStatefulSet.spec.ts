import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import {
    type Awaited,
    awaitStatefulSet,
    type AwaitStatefulSetArgs,
} from "../../../../components/statefulset/awaitStatefulSet";
import { AnsweringCluster } from "../../../support/answeringCluster";
import { type PlainObject, register, type RunOptions, valueOf } from "../../../support/mocks";
import { failuresOf, takeRejections } from "../../../support/rejections";
import { runningStatefulSet, withBrokenPod } from "./live";

const metadata = { name: "zookeeper", namespace: "streams" };
const sentSpec = (replicas: number) => ({
    replicas,
    serviceName: "zookeeper-headless",
    selector: { matchLabels: { "app.kubernetes.io/name": "zookeeper" } },
    template: { spec: { containers: [{ name: "zookeeper", image: "zookeeper:1" }] } },
});
const WHOLE = runningStatefulSet({ metadata, spec: sentSpec(3) });

const claim = (ordinal: number, size = "10Gi", spec: object = { volumeName: "pv" }) => ({
    apiVersion: "v1" as const,
    kind: "PersistentVolumeClaim" as const,
    metadata: { name: `data-zookeeper-${ordinal}`, namespace: "streams" },
    spec: { resources: { requests: { storage: size } }, ...spec },
});

/** Sends a StatefulSet of some members, with claims of 20Gi, and waits for it. */
async function send(
    replicas: number,
    cluster: AnsweringCluster,
    args: Partial<AwaitStatefulSetArgs> = {},
    options?: RunOptions,
): Promise<Awaited> {
    const { result } = await register(() => {
        const spec = sentSpec(replicas);
        const set = new k8s.apps.v1.StatefulSet("members", { metadata, spec });
        return awaitStatefulSet(set, {
            live: cluster,
            namespace: "streams",
            application: "zookeeper",
            claims: Array.from(
                { length: replicas },
                (_, ordinal) =>
                    new k8s.core.v1.PersistentVolumeClaim(
                        `claim-${ordinal}`,
                        claim(ordinal, "20Gi"),
                    ),
            ),
            sent: spec,
            waitMinutes: 20,
            restartWhileDegraded: false,
            ...args,
        });
    }, options);
    return result;
}

/** A quorum that tells when it was reached. */
function quorum(reached: string[], pods = 2) {
    return {
        pods,
        reached: () => {
            reached.push("reached");
            return Promise.resolve();
        },
    };
}

describe("wait for a StatefulSet", () => {
    it("is over when all pods run as wanted", async () => {
        const reached: string[] = [];
        const { serving, ready } = await send(3, new AnsweringCluster(WHOLE), {
            quorum: quorum(reached),
        });
        assert.ok(k8s.apps.v1.StatefulSet.isInstance(await valueOf(serving)));
        assert.ok(k8s.apps.v1.StatefulSet.isInstance(await valueOf(ready)));
        assert.deepEqual(reached, ["reached"]);
    });

    it("lets others go on with a quorum while another pod can't start, and fails all the same", async () => {
        const reached: string[] = [];
        const cluster = new AnsweringCluster(withBrokenPod(WHOLE, "zookeeper-2"));
        const { serving, ready } = await send(3, cluster, { quorum: quorum(reached) });
        assert.ok(k8s.apps.v1.StatefulSet.isInstance(await valueOf(serving)));
        await assert.rejects(valueOf(ready), {
            message:
                "zookeeper: expected 3 pods ready, got 2: zookeeper-2 can't get its image: no such name. " +
                "Next: correct the image, and run pulumi up",
        });
        assert.deepEqual(reached, ["reached"]);
        await takeRejections();
    });

    it("lets nobody go on with fewer, and with none where all are needed", async () => {
        for (const args of [{ quorum: quorum([], 3) }, {}]) {
            const cluster = new AnsweringCluster(withBrokenPod(WHOLE, "zookeeper-2"));
            const { serving } = await send(3, cluster, args);
            const [error] = await failuresOf(valueOf(serving));
            assert.match(String(error), /zookeeper-2 can't get its image: no such name/);
        }
    });

    it("ends with claims that have the size which they were told, whatever the StatefulSet made", async () => {
        const cluster = new AnsweringCluster([...WHOLE, claim(0, "20Gi"), claim(1), claim(2)]);
        const { ready } = await send(3, cluster);
        await valueOf(ready);
        assert.deepEqual(
            cluster.done,
            [1, 2].map((ordinal) => `merge PersistentVolumeClaim data-zookeeper-${ordinal}`),
        );
    });

    it("begins with claims of the class that is wanted, where they have no volume", async () => {
        const cluster = new AnsweringCluster([
            ...WHOLE,
            claim(0, "20Gi", { storageClassName: "gp33" }),
            claim(1, "20Gi", { storageClassName: "gp33", volumeName: "pv" }),
            claim(2, "20Gi", { storageClassName: "gp3" }),
        ]);
        const { ready } = await send(3, cluster, { storageClass: "gp3" });
        await valueOf(ready);
        assert.deepEqual(cluster.done, [
            "remove PersistentVolumeClaim data-zookeeper-0",
            "create PersistentVolumeClaim data-zookeeper-0",
        ]);
        assert.deepEqual(cluster.objects.at(-1), {
            ...claim(0, "20Gi", { storageClassName: "gp3" }),
            metadata: { ...claim(0).metadata, labels: undefined, annotations: {} },
        });
    });

    describe("of an up with other targets", () => {
        const untargeted = (members: PlainObject | undefined) => ({ untargeted: { members } });

        it("goes by the pods that there are to be since the last up", async () => {
            const kept = untargeted({ metadata, spec: sentSpec(3) });
            const { ready } = await send(4, new AnsweringCluster(WHOLE), {}, kept);
            assert.ok(k8s.apps.v1.StatefulSet.isInstance(await valueOf(ready)));
        });

        it("leaves claims as the last up has told them, and those that it never made", async () => {
            const cluster = new AnsweringCluster([...WHOLE, ...[0, 1, 2].map((n) => claim(n))]);
            const told = { "claim-0": claim(0), "claim-1": undefined };
            const { ready } = await send(3, cluster, {}, { untargeted: told });
            await valueOf(ready);
            assert.deepEqual(cluster.done, ["merge PersistentVolumeClaim data-zookeeper-2"]);
        });

        it("keeps the files of what is still to be sent, which a refused up has made", async () => {
            const files = (name: string) => ({
                apiVersion: "v1",
                kind: "ConfigMap",
                metadata: {
                    name,
                    namespace: "streams",
                    labels: { "kafka-eks/files-of": "zookeeper" },
                },
            });
            const { template, ...spec } = sentSpec(3);
            const volumes = [{ name: "config", configMap: { name: "zookeeper-config-next" } }];
            const next = { ...spec, template: { spec: { ...template.spec, volumes } } };
            const cluster = new AnsweringCluster([
                ...WHOLE,
                files("zookeeper-config-next"),
                files("zookeeper-config-old"),
            ]);
            const kept = untargeted({ metadata, spec: sentSpec(3) });
            const { ready } = await send(3, cluster, { sent: next }, kept);
            await valueOf(ready);
            assert.deepEqual(cluster.done, ["remove ConfigMap zookeeper-config-old"]);
        });

        it("does nothing where it was never made", async () => {
            const reached: string[] = [];
            const cluster = new AnsweringCluster();
            const ends = await send(3, cluster, { quorum: quorum(reached) }, untargeted(undefined));
            const values = await Promise.all(
                [ends.serving, ends.ready].map((each) => valueOf(each)),
            );
            assert.deepEqual([values, reached, cluster.done], [[undefined, undefined], [], []]);
        });
    });
});
