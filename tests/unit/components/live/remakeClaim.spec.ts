import assert from "node:assert/strict";
import type { KubernetesObject, V1PersistentVolumeClaim } from "@kubernetes/client-node";
import { CLAIM, type ObjectRef } from "../../../../components/live/objects";
import { remakeClaim, unfitClaim } from "../../../../components/live/remakeClaim";
import { FakeCluster } from "../../../support/fakeCluster";

const WANTED = { name: "data-kafka-0", size: "10Gi", storageClass: "gp3" };
const REF = { ...CLAIM, namespace: "streams", name: WANTED.name };

interface ClaimOptions {
    readonly size?: string;
    readonly storageClass?: string;
    readonly volume?: string;
    readonly metadata?: object;
}

function claim({ size = "10Gi", volume, metadata, ...rest }: ClaimOptions = {}) {
    const { storageClass } = rest;
    return {
        ...CLAIM,
        metadata: { name: WANTED.name, namespace: "streams", resourceVersion: "1", ...metadata },
        spec: {
            accessModes: ["ReadWriteOnce"],
            ...(storageClass !== undefined && { storageClassName: storageClass }),
            resources: { requests: { storage: size } },
            ...(volume !== undefined && { volumeName: volume }),
        },
    };
}

/** Who named the class of a claim, as the API server keeps it. */
const NAMED = { managedFields: [{ fieldsV1: { "f:spec": { "f:storageClassName": {} } } }] };

const REMADE = [
    "remove PersistentVolumeClaim data-kafka-0",
    "create PersistentVolumeClaim data-kafka-0",
];

/** A cluster in which something else happens when an object is deleted. */
class Meanwhile extends FakeCluster {
    constructor(
        object: KubernetesObject,
        private readonly happen: (cluster: FakeCluster) => void,
        private readonly only?: (only: KubernetesObject["metadata"]) => void,
    ) {
        super(object);
    }

    override async remove(ref: ObjectRef, only?: KubernetesObject["metadata"]): Promise<void> {
        this.only?.(only);
        await super.remove(ref);
        this.happen(this);
    }
}

