import assert from "node:assert/strict";
import type { VersionInfo } from "@kubernetes/client-node";
import { STRIMZI_RELEASES } from "../../../../components/strimzi/versions";
import type { StackConfig } from "../../../../config/stackConfig";
import { judgeApis, judgeVersion, lineOf } from "../../../../tools/preflight/versions";
import { configOf } from "./objects";

const { kubernetes, testedKubernetes } = STRIMZI_RELEASES["1.2.0"];

function judge(config: StackConfig, gitVersion: string) {
    return judgeVersion(config, { value: { gitVersion } as VersionInfo });
}

describe("the version of Kubernetes", () => {
    const strimzi = configOf({});
    const statefulset = configOf({ kafkaDeploymentType: "statefulset" });

    it("is read from whatever a vendor makes of it", () => {
        for (const gitVersion of [
            "v1.35.2",
            "v1.35.3-eks-40737a8",
            "v1.35.0+k3s1",
            "v1.35.1-gke.100",
        ]) {
            assert.equal(lineOf({ gitVersion }), "1.35");
        }
    });

    it("is fine where Strimzi is tested with it", () =>
        assert.deepEqual(judge(strimzi, "v1.34.1"), [
            { key: "Kubernetes", outcome: "ok", found: "v1.34.1" },
        ]));

    it("is fine at both ends of Strimzi's range", () => {
        for (const line of [kubernetes, testedKubernetes]) {
            assert.equal(judge(strimzi, `v${line}.0`)[0]!.outcome, "ok");
        }
    });

    it("fails below what Strimzi needs", () =>
        assert.deepEqual(judge(strimzi, "v1.29.14"), [
            {
                key: "Kubernetes",
                outcome: "fails",
                found: "expected 1.30 or newer, which Strimzi 1.2.0 needs, got 1.29",
                next: "upgrade the Kubernetes cluster",
            },
        ]));

    it("is a warning above what Strimzi is tested with", () => {
        const [found] = judge(strimzi, "v1.36.0");
        assert.equal(found!.outcome, "warning");
        assert.match(found!.found, /^expected at most 1\.35, .*, got 1\.36$/);
    });

    it("is not compared with Strimzi's where the operator is somebody else's, or there is none", () => {
        const config = configOf({ strimzi: { installOperator: false } });
        assert.equal(judge(config, "v1.29.0")[0]!.outcome, "ok");
        assert.equal(judge(statefulset, "v1.36.0")[0]!.outcome, "ok");
    });

    it("is a warning where StatefulSets would not know their zones", () => {
        const [found] = judge(statefulset, "v1.34.0");
        assert.deepEqual([found!.key, found!.outcome], ["kafka.rackAwareness", "warning"]);
        const config = configOf({
            kafkaDeploymentType: "statefulset",
            kafka: { rackAwareness: false },
        });
        assert.equal(judge(config, "v1.34.0")[0]!.outcome, "ok");
        assert.equal(judge(statefulset, "v1.35.0")[0]!.outcome, "ok");
    });

    it("is compared with the configured one", () => {
        const config = configOf({ kubernetesVersion: "1.33" });
        assert.deepEqual(judge(config, "v1.34.0")[1], {
            key: "kubernetesVersion",
            outcome: "warning",
            found: "expected 1.34, which the cluster runs, got 1.33",
            next: 'set kubernetesVersion to "1.34"',
        });
        assert.equal(judge(config, "v1.33.9").length, 1);
    });

    it("is not known where it may not be read", () =>
        assert.deepEqual(judgeVersion(strimzi, { unknown: "Kubernetes answered 403: no" }), [
            {
                key: "Kubernetes",
                outcome: "unknown",
                found: "Kubernetes answered 403: no",
            },
        ]));
});

describe("the APIs of a stack's objects", () => {
    const OBJECTS = [
        { apiVersion: "v1", kind: "Namespace" },
        { apiVersion: "policy/v1", kind: "PodDisruptionBudget" },
        { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" },
        { apiVersion: "kafka.strimzi.io/v1", kind: "Kafka" },
    ];
    const served = (...versions: string[]) => ({
        value: versions.map((groupVersion) => ({
            name: "",
            versions: [{ groupVersion, version: "" }],
        })),
    });

    it("are served, but for those of CRDs, which come later", () => {
        const [found] = judgeApis(OBJECTS, served("policy/v1", "networking.k8s.io/v1"));
        assert.deepEqual(found, {
            key: "APIs",
            outcome: "ok",
            found: "the cluster serves all that the objects need (2)",
        });
    });

    it("fail where a version is not served", () => {
        const [found] = judgeApis(OBJECTS, served("policy/v1beta1", "networking.k8s.io/v1"));
        assert.equal(found!.outcome, "fails");
        assert.equal(found!.found, "expected an API server with policy/v1, got one without");
    });
});
