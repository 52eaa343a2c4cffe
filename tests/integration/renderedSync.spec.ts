import assert from "node:assert/strict";
import { AppsV1Api } from "@kubernetes/client-node";
import { LAB, labUp } from "../../lab";
import { applicable } from "../../lab/demo/deployment";
import { DemoError } from "../../lab/demo/errors";
import { kubectlFor } from "../../lab/demo/kubectl";
import { kubectlEngine } from "../../lab/demo/kubectlEngine";
import { labConfig } from "../../lab/demo/labConfig";
import { connectTo } from "../../tools/client/connection";
import { produce } from "../../tools/client/produce";
import { renderStack } from "../../tools/render/renderStack";
import { Cluster, loadKubeConfig } from "../support/cluster";
import { documentedCommands } from "../support/documented";
import { NODE_PORTS } from "../support/nodePorts";
import { lost, readTopic } from "../support/readTopic";
import { skipAfterFailure } from "../support/skipAfterFailure";

const NAMESPACE = "kafka-test-rendered";
const TOPIC = "messages";

/**
 * What holds a sync of rendered files back: real gates, brokers and API server, and in Argo CD's place the applier of the lab,
 * which follows its rules. The tests build on each other in the order in which they stand.
 */
describe("rendered files on the lab, synced by the rules of Argo CD", function () {
    skipAfterFailure();

    const kafka = { replicas: 4, config: {} };
    let cluster: Cluster;
    const acknowledged: string[] = [];

    /** Renders the stack as it is wanted now, and syncs it. */
    const sync = async () => {
        const config = labConfig("nodePort", {
            namespace: NAMESPACE,
            basePort: NODE_PORTS.renderedSync,
        });
        const fields = (key: string, change: object) =>
            JSON.stringify({ ...(JSON.parse(config[key]!) as object), ...change });
        const values = {
            ...config,
            "kafka-eks:kafka": fields("kafka-eks:kafka", kafka),
            "kafka-eks:zookeeper": fields("kafka-eks:zookeeper", { replicas: 1 }),
            "kafka-eks:topics": JSON.stringify([{ name: TOPIC, partitions: 4 }]),
        };
        const { kubeconfig, context } = LAB;
        await kubectlEngine({
            kubectl: kubectlFor({ isLab: true, kubeconfig, context }),
            namespace: NAMESPACE,
            render: async () =>
                applicable(await renderStack({ stack: "test", config: values, showSecrets: true })),
        }).deploy(() => undefined);
    };

    const outside = async () => (await connectTo(cluster, { listener: "external" })).kafka;

    /** What a sync that is held back must not change. */
    const running = async () => {
        const { spec } = await cluster.kubeConfig
            .makeApiClient(AppsV1Api)
            .readNamespacedStatefulSet({ name: "kafka", namespace: NAMESPACE });
        return {
            spec,
            kafka: await cluster.podUids("kafka"),
            zookeeper: await cluster.podUids("zookeeper"),
        };
    };

    before(async () => {
        await labUp();
        cluster = new Cluster(loadKubeConfig(LAB.kubeconfig), NAMESPACE);
        await cluster.deleteNamespace();
    });

    after(() => cluster?.deleteNamespace());

    it("deploy a first Kafka, where there is nobody to ask", async () => {
        await sync();
        await produce(await outside(), { topic: TOPIC, value: "first" });
        acknowledged.push("first");
        assert.equal(Object.keys((await running()).kafka).length, 4);
    });

    it("change nothing when they are synced again", async () => {
        const before = await running();
        await sync();
        assert.deepEqual(await running(), before);
    });

    it("take no broker away that holds replicas", async () => {
        const before = await running();
        kafka.replicas = 3;
        await assert.rejects(sync(), (error: Error) => {
            assert.ok(error instanceof DemoError, error.message);
            assert.match(
                error.message,
                /^Job\/kafka-check failed: .*kafka\.replicas: expected no replicas on brokers that are to go, got \d+ partitions \(messages-\d/,
            );
            return true;
        });
        assert.deepEqual(await running(), before);
    });

    it("take it away once its replicas have moved, and leave its claim", async () => {
        const { kafka: before } = await running();
        await cluster.run("kafka-0", "kafka", documentedCommands("Taking brokers away"));
        await sync();
        delete before["kafka-3"];
        assert.deepEqual((await running()).kafka, before);
        assert.ok((await cluster.contents()).includes("PersistentVolumeClaim/data-kafka-3"));
        assert.deepEqual(lost(acknowledged, await readTopic(await outside(), TOPIC)), []);
    });

    it("restart no broker while another one is down, and go on when it is back", async () => {
        const before = await running();
        const node = await cluster.evict("kafka-2");
        kafka.config = { "log.retention.hours": "100" };
        await assert.rejects(sync(), /kafka: expected .*No broker was changed/);
        assert.deepEqual((await running()).spec, before.spec);

        await cluster.uncordon(node);
        await sync();
        assert.notDeepEqual((await running()).spec, before.spec);
        assert.deepEqual(lost(acknowledged, await readTopic(await outside(), TOPIC)), []);
    });
});
