import assert from "node:assert/strict";
import { CoreV1Api, StorageV1Api } from "@kubernetes/client-node";
import { BROKER_NODES } from "../../components/eks/nodes";
import { labConfig } from "../../lab/demo/labConfig";
import { LAB } from "../../lab";
import { skipAfterFailure } from "../support/skipAfterFailure";
import { loadKubeConfig, waitFor } from "../support/cluster";
import { recordNames, StackUnderTest } from "../support/stackUnderTest";
import { devStackConfig, standInForAws } from "../support/standInCloud";
import { joinNodes, leaveNodes } from "../support/standInCloud/nodes";
import { StandInOperator } from "../support/standInOperator";
import { strimziLabConfig } from "../support/strimziLabConfig";
import { servesMessages, TOPICS } from "./contract";

/** Keys of a stack in the lab that have nothing to do with where its cluster comes from. */
function withoutCluster(config: Readonly<Record<string, string>>): Record<string, string> {
    const platform = ["platform", "kubeconfig", "kubeContext", "listeners", "users"];
    return Object.fromEntries(
        Object.entries(config).filter(([key]) => !platform.includes(key.split(":")[1]!)),
    );
}

/** The platform's own listeners, in the clear: the stand-in for Strimzi's operator knows no encryption. */
const IN_THE_CLEAR = [
    { name: "internal", port: 9092, type: "internal" },
    { name: "external", port: 9094, type: "loadBalancer", tls: false, allowInsecure: true },
];

const TYPES = {
    statefulset: {
        namespace: "kafka-test-eks",
        config: (namespace: string) => labConfig("none", { namespace }),
        listeners: {},
        // What is made after what.
        kafka: ["zookeeper-members-statefulset", "kafka-brokers-statefulset"],
        // The load balancer controller has to be there to take theirs away.
        loadBalanced: ["kafka-service", "kafka-external-0", "kafka-external-1", "kafka-external-2"],
    },
    strimzi: {
        namespace: "kafka-test-eks-strimzi",
        config: (namespace: string) => strimziLabConfig("none", namespace),
        listeners: { "kafka-eks:listeners": JSON.stringify(IN_THE_CLEAR) },
        kafka: ["strimzi-release", "kafka-controller-pool", "kafka-broker-pool", "kafka-kafka"],
        loadBalanced: ["kafka-kafka"],
    },
} as const;

const AWS = [
    "eks-network-vpc",
    "eks-network-private-eu-west-1a",
    "eks-cluster-eksCluster",
    "eks-nodes-brokers-eu-west-1a",
    "eks-addons-aws-ebs-csi-driver",
];

const IN_CLUSTER = ["eks-load-balancer-controller-release", "kafka-namespace"];

/**
 * The real program with the repository's stack `dev`, the real engine and provider for Kubernetes, an API server and brokers.
 * In place of the providers for AWS and EKS are stand-ins, which hand out the lab as the cluster, and so are the chart of the
 * load balancer controller and the driver of EBS: what AWS itself does is not proven here.
 */
