import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { connectTo } from "../../tools/client/connection";
import { checkHealth } from "../../tools/health";
import { produce } from "../../tools/client/produce";
import { describeCluster } from "../../tools/client/topics";
import { MESSAGES, TOPIC } from "../../lab/demo/messages";
import { LAB } from "../../lab";
import { CERTIFICATE_SECRETS, CLAIMS, Cluster, loadKubeConfig } from "../support/cluster";
import { readTopic } from "../support/readTopic";
import { skipAfterFailure } from "../support/skipAfterFailure";
import { requireLab } from "../support/lab";

const MESSAGE = MESSAGES.statefulset;
const NAMESPACE = "kafka-test-demo";
const TOPICS = JSON.stringify([{ name: "declared", partitions: 4 }]);

/** The demo as a user runs it: by the engine, then on the same data as on a machine without one. */
describe("npm run demo", function () {
    skipAfterFailure();
    let state: string;
    let cluster: Cluster;

    /** What the demo prints. */
    const demo = async (...args: string[]) => {
        const { stdout } = await promisify(execFile)(
            "npm",
            ["run", "--silent", "demo", "--", "--namespace", NAMESPACE, ...args],
            // Beside the stacks of whoever runs the tests.
            { cwd: join(__dirname, "..", ".."), env: { ...process.env, XDG_STATE_HOME: state } },
        );
        return stdout;
    };
    const demoByKubectl = () => demo("--engine", "kubectl", "--config", `topics=${TOPICS}`);
    const connect = (listener: string) => connectTo(cluster, { listener });

    before(async () => {
        await requireLab();
        state = mkdtempSync(join(tmpdir(), "kafka-eks-demo-"));
        cluster = new Cluster(loadKubeConfig(LAB.kubeconfig), NAMESPACE);
        await cluster.deleteNamespace();
    });

    after(async () => {
        if (await cluster.exists()) {
            // In order: brokers that have lost ZooKeeper take minutes to stop.
            await demo("--destroy", "--delete-data");
        }
        rmSync(state, { recursive: true, force: true });
    });

    it("deploys Kafka by the engine, sends a message through it and shows where it is", async () => {
        const printed = await demo();
        assert.match(printed, /Engine: the Pulumi CLI [\d.]+, because it is there/);
        assert.ok(printed.includes(MESSAGE));
        assert.match(printed, /by 10\.254\.1\.\d+:9092 \(loadBalancer, TLS\)/);
        assert.match(printed, /│ all +│ +[\d.]+ s │/);
    });

    it("leaves what one engine deployed to that engine", async () => {
        await assert.rejects(
            demoByKubectl(),
            ({ code, stderr }: Error & { code: number; stderr: string }) =>
                code === 1 && /was deployed with the Pulumi CLI, not with kubectl/.test(stderr),
        );
    });

    it("takes Kafka away by the engine, and keeps the data", async () => {
        const printed = await demo("--destroy");
        assert.match(printed, /Take Kafka away with the Pulumi CLI/);
        assert.deepEqual(await cluster.contents(), [...CLAIMS, ...CERTIFICATE_SECRETS]);
    });

    it("deploys Kafka by kubectl where it is told so, on the data that are there", async () => {
        const printed = await demoByKubectl();
        assert.match(printed, /Engine: kubectl, because --engine says so/);
        assert.ok(printed.includes(MESSAGE));
    });

    it("serves clients outside through the node ports, and inside through the internal listener", async () => {
        const { kafka: outside } = await connect("external");
        const ports = LAB.nodes.map(({ address }) => `${address}:30090`);
        assert.deepEqual(outside.bootstrap, ports);
        await produce(outside, { topic: TOPIC, value: "from outside" });
        const { kafka: inside, close } = await connect("internal");
        await produce(inside, { topic: TOPIC, value: "from inside" });
        const all = [MESSAGE, MESSAGE, "from inside", "from outside"];
        assert.deepEqual((await readTopic(inside, TOPIC)).sort(), all);
        close();
        assert.deepEqual((await readTopic(outside, TOPIC)).sort(), all);
    });

    it("has the topics of the configuration", async () => {
        const { kafka } = await connect("external");
        const { topics } = await describeCluster(kafka);
        assert.equal(topics.find(({ topic }) => topic === "declared")?.partitions.length, 4);
    });

    it("is healthy", async () => {
        const { checks } = await checkHealth({ kubeconfig: LAB.kubeconfig, namespace: NAMESPACE });
        assert.deepEqual(
            checks.filter(({ ok }) => !ok),
            [],
        );
    });

    it("changes nothing when it runs again, by the same engine", async () => {
        const pods = async () => [
            await cluster.podUids("kafka"),
            await cluster.podUids("zookeeper"),
        ];
        const before = await pods();
        const printed = await demo("--config", `topics=${TOPICS}`);
        assert.match(printed, /Engine: kubectl, because the Kafka that is there was deployed/);
        assert.deepEqual(await pods(), before);
    });

    it("takes Kafka away by kubectl, and keeps the data and what a gate asks of them", async () => {
        await demo("--destroy");
        assert.deepEqual(await cluster.contents(), [
            "ConfigMap/kafka-synced",
            ...CLAIMS,
            ...CERTIFICATE_SECRETS,
        ]);
    });

    it("takes the data away when it is told so", async () => {
        const printed = await demo("--destroy", "--delete-data");
        assert.match(printed, /There is no Kafka of the demo in namespace/);
        assert.equal(await cluster.exists(), false);
    });
});
