import assert from "node:assert/strict";
import { mock } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import type { Remembered } from "../../../components/kafka/remembered";
import { problemsOfData } from "../../../config/dataProblems";
import { noticesOf, rememberedIn } from "../../../program/remembered";
import { AnsweringCluster } from "../../support/answeringCluster";
import { register, runProgram, valueOf } from "../../support/mocks";
import { takeRejections } from "../../support/rejections";
import { kafka, type Keys, load, zookeeper } from "../config/cases";

const statefulset = (keys: Keys = {}) => load("statefulset", keys);
const strimzi = (keys: Keys = {}) => load("strimzi", keys);

describe("what the data contradicts", () => {
    it("is another number of ZooKeeper members, more or fewer", () => {
        for (const [replicas, zookeeperMembers] of [
            [3, 1],
            [1, 3],
        ] as const) {
            assert.deepEqual(
                problemsOfData(statefulset(zookeeper({ replicas })), { zookeeperMembers }),
                [
                    `zookeeper.replicas: expected ${zookeeperMembers}, which the data in namespace kafka was made with, ` +
                        `got ${replicas}. With another number members could form a quorum that knows nothing. ` +
                        `Next: set it back to ${zookeeperMembers}`,
                ],
            );
        }
    });

    it("is another deployment type, whichever of them came first", () => {
        const lines = [
            [strimzi(), { zookeeperMembers: 1 }, "statefulset", "strimzi"],
            [statefulset(), { deploymentType: "strimzi" }, "strimzi", "statefulset"],
        ] as const;
        for (const [config, remembered, expected, given] of lines) {
            assert.deepEqual(problemsOfData(config, remembered), [
                `kafkaDeploymentType: expected ${expected}, whose data is in namespace kafka, got ${given}, which would ` +
                    "start without it. Next: choose another namespace and move the data, as docs/moving-to-strimzi.md says; " +
                    "if nobody needs it, destroy the stack and delete the namespace with its claims first",
            ]);
        }
    });

    it("is nothing where it is the same, or unknown", () => {
        const remembered: Remembered = { zookeeperMembers: 3 };
        assert.deepEqual(problemsOfData(statefulset(), remembered), []);
        assert.deepEqual(problemsOfData(statefulset(zookeeper({ replicas: 5 })), {}), []);
        assert.deepEqual(problemsOfData(strimzi(), {}), []);
        assert.deepEqual(problemsOfData(strimzi(), { deploymentType: "strimzi" }), []);
    });

    it("is no type where an earlier program left data of both", () => {
        const both: Remembered = { zookeeperMembers: 3, deploymentType: "strimzi" };
        assert.deepEqual(problemsOfData(statefulset(), both), []);
        assert.deepEqual(problemsOfData(strimzi(), both), []);
    });
});

describe("what waits for a person", () => {
    it("is a min ISR that more brokers allow", () => {
        const lines = [
            [statefulset(), "pulumi up says which topics those are"],
            [
                strimzi(),
                'raise their replicas, as docs/operations.md says, then set kafka.config["min.insync.replicas"]',
            ],
        ] as const;
        for (const [config, next] of lines) {
            assert.deepEqual(noticesOf(config, { minInsyncReplicas: 1 }), [
                "min.insync.replicas stays at 1, though 3 brokers allow 2: topics of fewer replicas would refuse writes. " +
                    `Next: ${next}`,
            ]);
        }
    });

    it("is nothing where they allow no higher one, it is unknown, or the configuration says it", () => {
        assert.deepEqual(noticesOf(statefulset(), { minInsyncReplicas: 2 }), []);
        assert.deepEqual(noticesOf(statefulset(), {}), []);
        const one = { minInsyncReplicas: 1 };
        assert.deepEqual(noticesOf(statefulset(kafka({ replicas: 1 })), one), []);
        for (const value of ["1", "2"]) {
            const config = { "min.insync.replicas": value };
            assert.deepEqual(noticesOf(statefulset(kafka({ config })), one), []);
        }
    });
});

describe("what the namespace remembers", () => {
    afterEach(() => mock.restoreAll());

    const namespace = (annotations: Readonly<Record<string, string>>) => ({
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name: "kafka", annotations },
    });

    class ClosedCluster extends AnsweringCluster {
        override read(): Promise<never> {
            return Promise.reject(new Error("forbidden"));
        }
    }

    async function read(live: AnsweringCluster | undefined, keys: Keys, preview = false) {
        const warn = mock.method(pulumi.log, "warn", () => Promise.resolve());
        const { result } = await register(() => rememberedIn(live, statefulset(keys)), {
            preview,
        });
        const value = await valueOf(result).catch((error: unknown) => error);
        // The SDK rejects the other promises of an output, too.
        await takeRejections();
        return { value, warnings: warn.mock.calls.map(({ arguments: [text] }) => text as unknown) };
    }

    it("is read before anything is made, and said aloud where it waits for a person", async () => {
        const live = new AnsweringCluster([namespace({ "kafka-eks/min-insync-replicas": "1" })]);
        const { value, warnings } = await read(live, {});
        assert.equal((value as Remembered).minInsyncReplicas, 1);
        assert.equal(warnings.length, 1);
        assert.match(warnings[0] as string, /^min\.insync\.replicas stays at 1, /);
    });

    it("refuses what the data contradicts, in a preview, too", async () => {
        const live = new AnsweringCluster([namespace({ "kafka-eks/zookeeper-members": "5" })]);
        for (const preview of [false, true]) {
            const { value } = await read(live, {}, preview);
            assert.match(String(value), /zookeeper\.replicas: expected 5, .*, got 3/);
        }
    });

    it("lets nothing be made beside data that the configuration contradicts", async () => {
        const annotations = {
            "kafka-eks/owner": "kafka-eks/test",
            "kafka-eks/zookeeper-members": "1",
        };
        const config = { platform: "kubeconfig", kafkaDeploymentType: "statefulset" };
        const live = new AnsweringCluster([namespace(annotations)]);
        const { error, resources } = await runProgram(config, { live });
        // Whatever waits for what has failed fails with the same error.
        await takeRejections();
        assert.match(String(error), /zookeeper\.replicas: expected 1, .*, got 3/);
        assert.deepEqual(
            resources.objects.map(({ inputs: { kind } }) => kind),
            ["Namespace"],
        );
    });

    it("is nothing where nobody can be asked", async () => {
        assert.deepEqual(await read(undefined, {}), { value: {}, warnings: [] });
    });

    it("stops an up where it can't be read, and no preview", async () => {
        const live = new ClosedCluster();
        const text = "cannot read what the namespace kafka remembers: forbidden";
        const { value } = await read(live, {});
        assert.equal((value as Error).message, text);
        assert.deepEqual(await read(live, {}, true), {
            value: {},
            warnings: [`${text}; this preview takes the configuration's own values`],
        });
    });
});