for (const [type, { namespace, config, listeners, kafka, loadBalanced }] of Object.entries(TYPES)) {
    describe(`the dev stack on EKS with ${type}, with stand-ins for AWS`, function () {
        skipAfterFailure();

        let test: StackUnderTest;
        let operator: StandInOperator | undefined;
        let restorePath: () => void = () => undefined;

        before(async () => {
            restorePath = standInForAws();
            test = await StackUnderTest.open(namespace, async () =>
                devStackConfig({
                    "aws:region": "eu-west-1",
                    ...withoutCluster(await config(namespace)),
                    ...listeners,
                }),
            );
            if (type === "strimzi") {
                operator = new StandInOperator(
                    test.cluster.kubeConfig,
                    namespace,
                    LAB.strimzi.kafkaImage,
                );
                operator.start();
            }
        });

        after(async () => {
            await test?.close();
            await operator?.stop();
            restorePath();
        });

        it("shows everything in a preview, though there is no cluster yet", async () => {
            await test.configureTopics(...TOPICS);
            const { changeSummary } = await test.stack.preview();
            assert.deepEqual(Object.keys(changeSummary), ["create"]);
        });

        it("makes the network, the cluster, its nodes, its services and Kafka, in this order", async () => {
            const made: string[] = [];
            await test.up({ onEvent: recordNames("create", made) });
            const order = [...AWS, ...IN_CLUSTER, ...kafka];
            assert.deepEqual(
                made.filter((name) => order.includes(name)),
                order,
            );
        });

        it("says how to reach the cluster, and keeps the kubeconfig secret", async () => {
            const { clusterName, updateKubeconfig, kubeconfig } = await test.stack.outputs();
            assert.equal(clusterName?.value, "kafka-eks-test");
            assert.equal(
                updateKubeconfig?.value,
                "aws eks update-kubeconfig --region eu-west-1 --name kafka-eks-test",
            );
            assert.equal(kubeconfig?.secret, true);
        });

        it("keeps brokers to their nodes and their volumes to gp3", async () => {
            const pods = Object.keys(await test.cluster.podUids("kafka"));
            const nodes = await Promise.all(pods.map((pod) => test.cluster.nodeOf(pod)));
            const core = loadKubeConfig(LAB.kubeconfig).makeApiClient(CoreV1Api);
            const { items } = await core.listNode({ labelSelector: "dedicated=kafka" });
            const dedicated = items.map(({ metadata }) => metadata!.name!);
            assert.deepEqual([...new Set(nodes)].sort(), dedicated.sort());
            const claims = await core.listNamespacedPersistentVolumeClaim({ namespace });
            assert.deepEqual(
                [...new Set(claims.items.map(({ spec }) => spec!.storageClassName))],
                ["gp3"],
            );
        });

        servesMessages(() => test);

        // After the contract, which finds every broker leading: one that comes back leads again minutes later.
        it("keeps brokers off nodes that are not theirs", async () => {
            const core = loadKubeConfig(LAB.kubeconfig).makeApiClient(CoreV1Api);
            const pods = Object.keys(await test.cluster.podUids("kafka"));
            const [name] = pods as [string];
            const node = await test.cluster.nodeOf(name);
            const { zone } = LAB.nodes.find((each) => each.name === node)!;
            const labels = { [BROKER_NODES.key]: BROKER_NODES.value };
            await leaveNodes(zone, labels);
            await core.deleteNamespacedPod({ name, namespace });
            await waitFor("a pod without a node", 120_000, async () => {
                const { items } = await core.listNamespacedPod({ namespace });
                return items.some(
                    ({ metadata, status }) =>
                        metadata?.name === name &&
                        status?.conditions?.some(({ reason }) => reason === "Unschedulable"),
                );
            });
            await joinNodes(zone, labels);
            await test.cluster.waitUntilReady("kafka", pods.length);
        });

        it("goes in the reverse order, so that whatever takes things away is there until the end", async () => {
            const gone = await test.destroy();
            const order = [...AWS, ...IN_CLUSTER, ...kafka].reverse();
            assert.deepEqual(
                gone.filter((name) => order.includes(name)),
                order,
            );
            const before = gone.slice(0, gone.indexOf("eks-load-balancer-controller-release"));
            assert.deepEqual(
                loadBalanced.filter((name) => !before.includes(name)),
                [],
            );
        });

        it("leaves no namespace, no volume, no class and no node that is only Kafka's", async () => {
            const kubeConfig = loadKubeConfig(LAB.kubeconfig);
            const core = kubeConfig.makeApiClient(CoreV1Api);
            assert.equal(await test.cluster.exists(), false);
            // Its provisioner deletes a volume after the claim has gone.
            await test.cluster.waitUntilVolumesAreGone();
            const classes = await kubeConfig.makeApiClient(StorageV1Api).listStorageClass();
            assert.ok(!classes.items.some(({ metadata }) => metadata?.name === "gp3"));
            const nodes = await core.listNode({ labelSelector: "dedicated=kafka" });
            assert.deepEqual(nodes.items, []);
        });
    });
}
