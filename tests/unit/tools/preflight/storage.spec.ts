import assert from "node:assert/strict";
import type { V1PersistentVolumeClaim, V1StorageClass } from "@kubernetes/client-node";
import { judgeStorage, type StorageFacts } from "../../../../tools/preflight/storage";
import type { PlannedClaim } from "../../../../tools/preflight/plannedPods";
import { outcomes } from "./objects";

const DEFAULT = { "storageclass.kubernetes.io/is-default-class": "true" };
const CLAIM: PlannedClaim = { name: "data-kafka-0", key: "kafka.storage", size: "50Gi" };

function storageClass(name: string, more: Partial<V1StorageClass> = {}): V1StorageClass {
    return {
        metadata: { name, ...more.metadata },
        provisioner: "ebs.csi.aws.com",
        allowVolumeExpansion: true,
        volumeBindingMode: "WaitForFirstConsumer",
        reclaimPolicy: "Delete",
        ...Object.fromEntries(Object.entries(more).filter(([key]) => key !== "metadata")),
    };
}

function facts(
    classes: readonly V1StorageClass[],
    claims: readonly V1PersistentVolumeClaim[] = [],
    drivers: readonly string[] = ["ebs.csi.aws.com"],
): StorageFacts {
    return {
        classes: { value: classes },
        drivers: {
            value: drivers.map((name) => ({ metadata: { name }, spec: {} })),
        },
        claims: { value: claims },
    };
}

function claim(size: string, storageClassName: string, volumeName = "pv-1") {
    return {
        metadata: { name: "data-kafka-0" },
        spec: { storageClassName, volumeName, resources: { requests: { storage: size } } },
    };
}

describe("the storage of a cluster", () => {
    const standard = storageClass("standard", { metadata: { annotations: DEFAULT } });

    it("is fine with a default class that makes volumes where the pod is, and lets them grow", () =>
        assert.deepEqual(judgeStorage([CLAIM], facts([standard])), [
            {
                key: "kafka.storage.storageClass",
                outcome: "ok",
                found: "standard (ebs.csi.aws.com, WaitForFirstConsumer, can grow, Delete)",
            },
        ]));

    it("fails without a default class where none is configured", () =>
        assert.deepEqual(judgeStorage([CLAIM], facts([storageClass("slow")])), [
            {
                key: "kafka.storage.storageClass",
                outcome: "fails",
                found: "expected a default StorageClass, since none is configured, got slow, none of them the default",
                next: "set kafka.storage.storageClass, or mark one as the default",
            },
        ]));

    it("fails where the configured class is not there, for each key that names it", () => {
        const claims = [
            { ...CLAIM, storageClass: "fast" },
            { ...CLAIM, name: "data-kafka-1", storageClass: "fast" },
            { ...CLAIM, name: "data-zookeeper-0", key: "zookeeper.storage", storageClass: "fast" },
        ];
        const found = judgeStorage(claims, facts([standard]));
        assert.deepEqual(outcomes(found), [
            "kafka.storage.storageClass: fails",
            "zookeeper.storage.storageClass: fails",
        ]);
        assert.equal(found[0]!.found, "expected a StorageClass fast, got standard");
    });

    it("takes the newest of several defaults, as Kubernetes does, and warns", () => {
        const at = (name: string, day: string) =>
            storageClass(name, {
                metadata: {
                    annotations: DEFAULT,
                    creationTimestamp: day as unknown as Date,
                },
            });
        const found = judgeStorage(
            [CLAIM],
            facts([at("old", "2025-01-01T00:00:00Z"), at("new", "2026-01-01T00:00:00Z")]),
        );
        assert.match(found[0]!.found, /^new /);
        assert.deepEqual(found[1], {
            key: "kafka.storage.storageClass",
            outcome: "warning",
            found: "expected one default StorageClass, got 2: new, old",
            next: "set kafka.storage.storageClass, so that it stays the same class",
        });
    });

    it("warns of volumes that can't grow, and of those that are made before their pod", () => {
        const poor = storageClass("poor", {
            metadata: { annotations: DEFAULT },
            allowVolumeExpansion: undefined,
            volumeBindingMode: undefined,
        });
        const found = judgeStorage([CLAIM], facts([poor]));
        assert.deepEqual(
            found.map(({ outcome, found: text }) => [outcome, text.split(", got ")[1]]),
            [
                [
                    "warning",
                    "poor without allowVolumeExpansion: storage.size can't be raised later",
                ],
                ["warning", "poor with Immediate: a volume may come to be where its pod can't run"],
            ],
        );
    });

    it("fails where the driver of CSI is missing, and asks for none where it is no such driver", () => {
        const found = judgeStorage([CLAIM], facts([standard], [], ["efs.csi.aws.com"]));
        assert.equal(
            found[0]!.found,
            "expected the CSI driver ebs.csi.aws.com, which makes the volumes of standard, got efs.csi.aws.com",
        );
        for (const provisioner of ["rancher.io/local-path", "kubernetes.io/gce-pd"]) {
            const local = { ...standard, provisioner };
            assert.deepEqual(outcomes(judgeStorage([CLAIM], facts([local], [], []))), [
                "kafka.storage.storageClass: ok",
            ]);
        }
        const unread = { ...facts([standard]), drivers: { unknown: "no" } };
        assert.equal(judgeStorage([CLAIM], unread)[0]!.outcome, "ok");
    });

    it("warns of a class that makes no volumes", () => {
        const manual = { ...standard, provisioner: "kubernetes.io/no-provisioner" };
        assert.match(judgeStorage([CLAIM], facts([manual]))[0]!.found, /make by hand$/);
    });

    it("needs no class where all claims have their volumes", () =>
        assert.deepEqual(judgeStorage([CLAIM], facts([], [claim("50Gi", "gone")])), [
            { key: "claims", outcome: "ok", found: "all 1 are there with their volumes" },
        ]));

    it("fails where claims would shrink or change their class, and not where they grow", () => {
        const asked = { ...CLAIM, storageClass: "fast" };
        const found = judgeStorage([asked], facts([standard], [claim("100Gi", "slow")]));
        assert.deepEqual(found.slice(1), [
            {
                key: "kafka.storage.storageClass",
                outcome: "fails",
                found: "expected slow, which claim data-kafka-0 has, got fast",
                next: "set it back: the class of a claim can't change",
            },
            {
                key: "kafka.storage.size",
                outcome: "fails",
                found: "expected at least 100Gi, which claim data-kafka-0 has, got 50Gi",
                next: "set it back: a volume can't shrink",
            },
        ]);
        assert.equal(judgeStorage([CLAIM], facts([], [claim("20Gi", "slow")])).length, 1);
    });

    it("takes claims without a volume for those that up makes anew, and not Strimzi's", () => {
        const asked = { ...CLAIM, storageClass: "slow" };
        const failuresOf = (name: string) => {
            const present = { ...claim("100Gi", "sloww", ""), metadata: { name } };
            const found = facts([storageClass("slow")], [present]);
            return judgeStorage([{ ...asked, name }], found).filter(
                ({ outcome }) => outcome === "fails",
            );
        };
        assert.deepEqual(failuresOf("data-kafka-0"), []);
        assert.equal(failuresOf("data-0-kafka-broker-0").length, 2);
    });

    it("is not known where classes may not be read", () => {
        const unread = { ...facts([]), classes: { unknown: "no" } };
        assert.deepEqual(outcomes(judgeStorage([CLAIM], unread)), ["storage classes: unknown"]);
    });
});
