import assert from "node:assert/strict";
import { AnsweringCluster } from "../../support/answeringCluster";
import { runProgram } from "../../support/mocks";
import { takeRejections } from "../../support/rejections";
import { runningStatefulSet, WHOLE, withBrokenPod } from "../components/statefulset/live";

const CONFIG = {
    platform: "kubeconfig",
    kafkaDeploymentType: "statefulset",
    topics: [{ name: "orders", partitions: 3, replicationFactor: 3 }],
};

/** The program on a cluster where all runs but some pods. */
async function runWithout(...broken: readonly string[]) {
    const { resources } = await runProgram(CONFIG);
    const running = ["zookeeper", "kafka"].flatMap((name) =>
        runningStatefulSet(resources.object("StatefulSet", name).inputs),
    );
    const objects = broken.reduce<object[]>(withBrokenPod, running);
    const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "kafka" } };
    const live = new AnsweringCluster([namespace, ...objects], {
        "kafka-check-": [0, JSON.stringify(WHOLE)],
    });
    const end = await runProgram(CONFIG, { live });
    // Whatever depends on what has failed fails with the same error.
    await takeRejections();
    const kinds = end.resources.objects.map(({ inputs }) => `${inputs.kind}`);
    return { error: String(end.error), hasTopics: kinds.includes("Job"), kinds };
}

describe("program with a member of ZooKeeper that can't start", () => {
    it("brings brokers and topics to their end, and fails then", async () => {
        const { error, hasTopics } = await runWithout("zookeeper-1");
        assert.match(error, /zookeeper: expected 3 pods ready, got 2: zookeeper-1 can't get its/);
        assert.ok(hasTopics);
    });

    it("touches no broker without a quorum", async () => {
        const { error, kinds } = await runWithout("zookeeper-1", "zookeeper-2");
        assert.match(error, /zookeeper: expected 3 pods ready, got 1: zookeeper-1 can't get its/);
        assert.equal(kinds.filter((kind) => kind === "StatefulSet").length, 1);
    });

    it("fails for the member first where a broker can't start, either", async () => {
        const { error, hasTopics } = await runWithout("zookeeper-1", "kafka-2");
        assert.match(error, /zookeeper: expected 3 pods ready, got 2: zookeeper-1 can't get its/);
        assert.ok(!hasTopics);
    });
});
