import assert from "node:assert/strict";
import type { V1Pod } from "@kubernetes/client-node";
import { firstUnready, readinessOf } from "../../../render/readiness";

const ready = { state: "ready" };
const waiting = (reason: string) => ({ state: "waiting", reason });

describe("readinessOf", () => {
    it("waits for an object that is not there", () => {
        assert.deepEqual(readinessOf(undefined), waiting("not there yet"));
    });

    it("does not wait for anything about other kinds", () => {
        assert.deepEqual(readinessOf({ kind: "ConfigMap" }), ready);
    });

    const job = (type?: string, status = "True") => ({
        kind: "Job",
        status: { conditions: type === undefined ? [] : [{ type, status, message: "a reason" }] },
    });
    for (const [what, object, expected] of [
        ["running", job(), waiting("still running")],
        ["complete", job("Complete"), ready],
        ["not complete after all", job("Complete", "False"), waiting("still running")],
        ["failed", job("Failed"), { state: "failed", reason: "a reason" }],
    ] as const) {
        it(`sees a Job that is ${what}`, () => assert.deepEqual(readinessOf(object), expected));
    }

    const rolledOut = {
        observedGeneration: 2,
        replicas: 3,
        readyReplicas: 3,
        updatedReplicas: 3,
        currentRevision: "b",
        updateRevision: "b",
    };
    const statefulSet = (status: Partial<typeof rolledOut>) => ({
        kind: "StatefulSet",
        metadata: { generation: 2 },
        spec: { replicas: 3 },
        status: { ...rolledOut, ...status },
    });
    for (const [what, status, expected] of [
        ["rolled out", {}, ready],
        ["not looked at", { observedGeneration: 1 }, waiting("the change is not noticed yet")],
        ["starting", { readyReplicas: 1 }, waiting("1 of 3 pods ready")],
        ["scaling down", { replicas: 4 }, waiting("3 of 3 pods ready")],
        [
            "rolling",
            { currentRevision: "a", updatedReplicas: 1, readyReplicas: 2 },
            waiting("1 of 3 pods updated, 2 ready"),
        ],
    ] as const) {
        it(`sees a StatefulSet that is ${what}`, () => {
            assert.deepEqual(readinessOf(statefulSet(status)), expected);
        });
    }

    const service = (waitFor: string, status: object) => ({
        kind: "Service",
        metadata: { annotations: { "pulumi.com/waitFor": waitFor } },
        status,
    });
    const ADDRESS = "jsonpath={.status.loadBalancer.ingress}";
    it("waits for what the annotation names", () => {
        const pending = service(ADDRESS, { loadBalancer: {} });
        assert.deepEqual(readinessOf(pending), waiting("no .status.loadBalancer.ingress yet"));
        const there = service(ADDRESS, { loadBalancer: { ingress: [{ ip: "1.2.3.4" }] } });
        assert.deepEqual(readinessOf(there), ready);
    });

    it("waits for a condition", () => {
        const condition = (status: string) =>
            service("condition=Ready", { conditions: [{ type: "Ready", status }] });
        assert.deepEqual(readinessOf(condition("False")), waiting("no Ready yet"));
        assert.deepEqual(readinessOf(condition("True")), ready);
    });

    for (const [what, generation, observedGeneration, expected] of [
        ["for a change to be noticed", 3, 2, waiting("the change is not noticed yet")],
        ["no longer than until a change is noticed", 3, 3, ready],
        ["for what tells nothing of changes", 3, undefined, ready],
    ] as const) {
        it(`waits ${what}, with a condition`, () => {
            const conditions = [{ type: "Ready", status: "True" }];
            const live = {
                kind: "Kafka",
                metadata: { generation, annotations: { "pulumi.com/waitFor": "condition=Ready" } },
                status: { observedGeneration, conditions },
            };
            assert.deepEqual(readinessOf(live), expected);
        });
    }

    it("waits for a status that is not there yet", () => {
        const metadata = {
            generation: 1,
            annotations: { "pulumi.com/waitFor": "condition=Ready" },
        };
        assert.deepEqual(readinessOf({ kind: "Kafka", metadata }), waiting("no Ready yet"));
    });

    it("does not wait for the generation of what it need not wait for", () => {
        const live = {
            kind: "KafkaNodePool",
            metadata: { generation: 2 },
            status: { observedGeneration: 1 },
        };
        assert.deepEqual(readinessOf(live), ready);
    });

    it("does not pass over an annotation that it does not understand", () => {
        assert.deepEqual(readinessOf(service("delete", {})), {
            state: "failed",
            reason: "pulumi.com/waitFor: delete is not understood",
        });
    });
});

describe("firstUnready", () => {
    const pod = (name: string, status: V1Pod["status"]): V1Pod => ({ metadata: { name }, status });
    const isReady = { conditions: [{ type: "Ready", status: "True" }] };
    const container = { name: "kafka", image: "", imageID: "", ready: false, restartCount: 0 };

    it("names the first pod that is not ready, and why", () => {
        const pods = [
            pod("kafka-2", { conditions: [] }),
            pod("kafka-1", {
                containerStatuses: [
                    {
                        ...container,
                        state: { waiting: { reason: "ErrImagePull", message: "no such image" } },
                    },
                ],
            }),
            pod("kafka-0", isReady),
        ];
        assert.deepEqual(firstUnready(pods), {
            pod: "kafka-1",
            why: "ErrImagePull: no such image",
        });
    });

    it("tells why a pod has no node", () => {
        const conditions = [
            { type: "PodScheduled", status: "False", message: "0/3 nodes are available" },
        ];
        assert.equal(firstUnready([pod("a", { conditions })])?.why, "0/3 nodes are available");
    });

    it("knows nothing of pods that are ready", () => {
        assert.equal(firstUnready([pod("kafka-0", isReady)]), undefined);
    });
});
