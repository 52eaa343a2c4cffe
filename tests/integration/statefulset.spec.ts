import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { labConfig } from "../../lab/demo/labConfig";
import { LAB, nodeCut, nodeStart } from "../../lab";
import { skipAfterFailure } from "../support/skipAfterFailure";
import { startLoad } from "../support/ackedLoad";
import { CERTIFICATE_SECRETS, CLAIMS } from "../support/cluster";
import { lost, readTopic } from "../support/readTopic";
import { StackUnderTest } from "../support/stackUnderTest";
import {
    changesTopics,
    deletesItsData,
    servesMessages,
    survivesDestroy,
    TOPIC,
    TOPICS,
} from "./contract";

const NAMESPACE = "kafka-test";

/**
 * The life of a stack: the real program, engine and provider, a real API server and real brokers. The tests build on
 * each other in the order in which they stand.
 */
describe("a StatefulSet stack on the lab, by the Pulumi engine", function () {
    skipAfterFailure();

    let test: StackUnderTest;

    before(async () => {
        test = await StackUnderTest.open(NAMESPACE, () =>
            labConfig("none", { namespace: NAMESPACE }),
        );
    });

    after(() => test?.close());

    it("refuses a bad configuration with every problem, before anything is registered", async () => {
        const bad = {
            ...test.config,
            "kafka-eks:namespace": "Not_A_Name",
            "kafka-eks:surprise": "1",
        };
        const refused = await test.openOther("bad", bad);
        await assert.rejects(refused.preview(), ({ message }: Error) => {
            assert.match(message, /2 problems in the configuration of the stack/);
            assert.match(message, /kafka-eks:namespace: expected a DNS-1123 label/);
            assert.match(message, /kafka-eks:surprise: expected one of the keys/);
            assert.doesNotMatch(message, /\.ts:\d+/, "a stack trace");
            return true;
        });
    });

    it("comes up", async () => {
        const { outputs } = await test.deploy();
        assert.equal(outputs["namespace"]?.value, NAMESPACE);
        const internal = `kafka-bootstrap.${NAMESPACE}.svc.cluster.local:9092`;
        assert.deepEqual(outputs["bootstrap"]?.value, { internal });
    });

    it("takes on an external listener in place", async () => {
        const listeners = labConfig("loadBalancer")["kafka-eks:listeners"]!;
        await test.configure({ "kafka-eks:listeners": listeners });
        // Unlike the CLI, up() of the Automation API does not begin with one.
        await test.stack.preview();
        const { outputs, summary } = await test.up();
        // The files and the addresses of the brokers, of which pods of the earlier revision keep theirs.
        assert.equal(summary.resourceChanges?.["replace"], 2);
        const bootstrap = outputs["bootstrap"]?.value as Record<string, string>;
        assert.match(bootstrap["external"]!, /^10\.254\.1\.\d+:9092$/);
    });

    it("takes on topics, and the program that runs again in this process registers all the rest", async () => {
        await test.configureTopics(...TOPICS);
        const { summary } = await test.up();
        assert.deepEqual(Object.keys(summary.resourceChanges!).sort(), ["create", "same"]);
    });

    servesMessages(() => test);

    changesTopics(() => test);

    it("restarts brokers for a changed property one at a time and loses nothing meanwhile", async () => {
        const before = await test.cluster.podUids("kafka");
        const load = await startLoad(test.outside, TOPIC, 100);
        await test.configureFields("kafka", { config: { "log.retention.hours": 240 } });
        const { summary } = await test.deploy();
        const result = await load.stop();
        test.acknowledged.push(...result.acknowledged);

        assert.equal(summary.resourceChanges?.["replace"], 1);
        const after = await test.cluster.podUids("kafka");
        assert.deepEqual(Object.keys(after), Object.keys(before));
        for (const [pod, uid] of Object.entries(after)) {
            assert.notEqual(uid, before[pod], `${pod} was not restarted`);
        }
        assert.ok(result.acknowledged.length > 1000, `only ${result.acknowledged.length} messages`);
        assert.equal(result.failed, 0);
        assert.deepEqual(lost(test.acknowledged, await readTopic(test.outside, TOPIC)), []);
    });

    it("grows the volumes in place: no pod is replaced", async () => {
        const before = await test.cluster.podUids("kafka");
        await test.configureFields("kafka", { storage: { size: "60Gi" } });
        const { summary } = await test.deploy();
        assert.deepEqual(summary.resourceChanges?.["update"], 3);
        assert.equal(summary.resourceChanges?.["replace"], undefined);
        assert.deepEqual(await test.cluster.podUids("kafka"), before);
        const sizes = await test.cluster.claimSizes();
        assert.deepEqual(
            [0, 1, 2].map((ordinal) => sizes[`data-kafka-${ordinal}`]),
            ["60Gi", "60Gi", "60Gi"],
        );
    });

    it("does not begin to update the ensemble while a member is down", async () => {
        const before = await test.cluster.podUids("zookeeper");
        const node = await test.cluster.evict("zookeeper-1");
        await test.configureFields("zookeeper", {
            resources: { requests: { cpu: "60m", memory: "384Mi" } },
        });
        await assert.rejects(
            test.deploy(),
            /zookeeper: expected members that can't start to be the last ones, got 1 beside 0, 2\. No member was changed/,
        );
        const during = await test.cluster.podUids("zookeeper");
        assert.equal(during["zookeeper-0"], before["zookeeper-0"]);
        assert.equal(during["zookeeper-2"], before["zookeeper-2"]);

        await test.cluster.uncordon(node);
        await test.cluster.waitUntilReady("zookeeper", 3);
        await test.deploy();
        const after = await test.cluster.podUids("zookeeper");
        for (const pod of Object.keys(before)) {
            assert.notEqual(after[pod], during[pod], `${pod} was not restarted`);
        }
    });

    it("loses nothing when a broker's node is lost, and takes the node back", async () => {
        const node = await test.cluster.nodeOf("kafka-2");
        const number = LAB.nodes.findIndex(({ name }) => name === node) + 1;
        const load = await startLoad(test.outside, TOPIC, 100);
        await delay(3_000);
        await nodeCut(number);
        await delay(30_000);
        await nodeStart(number);
        const result = await load.stop();
        test.acknowledged.push(...result.acknowledged);

        // Messages that were given up may be missing; acknowledged ones may not.
        assert.ok(result.acknowledged.length > 1000, `only ${result.acknowledged.length} messages`);
        assert.deepEqual(lost(test.acknowledged, await readTopic(test.outside, TOPIC)), []);
        await test.cluster.waitUntilReady("kafka", 3);
        await test.cluster.waitUntilReady("zookeeper", 3);
    });

    survivesDestroy(() => test, {
        ordered: ["kafka-brokers-statefulset", "zookeeper-members-statefulset"],
        leftovers: [...CLAIMS, ...CERTIFICATE_SECRETS],
    });

    it("grows the volumes that it took back", async () => {
        await test.configureFields("kafka", { storage: { size: "70Gi" } });
        await test.up();
        assert.equal((await test.cluster.claimSizes())["data-kafka-0"], "70Gi");
    });

    deletesItsData(() => test);
});
