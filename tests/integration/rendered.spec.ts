import assert from "node:assert/strict";
import { KubernetesObject } from "@kubernetes/client-node";
import { checkHealth } from "../../client/health";
import { connectTo } from "../../client/connection";
import { produce } from "../../client/produce";
import { describeCluster, ensureTopic } from "../../client/topics";
import { labConfig } from "../../demo/labConfig";
import { LAB, labUp } from "../../lab";
import { applyObjects, deleteObjects } from "../../render/apply";
import { ObjectApi, objectApi } from "../../render/objectApi";
import { renderStack } from "../../render/renderStack";
import { skipAfterFailure } from "../support/skipAfterFailure";
import { CERTIFICATE_SECRETS, Cluster, CLAIMS, loadKubeConfig } from "../support/cluster";
import { readTopic } from "../support/readTopic";
import { StandInOperator } from "../support/standInOperator";
import {
    applyStrimziCrds,
    strimziLabConfig,
    strimziLeftovers,
    UNSERVED,
} from "../support/strimziLabConfig";

const TOPIC = "messages";
const TOPICS = { "kafka-eks:topics": JSON.stringify([{ name: "declared", partitions: 4 }]) };

/**
 * What is the same whatever deployed Kafka: the objects that the program registers, applied as they stand.
 *
 * @param faults Names of the checks that can't pass here.
 */
function behavesAsRendered(
    namespace: string,
    bootstrap: readonly string[],
    config: () => Promise<Record<string, string>>,
    faults: readonly string[] = [],
): { api: () => ObjectApi; objects: () => KubernetesObject[]; cluster: Cluster } {
    const kubeConfig = () => loadKubeConfig(LAB.kubeconfig);
    let objects: KubernetesObject[];
    let api: ObjectApi;

    before(async () => {
        api = objectApi(kubeConfig());
        objects = await renderStack({
            stack: "test",
            config: { ...(await config()), ...TOPICS },
            // Nobody else makes the generated ones here.
            showSecrets: true,
        });
    });

    it("come up", async () => {
        await applyObjects(api, objects);
    });

    it("store and return messages from outside, through the node ports", async () => {
        const { kafka: outside } = await connectTo({ kubeConfig: kubeConfig(), namespace });
        assert.deepEqual(outside.bootstrap, bootstrap);
        await ensureTopic(outside, { topic: TOPIC, partitions: 6, replicationFactor: 3 });
        await produce(outside, { topic: TOPIC, value: "from outside" });
        assert.deepEqual(await readTopic(outside, TOPIC), ["from outside"]);
    });

    it("store and return messages from inside, through the internal listener", async () => {
        const { kafka: inside, close } = await connectTo(
            { kubeConfig: kubeConfig(), namespace },
            { listener: "internal" },
        );
        await produce(inside, { topic: TOPIC, value: "from inside" });
        const read = await readTopic(inside, TOPIC);
        assert.deepEqual(read.sort(), ["from inside", "from outside"]);
        close();
    });

    it("have the topics of the configuration", async () => {
        const { kafka } = await connectTo({ kubeConfig: kubeConfig(), namespace });
        const { topics } = await describeCluster(kafka);
        assert.equal(topics.find(({ topic }) => topic === "declared")?.partitions.length, 4);
    });

    it("are healthy", async () => {
        const { checks } = await checkHealth({ kubeconfig: LAB.kubeconfig, namespace });
        assert.deepEqual(
            checks.filter(({ ok }) => !ok).map(({ name }) => name),
            faults,
        );
    });

    it("change nothing when they are applied again", async () => {
        const cluster = new Cluster(kubeConfig(), namespace);
        const pods = async () => [
            await cluster.podUids("kafka"),
            await cluster.podUids("zookeeper"),
        ];
        const before = await pods();
        await applyObjects(api, objects);
        assert.deepEqual(await pods(), before);
    });

    return {
        api: () => api,
        objects: () => objects,
        get cluster() {
            return new Cluster(kubeConfig(), namespace);
        },
    };
}

const nodePorts = (port: number) => LAB.nodes.map(({ address }) => `${address}:${port}`);

/** The same program without the Pulumi engine. */
describe("the rendered objects of a StatefulSet stack on the lab", function () {
    skipAfterFailure();
    const namespace = "kafka-test-rendered";

    before(async () => {
        await labUp();
        await rendered.cluster.deleteNamespace();
    });

    after(() => rendered.cluster.deleteNamespace());

    const rendered = behavesAsRendered(namespace, nodePorts(31190), () =>
        Promise.resolve(labConfig("nodePort", { namespace, basePort: 31190 })),
    );

    it("leave nothing but the namespace and its claims when they are deleted", async () => {
        await deleteObjects(rendered.api(), rendered.objects(), { deleteData: false });
        assert.deepEqual(await rendered.cluster.contents(), [...CLAIMS, ...CERTIFICATE_SECRETS]);
    });
});

/** In the operator's place is a stand-in: what Strimzi itself does is not proven here. */
describe("the rendered objects of a Strimzi stack on the lab, with a stand-in for the operator", function () {
    skipAfterFailure();
    const namespace = "kafka-test-rendered-strimzi";
    let operator: StandInOperator;

    before(async () => {
        await labUp();
        await rendered.cluster.deleteNamespace();
        await applyStrimziCrds();
        const { kubeConfig } = rendered.cluster;
        operator = new StandInOperator(kubeConfig, namespace, LAB.strimzi.kafkaImage);
        operator.start();
    });

    after(async () => {
        await rendered.cluster.deleteNamespace();
        await operator.stop();
    });

    const rendered = behavesAsRendered(
        namespace,
        nodePorts(31290),
        () => strimziLabConfig("nodePort", namespace, { installOperator: false }),
        // No operator is installed: the stand-in is part of this test.
        ["deployment", UNSERVED],
    );

    it("leave nothing but what the data need when they are deleted", async () => {
        await deleteObjects(rendered.api(), rendered.objects(), { deleteData: false });
        assert.deepEqual(await rendered.cluster.contents(), strimziLeftovers("declared"));
    });
});