describe("a claim without a volume", () => {
    const others: Record<string, readonly [ClaimOptions, Partial<typeof WANTED>, string]> = {
        "of another class": [{ storageClass: "gp33" }, {}, "storageClass gp3 instead of gp33"],
        "of no class, where the cluster has no default one": [
            {},
            {},
            "storageClass gp3 instead of none",
        ],
        "of a class that was named, where the cluster's is wanted": [
            { storageClass: "gp33", metadata: NAMED },
            { storageClass: undefined },
            "storageClass of the cluster instead of gp33",
        ],
        "that is too large for its class": [
            { storageClass: "gp3", size: "900Ti" },
            {},
            "10Gi instead of 900Ti",
        ],
        "that is too small for its class": [
            { storageClass: "gp33", size: "1Gi" },
            {},
            "storageClass gp3 instead of gp33, 10Gi instead of 1Gi",
        ],
    };
    for (const [what, [options, wanted, differences]] of Object.entries(others)) {
        it(`is made anew ${what}`, async () => {
            const cluster = new FakeCluster(claim(options));
            const asked = { ...WANTED, ...wanted };
            assert.equal((await unfitClaim(cluster, "streams", asked))?.differences, differences);
            assert.deepEqual(cluster.actions, []);
            assert.equal(await remakeClaim(cluster, "streams", asked), differences);
            assert.deepEqual(cluster.actions, REMADE);
            const { spec } = (await cluster.read<V1PersistentVolumeClaim>(REF))!;
            assert.deepEqual(spec, claim({ storageClass: asked.storageClass }).spec);
        });
    }

    it("keeps its labels and annotations, but not what Kubernetes has written", async () => {
        const labels = { "app.kubernetes.io/name": "kafka" };
        const annotations = {
            "pulumi.com/skipAwait": "true",
            "volume.kubernetes.io/selected-node": "lab-node-1",
            "volume.beta.kubernetes.io/storage-provisioner": "ebs.csi.aws.com",
        };
        const metadata = { labels, annotations, uid: "u", finalizers: ["pvc-protection"] };
        const cluster = new FakeCluster(claim({ storageClass: "gp33", metadata }));
        await remakeClaim(cluster, "streams", WANTED);
        assert.deepEqual((await cluster.read(REF))!.metadata, {
            name: WANTED.name,
            namespace: "streams",
            labels,
            annotations: { "pulumi.com/skipAwait": "true" },
        });
    });

    const fit: Record<string, readonly [V1PersistentVolumeClaim[], Partial<typeof WANTED>]> = {
        "that is as it should be": [[claim({ storageClass: "gp3" })], {}],
        "whose size is written in another way": [
            [claim({ storageClass: "gp3", size: "10240Mi" })],
            {},
        ],
        "whose size has a part of a byte": [
            [claim({ storageClass: "gp3", size: "1395864371200m" })],
            { size: "1.3Gi" },
        ],
        "with the cluster's default class, where that is wanted": [
            [claim({ storageClass: "standard", metadata: { managedFields: [] } })],
            { storageClass: undefined },
        ],
        "that is not there": [[], {}],
        "of another class that has a volume": [
            [claim({ storageClass: "gp33", volume: "pv", size: "1Gi" })],
            {},
        ],
    };
    for (const [what, [claims, wanted]] of Object.entries(fit)) {
        it(`leaves one alone ${what}`, async () => {
            const cluster = new FakeCluster(...claims);
            const asked = { ...WANTED, ...wanted };
            assert.equal(await unfitClaim(cluster, "streams", asked), undefined);
            assert.equal(await remakeClaim(cluster, "streams", asked), undefined);
            assert.deepEqual(cluster.actions, []);
        });
    }

    it("is deleted only as it was read, and stays where it gets a volume meanwhile", async () => {
        const bound = claim({
            storageClass: "gp33",
            volume: "pv",
            metadata: { resourceVersion: "2" },
        });
        const seen: unknown[] = [];
        const cluster = new Meanwhile(
            claim({ storageClass: "gp33" }),
            () => undefined,
            (only) => {
                seen.push(only?.resourceVersion);
                cluster.put(bound);
            },
        );
        cluster.refused.set("remove", "the object has been modified");
        assert.equal(await remakeClaim(cluster, "streams", WANTED), undefined);
        assert.deepEqual([seen, cluster.actions], [["1"], []]);
        assert.deepEqual(await cluster.read(REF), bound);
    });

    it("is made anew once, whatever admission makes of it", async () => {
        const cluster = new FakeCluster(claim({ storageClass: "gp33" }));
        const create = cluster.create.bind(cluster);
        cluster.create = async <T extends KubernetesObject>(object: T) => {
            await create(object);
            cluster.put(claim({ storageClass: "encrypted" }));
            return object;
        };
        assert.ok(await remakeClaim(cluster, "streams", WANTED));
        assert.deepEqual(cluster.actions, REMADE);
    });

    it("is made anew again where the StatefulSet was faster, by its template", async () => {
        let times = 0;
        const cluster = new Meanwhile(claim({ storageClass: "gp33" }), (each) => {
            if (times++ === 0) {
                each.put(claim({ storageClass: "gp33", metadata: { resourceVersion: "2" } }));
            }
        });
        await remakeClaim(cluster, "streams", WANTED);
        assert.deepEqual(cluster.actions, [REMADE[0], ...REMADE]);
    });

    it("is waited for while it goes", async () => {
        const going = claim({
            storageClass: "gp33",
            metadata: { deletionTimestamp: new Date(), resourceVersion: "2" },
        });
        const cluster = new Meanwhile(claim({ storageClass: "gp33" }), (each) => {
            each.put(going);
            setTimeout(() => each.drop(CLAIM, WANTED.name), 50);
        });
        await remakeClaim(cluster, "streams", WANTED);
        assert.deepEqual(cluster.actions, REMADE);
    });

    it("is given a minute to get its volume, which would be left over", async () => {
        const made = (secondsAgo: number, volume?: string) =>
            claim({
                storageClass: "gp33",
                volume,
                metadata: { creationTimestamp: new Date(Date.now() - secondsAgo * 1000) },
            });
        const binding = new FakeCluster(made(1));
        setTimeout(() => binding.put(made(1, "pv")), 50);
        assert.equal(await remakeClaim(binding, "streams", WANTED), undefined);
        assert.deepEqual(binding.actions, []);
        const pending = new FakeCluster(made(59.9));
        assert.ok(await remakeClaim(pending, "streams", WANTED));
        assert.deepEqual(pending.actions, REMADE);
    });

    it("is put back where Kubernetes refuses another one", async () => {
        const before = claim({ storageClass: "gp33" });
        const cluster = new FakeCluster(before);
        const create = cluster.create.bind(cluster);
        cluster.create = <T extends KubernetesObject>(object: T) =>
            (object as V1PersistentVolumeClaim).spec!.storageClassName === "gp3"
                ? Promise.reject(new Error("exceeded quota: small."))
                : create(object);
        await assert.rejects(remakeClaim(cluster, "streams", WANTED), {
            message:
                'data-kafka-0: expected a claim with storageClass gp3 instead of gp33, got "exceeded quota: small". ' +
                "Next: kubectl describe persistentvolumeclaim data-kafka-0 -n streams",
        });
        assert.deepEqual((await cluster.read<V1PersistentVolumeClaim>(REF))!.spec, before.spec);
    });

    it("stays where Kubernetes refuses to delete it", async () => {
        const cluster = new FakeCluster(claim({ storageClass: "gp33" }));
        cluster.refused.set("remove", "ci may not delete claims");
        await assert.rejects(
            remakeClaim(cluster, "streams", WANTED),
            /got "ci may not delete claims"\. Next: /,
        );
        assert.deepEqual(cluster.actions, []);
    });
});
