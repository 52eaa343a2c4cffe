import assert from "node:assert/strict";
import { KubernetesObject } from "@kubernetes/client-node";
import { checkHealth } from "../../client/health";
import { createKafka } from "../../client/kafka";
import { produce } from "../../client/produce";
import { ensureTopic } from "../../client/topics";
import { openTunnel } from "../../client/tunnel";
import { podHost } from "../../components/rendering/names";
import { labConfig } from "../../demo/labConfig";
import { LAB, labUp } from "../../lab";
import { applyObjects, deleteObjects } from "../../render/apply";
import { ObjectApi, objectApi } from "../../render/objectApi";
import { renderStack } from "../../render/renderStack";
import { Cluster, CLAIMS, loadKubeConfig } from "../support/cluster";
import { readTopic } from "../support/readTopic";

const NAMESPACE = "kafka-test-rendered";
const TOPIC = "messages";

/** The same program without the Pulumi engine: what it registers, applied as it stands. */
describe("the rendered objects of a StatefulSet stack on the lab", function () {
    this.bail(true);

    const kubeConfig = () => loadKubeConfig(LAB.kubeconfig);
    const bootstrap = LAB.nodes.map(({ address }) => `${address}:31190`);
    let objects: KubernetesObject[];
    let api: ObjectApi;
    let cluster: Cluster;

    before(async () => {
        await labUp();
        api = objectApi(kubeConfig());
        cluster = new Cluster(kubeConfig(), NAMESPACE);
        await cluster.deleteNamespace();
        const config = labConfig("nodePort", { namespace: NAMESPACE, basePort: 31190 });
        objects = await renderStack({ stack: "test", config });
    });

    after(() => cluster.deleteNamespace());

    it("come up", async () => {
        await applyObjects(api, objects);
    });

    it("store and return messages from outside, through the node ports", async () => {
        const outside = createKafka({ bootstrap });
        await ensureTopic(outside, { topic: TOPIC, partitions: 6, replicationFactor: 3 });
        await produce(outside, { topic: TOPIC, value: "from outside" });
        assert.deepEqual(await readTopic(outside, TOPIC), ["from outside"]);
    });

    it("store and return messages from inside, through the internal listener", async () => {
        const tunnel = openTunnel({ kubeConfig: kubeConfig(), namespace: NAMESPACE });
        const inside = createKafka({
            bootstrap: [`${podHost("kafka", 0, "kafka-headless", NAMESPACE)}:9092`],
            socketFactory: tunnel.socketFactory,
        });
        await produce(inside, { topic: TOPIC, value: "from inside" });
        const read = await readTopic(inside, TOPIC);
        assert.deepEqual(read.sort(), ["from inside", "from outside"]);
        tunnel.close();
    });

    it("are healthy", async () => {
        const { checks } = await checkHealth({ kubeconfig: LAB.kubeconfig, namespace: NAMESPACE });
        assert.deepEqual(
            checks.filter(({ ok }) => !ok),
            [],
        );
    });

    it("change nothing when they are applied again", async () => {
        const before = [await cluster.podUids("kafka"), await cluster.podUids("zookeeper")];
        await applyObjects(api, objects);
        assert.deepEqual(
            [await cluster.podUids("kafka"), await cluster.podUids("zookeeper")],
            before,
        );
    });

    it("leave nothing but the namespace and its claims when they are deleted", async () => {
        await deleteObjects(api, objects, { deleteData: false });
        assert.deepEqual(await cluster.contents(), CLAIMS);
    });
});
