import assert from "node:assert/strict";
import type { V1Pod } from "@kubernetes/client-node";
import { leaderOfMost } from "../../../../lab/faults/leader";
import { isReady, restartsOf } from "../../../../lab/faults/pods";
import { isFirstOfItsNamespace } from "../../../../lab/faults/podProcess";
import { reasonIn } from "../../../../lab/faults/upMessages";

describe("the broker that leads most partitions", () => {
    const brokers = [0, 1, 2].map((id) => ({
        id,
        host: "",
        port: 9092,
        isController: id === 1,
    }));
    const topics = (...leaders: (number | undefined)[]) => [
        {
            topic: "t",
            isInternal: false,
            minInsyncReplicas: 2,
            partitions: leaders.map((leader, partition) => ({
                partition,
                ...(leader !== undefined && { leader }),
                replicas: [0, 1, 2],
                isr: [0, 1, 2],
            })),
        },
    ];

    it("is found, whatever its id", () => {
        const found = leaderOfMost({ brokers, topics: topics(0, 1, 1, 2) });
        assert.deepEqual(found, { broker: 1, isController: true });
    });

    it("is the first of several", () => {
        const found = leaderOfMost({ brokers, topics: topics(2, 0, undefined) });
        assert.deepEqual(found, { broker: 0, isController: false });
    });

    it("is none where no partition has a leader", () => {
        assert.throws(() => leaderOfMost({ brokers, topics: topics(undefined) }), {
            message: "the partitions: expected leaders, got none",
        });
    });
});

describe("the main process of a container", () => {
    it("is PID 1 where it lives, and no probe", () => {
        assert.equal(
            isFirstOfItsNamespace("Name:\tjava\nNSpid:\t2211\t310\t1\nThreads:\t9\n"),
            true,
        );
        assert.equal(
            isFirstOfItsNamespace("Name:\tbash\nNSpid:\t2212\t311\t21\nThreads:\t1\n"),
            false,
        );
        assert.equal(isFirstOfItsNamespace(""), false);
    });
});

describe("a pod", () => {
    const pod = (status: V1Pod["status"]): V1Pod => ({ status });

    it("is ready when Kubernetes says so", () => {
        const ready = (status: string) => pod({ conditions: [{ type: "Ready", status }] });
        assert.equal(isReady(ready("True")), true);
        assert.equal(isReady(ready("False")), false);
        assert.equal(isReady(pod({})), false);
    });

    it("tells how often a container was started anew", () => {
        const container = (name: string, restartCount: number) => ({
            name,
            restartCount,
            image: "",
            imageID: "",
            ready: true,
        });
        const both = [container("kafka", 2), container("certificate-reload", 5)];
        assert.equal(restartsOf(pod({ containerStatuses: both }), "kafka"), 2);
        assert.equal(restartsOf(pod({}), "kafka"), 0);
    });
});

describe("the reason of a failed up", () => {
    it("is what the command calls an error, else its first line", () => {
        const text =
            "code: 255\n stdout: \n stderr: error: the stack is currently locked\n  more\n";
        assert.equal(
            reasonIn(text.replace("stderr: ", "stderr:\n")),
            "the stack is currently locked",
        );
        assert.equal(reasonIn("no engine\nmore"), "no engine");
    });
});
