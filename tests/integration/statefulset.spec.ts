import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { PulumiCommand, Stack, UpResult } from "@pulumi/pulumi/automation";
import { checkHealth } from "../../client/health";
import { createKafka, KafkaClient } from "../../client/kafka";
import { produce } from "../../client/produce";
import { describeCluster, ensureTopic } from "../../client/topics";
import { openTunnel } from "../../client/tunnel";
import { podHost } from "../../components/rendering/names";
import { labConfig } from "../../demo/labConfig";
import { findPulumi, openStack } from "../../demo/pulumiEngine";
import { LAB, labUp, nodeCut, nodeStart } from "../../lab";
import { startLoad } from "../support/ackedLoad";
import { CLAIMS, Cluster, loadKubeConfig } from "../support/cluster";
import { lost, readTopic } from "../support/readTopic";

const NAMESPACE = "kafka-test";
const TOPIC = "messages";
/**
 * The life of a stack: the real program, engine and provider, a real API server and real brokers. The tests build on
 * each other in the order in which they stand.
 */
describe("a StatefulSet stack on the lab, by the Pulumi engine", function () {
    this.bail(true);

    const directory = mkdtempSync(join(tmpdir(), "kafka-eks-test-"));
    const config = labConfig("none", { namespace: NAMESPACE });
    /** What was acknowledged in any of the tests; it has to be there to the end. */
    const acknowledged: string[] = [];
    let pulumi: PulumiCommand;
    let cluster: Cluster;
    let stack: Stack;
    let outside: KafkaClient;

    before(async function () {
        const found = await findPulumi();
        if (found === undefined) {
            console.log("    skipped: there is no Pulumi CLI on PATH");
            return this.skip();
        }
        pulumi = found;
        await labUp();
        cluster = new Cluster(loadKubeConfig(LAB.kubeconfig), NAMESPACE);
        await cluster.deleteNamespace();
        await configure({});
    });

    after(async () => {
        if (cluster !== undefined) {
            await configure({ "kafka-eks:deleteDataOnDestroy": "true" });
            await stack.destroy();
            await cluster.deleteNamespace();
        }
        rmSync(directory, { recursive: true, force: true });
    });

    /** Changes the configuration of the stack. */
    async function configure(change: Record<string, string>): Promise<void> {
        Object.assign(config, change);
        stack = await openStack({ stack: "test", config, directory, pulumi });
    }

    /** Changes some fields of a key whose value is an object. */
    async function configureFields(key: "kafka" | "zookeeper", change: object): Promise<void> {
        const current = JSON.parse(config[`kafka-eks:${key}`]!) as object;
        await configure({ [`kafka-eks:${key}`]: JSON.stringify({ ...current, ...change }) });
    }

    /** Brings the stack up and connects to its external listener. */
    async function up(): Promise<UpResult> {
        const result = await stack.up();
        const bootstrap = result.outputs["bootstrap"]?.value as Record<string, string>;
        outside = createKafka({ bootstrap: [bootstrap["external"]!] });
        return result;
    }

    it("refuses a bad configuration with every problem, before anything is registered", async () => {
        const bad = { ...config, "kafka-eks:namespace": "Not_A_Name", "kafka-eks:surprise": "1" };
        const refused = await openStack({ stack: "bad", config: bad, directory, pulumi });
        await assert.rejects(refused.preview(), ({ message }: Error) => {
            assert.match(message, /2 problems in the configuration of the stack/);
            assert.match(message, /kafka-eks:namespace: expected a DNS-1123 label/);
            assert.match(message, /kafka-eks:surprise: expected one of the keys/);
            assert.doesNotMatch(message, /\.ts:\d+/, "a stack trace");
            return true;
        });
    });

    it("comes up", async () => {
        const { outputs } = await stack.up();
        assert.equal(outputs["namespace"]?.value, NAMESPACE);
        const internal = `kafka-bootstrap.${NAMESPACE}.svc.cluster.local:9092`;
        assert.deepEqual(outputs["bootstrap"]?.value, { internal });
    });

    it("takes on an external listener in place, and says how it is reached", async () => {
        const listeners = labConfig("loadBalancer")["kafka-eks:listeners"]!;
        await configure({ "kafka-eks:listeners": listeners });
        // Unlike the CLI, up() of the Automation API does not begin with one.
        await stack.preview();
        const { outputs, summary } = await up();
        assert.equal(summary.resourceChanges?.["replace"], undefined);
        const bootstrap = outputs["bootstrap"]?.value as Record<string, string>;
        assert.deepEqual(Object.keys(bootstrap).sort(), ["external", "internal"]);
        assert.match(bootstrap["external"]!, /^10\.254\.1\.\d+:9092$/);
    });

    it("gives every broker the zone of its node as rack", async () => {
        const { brokers } = await describeCluster(outside);
        assert.deepEqual(
            brokers.map(({ rack }) => rack).sort(),
            LAB.nodes.map(({ zone }) => zone).sort(),
        );
    });

    it("stores and returns messages from outside, through the external listener", async () => {
        await ensureTopic(outside, { topic: TOPIC, partitions: 6, replicationFactor: 3 });
        await produce(outside, { topic: TOPIC, key: "outside", value: "from outside" });
        acknowledged.push("from outside");
        assert.deepEqual(await readTopic(outside, TOPIC), acknowledged);
    });

    it("stores and returns messages from inside, through the internal listener", async () => {
        const tunnel = openTunnel({
            kubeConfig: loadKubeConfig(LAB.kubeconfig),
            namespace: NAMESPACE,
        });
        const inside = createKafka({
            bootstrap: [`${podHost("kafka", 0, "kafka-headless", NAMESPACE)}:9092`],
            socketFactory: tunnel.socketFactory,
        });
        await produce(inside, { topic: TOPIC, key: "inside", value: "from inside" });
        acknowledged.push("from inside");
        assert.deepEqual((await readTopic(inside, TOPIC)).sort(), [...acknowledged].sort());
        tunnel.close();
    });

    it("stores messages from a pod, under the DNS name of the bootstrap Service", async () => {
        const bootstrap = `kafka-bootstrap.${NAMESPACE}.svc.cluster.local:9092`;
        await cluster.run(
            "kafka-0",
            "kafka",
            `echo "from a pod" | kafka-console-producer --bootstrap-server ${bootstrap} --topic ${TOPIC}`,
        );
        acknowledged.push("from a pod");
        assert.deepEqual((await readTopic(outside, TOPIC)).sort(), [...acknowledged].sort());
    });

    it("does not create topics that clients only use", async () => {
        await assert.rejects(produce(outside, { topic: "unheard-of", value: "x" }), /unheard-of/);
    });

    it("is healthy", async () => {
        const report = await checkHealth({ kubeconfig: LAB.kubeconfig, namespace: NAMESPACE });
        assert.deepEqual(
            report.checks.filter(({ ok }) => !ok),
            [],
        );
    });

    it("has nothing to change in a second preview", async () => {
        const { changeSummary } = await stack.preview({ expectNoChanges: true });
        assert.deepEqual(Object.keys(changeSummary), ["same"]);
    });

    it("restarts brokers for a changed property one at a time and loses nothing meanwhile", async () => {
        const before = await cluster.podUids("kafka");
        const load = await startLoad(outside, TOPIC, 100);
        await configureFields("kafka", { config: { "log.retention.hours": 240 } });
        const { summary } = await stack.up();
        const result = await load.stop();
        acknowledged.push(...result.acknowledged);

        assert.equal(summary.resourceChanges?.["replace"], undefined);
        const after = await cluster.podUids("kafka");
        assert.deepEqual(Object.keys(after), Object.keys(before));
        for (const [pod, uid] of Object.entries(after)) {
            assert.notEqual(uid, before[pod], `${pod} was not restarted`);
        }
        assert.ok(result.acknowledged.length > 1000, `only ${result.acknowledged.length} messages`);
        assert.equal(result.failed, 0);
        assert.deepEqual(lost(acknowledged, await readTopic(outside, TOPIC)), []);
    });

    it("grows the volumes in place: no pod is replaced", async () => {
        const before = await cluster.podUids("kafka");
        await configureFields("kafka", { storage: { size: "60Gi" } });
        const { summary } = await stack.up();
        assert.deepEqual(summary.resourceChanges?.["update"], 3);
        assert.equal(summary.resourceChanges?.["replace"], undefined);
        assert.deepEqual(await cluster.podUids("kafka"), before);
        const sizes = await cluster.claimSizes();
        assert.deepEqual(
            [0, 1, 2].map((ordinal) => sizes[`data-kafka-${ordinal}`]),
            ["60Gi", "60Gi", "60Gi"],
        );
    });

    it("does not begin to update the ensemble while a member is down", async () => {
        const before = await cluster.podUids("zookeeper");
        const node = await cluster.evict("zookeeper-1");
        await configureFields("zookeeper", {
            resources: { requests: { cpu: "60m", memory: "384Mi" } },
        });
        await assert.rejects(stack.up(), /zookeeper-update-check/);
        const during = await cluster.podUids("zookeeper");
        assert.equal(during["zookeeper-0"], before["zookeeper-0"]);
        assert.equal(during["zookeeper-2"], before["zookeeper-2"]);

        await cluster.uncordon(node);
        await cluster.waitUntilReady("zookeeper", 3);
        await stack.up();
        const after = await cluster.podUids("zookeeper");
        for (const pod of Object.keys(before)) {
            assert.notEqual(after[pod], during[pod], `${pod} was not restarted`);
        }
    });

    it("loses nothing when a broker's node loses its power, and takes the node back", async () => {
        const node = await cluster.nodeOf("kafka-2");
        const number = LAB.nodes.findIndex(({ name }) => name === node) + 1;
        const load = await startLoad(outside, TOPIC, 100);
        await delay(3_000);
        await nodeCut(number);
        await delay(30_000);
        await nodeStart(number);
        const result = await load.stop();
        acknowledged.push(...result.acknowledged);

        // Messages that were given up may be missing; acknowledged ones may not.
        assert.ok(result.acknowledged.length > 1000, `only ${result.acknowledged.length} messages`);
        assert.deepEqual(lost(acknowledged, await readTopic(outside, TOPIC)), []);
        await cluster.waitUntilReady("kafka", 3);
        await cluster.waitUntilReady("zookeeper", 3);
    });

    it("leaves nothing but the namespace and its claims when it is destroyed", async () => {
        await stack.destroy();
        assert.deepEqual(await cluster.contents(), CLAIMS);
    });

    it("has the old messages when it comes up again, and grows the old volumes", async () => {
        await configureFields("kafka", { storage: { size: "70Gi" } });
        await up();
        assert.equal((await cluster.claimSizes())["data-kafka-0"], "70Gi");
        assert.deepEqual(lost(acknowledged, await readTopic(outside, TOPIC)), []);
    });

    it("leaves nothing at all when it is destroyed with deleteDataOnDestroy", async () => {
        await stack.setConfig("kafka-eks:deleteDataOnDestroy", { value: "true" });
        await stack.up();
        await stack.destroy();
        assert.equal(await cluster.exists(), false);
    });
});
