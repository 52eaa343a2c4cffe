import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LAB } from "../../lab";
import { labConfig } from "../../lab/demo/labConfig";
import { describeCluster } from "../../tools/client/topics";
import { checkHealth } from "../../tools/health";
import { startLoad } from "../support/ackedLoad";
import { waitFor } from "../support/cluster";
import { documentedCommands } from "../support/documented";
import { isInSync } from "../support/isInSync";
import { kubectlCommands } from "../support/kubectlCommands";
import { NODE_PORTS } from "../support/nodePorts";
import { lost, readTopic } from "../support/readTopic";
import { sendToPartitions } from "../support/sendToPartitions";
import { skipAfterFailure } from "../support/skipAfterFailure";
import { StackUnderTest } from "../support/stackUnderTest";

const NAMESPACE = "kafka-test-lost";
const TOPIC = "messages";
const PARTITIONS = 6;
const KEEP = "What to keep for the worst case";
const GONE = "The namespace or the whole cluster is gone, and the volumes remain";

/**
 * What docs/operations.md says to do when claims, the namespace, or a whole cluster with its state are lost: the real
 * program, engine and provider, a real API server and real brokers. A lost cluster is the same one without the objects of
 * the volumes. The tests build on each other in the order in which they stand.
 */
describe("a StatefulSet stack on the lab that loses what is in the cluster", function () {
    skipAfterFailure();

    let test: StackUnderTest;
    let directory: string;
    let clusterId: string;
    let volumes: Record<string, string>;
    let ca: string;

    before(async () => {
        directory = mkdtempSync(join(tmpdir(), "kafka-eks-kept-"));
        test = await StackUnderTest.open(NAMESPACE, () =>
            labConfig("nodePort", { namespace: NAMESPACE, basePort: NODE_PORTS.lostNamespace }),
        );
        await test.configureFields("zookeeper", { replicas: 1 });
        await test.configureTopics({ name: TOPIC, partitions: PARTITIONS });
    });

    after(async () => {
        rmSync(directory, { recursive: true, force: true });
        // The provisioner deletes a volume's directory only then.
        for (const name of Object.values((await test?.cluster.volumes()) ?? {})) {
            const policy = { path: "/spec/persistentVolumeReclaimPolicy", value: "Delete" };
            await test.cluster.core.patchPersistentVolume({
                name,
                body: [{ op: "replace", ...policy }],
            });
        }
        await test?.close();
        // Those that no claim has taken again stay, without anything to delete them.
        await test?.cluster.waitUntilVolumesAreGone().catch(() => test.cluster.forgetVolumes());
    });

    /** Runs the commands that the documentation gives, for the namespace of the test. */
    function documented(section: string): Promise<string> {
        const commands = documentedCommands(section);
        const ours = commands.replace(/namespace=kafka$/m, `namespace=${NAMESPACE}`);
        assert.notEqual(ours, commands);
        return kubectlCommands(ours, directory);
    }

    /** The line of the first broker's volume that says which cluster it belongs to. */
    function clusterIdOnVolume(): Promise<string> {
        const command = "grep ^cluster.id= /var/lib/kafka/data/kafka-logs/meta.properties";
        return test.cluster.run("kafka-0", "kafka", command);
    }

    /** The certificate of the CA that clients trust. */
    async function clusterCa(): Promise<string> {
        const secret = { name: "kafka-cluster-ca", namespace: NAMESPACE };
        return (await test.cluster.core.readNamespacedSecret(secret)).data!["tls.crt"]!;
    }

    /** Waits until the health check finds nothing wrong; a volume may still have to grow. */
    async function becomesHealthy(): Promise<void> {
        let failed: readonly string[] = [];
        await waitFor("a healthy Kafka", 120_000, async () => {
            const options = { kubeconfig: LAB.kubeconfig, namespace: NAMESPACE };
            const { checks } = await checkHealth(options);
            failed = checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`);
            return failed.length === 0;
        }).catch((error: Error) => assert.fail(`${error.message}: ${failed.join("; ")}`));
    }

    /** Sends messages to every partition, which has to be possible, and to be read beside all that were ever acknowledged. */
    async function hasAllMessages(text: string): Promise<void> {
        await sendToPartitions(test.outside, TOPIC, {
            partitions: PARTITIONS,
            text,
            acknowledged: test.acknowledged,
        });
        assert.deepEqual(lost(test.acknowledged, await readTopic(test.outside, TOPIC)), []);
    }

    it("comes up, and its volumes grow", async () => {
        await test.up();
        await test.configureFields("kafka", { storage: { size: "60Gi" } });
        await test.deploy();
        await hasAllMessages("at first");
        clusterId = await clusterIdOnVolume();
    });

    it("copies the replicas of a lost volume under load, at the size that the others have grown to", async () => {
        const { "data-kafka-2": before } = await test.cluster.volumes();
        const load = await startLoad(test.outside, TOPIC, 50);
        await test.cluster.core.deleteNamespacedPersistentVolumeClaim({
            name: "data-kafka-2",
            namespace: NAMESPACE,
        });
        await test.cluster.restart("kafka-2");
        await test.up({ refresh: true });
        const { acknowledged } = await load.stop();
        test.acknowledged.push(...acknowledged);

        assert.ok(acknowledged.length > 500, `only ${acknowledged.length} messages`);
        assert.notEqual((await test.cluster.volumes())["data-kafka-2"], before);
        const sizes = await test.cluster.claimSizes();
        assert.deepEqual(
            [0, 1, 2].map((ordinal) => sizes[`data-kafka-${ordinal}`]),
            ["60Gi", "60Gi", "60Gi"],
        );
        await waitFor("all replicas", 120_000, () => isInSync(test.outside, TOPIC));
        await becomesHealthy();
        await hasAllMessages("after a lost volume");
    });

    it("keeps volumes and CAs with the documented commands", async () => {
        await documented(KEEP);
        volumes = await test.cluster.volumes();
        assert.deepEqual(Object.keys(volumes), [
            "data-kafka-0",
            "data-kafka-1",
            "data-kafka-2",
            "data-zookeeper-0",
        ]);
        ca = await clusterCa();
    });

    it("has all messages again when its namespace was deleted, with another CA", async () => {
        await test.cluster.deleteNamespace();
        await documented(GONE);
        await test.cluster.waitUntilVolumesAreFree();
        await test.up({ refresh: true });

        assert.deepEqual(await test.cluster.volumes(), volumes);
        assert.equal(await clusterIdOnVolume(), clusterId);
        assert.notEqual(await clusterCa(), ca);
        await becomesHealthy();
        await hasAllMessages("after a lost namespace");
    });

    it("has all messages again in a cluster that knows nothing of it, by a new state, with the CA that was kept", async () => {
        await test.cluster.deleteNamespace();
        await test.cluster.forgetVolumes();
        await test.loseState();
        await kubectlCommands(
            `kubectl create -f volumes.yaml
            kubectl create namespace ${NAMESPACE}
            kubectl create -n ${NAMESPACE} -f cas.yaml`,
            directory,
        );
        await documented(GONE);
        await test.cluster.waitUntilVolumesAreFree();
        await test.up();

        assert.deepEqual(await test.cluster.volumes(), volumes);
        assert.equal(await clusterIdOnVolume(), clusterId);
        assert.equal(await clusterCa(), ca);
        const { brokers } = await describeCluster(test.outside);
        assert.equal(brokers.length, 3);
        await becomesHealthy();
        await hasAllMessages("after a lost cluster");
    });
});
