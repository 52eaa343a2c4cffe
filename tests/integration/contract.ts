import assert from "node:assert/strict";
import { connectTo } from "../../tools/client/connection";
import { checkHealth } from "../../tools/health";
import { produce } from "../../tools/client/produce";
import { describeCluster } from "../../tools/client/topics";
import { LAB } from "../../lab";
import { lost, readTopic } from "../support/readTopic";
import { sendToPartitions } from "../support/sendToPartitions";
import { StackUnderTest } from "../support/stackUnderTest";

/** The topic of the messages. */
export const TOPIC = "messages";

/** The topics of the contract, as they are first. */
export const TOPICS = [
    { name: TOPIC, partitions: 6, replicationFactor: 3 },
    {
        name: "Audit_log",
        partitions: 2,
        config: { "retention.ms": 600_000, "cleanup.policy": "compact,delete" },
    },
];

/**
 * What every Kafka of this program does, however it is deployed: these tests look at a stack's outputs and at Kafka, and
 * don't know what runs it. The stack is up with {@link TOPICS} and a listener `external` beside the one `internal`.
 *
 * @param faults Names of the health checks that can't pass there.
 */
export function servesMessages(
    stack: () => StackUnderTest,
    { faults = [] }: { readonly faults?: readonly string[] } = {},
): void {
    it("says how each listener is reached", async () => {
        const { namespace, bootstrap } = await stack().stack.outputs();
        assert.equal(namespace?.value, stack().namespace);
        const addresses = bootstrap?.value as Record<string, string>;
        assert.match(addresses["external"]!, /^10\.254\.1\.\d+:\d+$/);
        const inside = new RegExp(`^[a-z-]+\\.${stack().namespace}\\.svc\\.cluster\\.local:9092$`);
        assert.match(addresses["internal"]!, inside);
    });

    it("has three brokers, each with the zone of its node as rack", async () => {
        const { brokers } = await describeCluster(stack().outside);
        assert.deepEqual(
            brokers.map(({ id }) => id),
            [0, 1, 2],
        );
        assert.deepEqual(
            brokers.map(({ rack }) => rack).sort(),
            LAB.nodes.map(({ zone }) => zone).sort(),
        );
    });

    it("has the topics, with three replicas unless they say otherwise", async () => {
        assert.deepEqual(await topicsOf(stack()), {
            [TOPIC]: { partitions: 6, replicas: 3, config: {} },
            Audit_log: {
                partitions: 2,
                replicas: 3,
                config: { "cleanup.policy": "compact,delete", "retention.ms": "600000" },
            },
        });
    });

    it("stores and returns messages from outside, through every broker", async () => {
        const { topics } = await describeCluster(stack().outside);
        const { partitions } = topics.find(({ topic }) => topic === TOPIC)!;
        assert.deepEqual([...new Set(partitions.map(({ leader }) => leader))].sort(), [0, 1, 2]);
        await sendToPartitions(stack().outside, TOPIC, {
            partitions: partitions.length,
            text: "from outside",
            acknowledged: stack().acknowledged,
        });
        assert.deepEqual(await read(stack()), stack().acknowledged.toSorted());
    });

    it("stores and returns messages from inside, through the internal listener", async () => {
        const { kafka: inside, close } = await connectTo(stack().cluster, {
            listener: "internal",
        });
        await produce(inside, { topic: TOPIC, key: "inside", value: "from inside" });
        stack().acknowledged.push("from inside");
        assert.deepEqual((await readTopic(inside, TOPIC)).sort(), stack().acknowledged.toSorted());
        close();
    });

    it("stores messages from a pod, under the DNS name of the bootstrap Service", async () => {
        const { bootstrap } = await stack().stack.outputs();
        const { internal } = bootstrap?.value as Record<string, string>;
        const [pod] = Object.keys(await stack().cluster.podUids("kafka"));
        await stack().cluster.run(
            pod!,
            "kafka",
            `echo "from a pod" | kafka-console-producer --bootstrap-server ${internal} --topic ${TOPIC}`,
        );
        stack().acknowledged.push("from a pod");
        assert.deepEqual(await read(stack()), stack().acknowledged.toSorted());
    });

    it("does not create topics that clients only use", async () => {
        await assert.rejects(
            produce(stack().outside, { topic: "unheard-of", value: "x" }),
            /unheard-of/,
        );
    });

    it("is healthy", async () => {
        const { namespace } = stack();
        const { checks } = await checkHealth({ kubeconfig: LAB.kubeconfig, namespace });
        assert.deepEqual(
            checks.filter(({ ok }) => !ok).map(({ name }) => name),
            faults,
        );
    });

    it("has nothing to change in a second preview", async () => {
        const { changeSummary } = await stack().stack.preview({ expectNoChanges: true });
        assert.deepEqual(Object.keys(changeSummary), ["same"]);
    });
}

/** What becomes of topics when the configuration changes; the stack is as {@link servesMessages} leaves it. */
export function changesTopics(stack: () => StackUnderTest): void {
    it("grows a topic's partitions and changes its properties, to the brokers' own as well", async () => {
        await stack().configureTopics(TOPICS[0]!, {
            name: "Audit_log",
            partitions: 4,
            config: { "retention.ms": 700_000 },
        });
        await stack().up();
        const { Audit_log } = await topicsOf(stack());
        assert.deepEqual(Audit_log, {
            partitions: 4,
            replicas: 3,
            config: { "retention.ms": "700000" },
        });
    });

    it("refuses to shrink a topic", async () => {
        await stack().configureTopics(TOPICS[0]!, { name: "Audit_log", partitions: 1 });
        await assert.rejects(stack().deploy(), /kafka-topic/);
        const { Audit_log } = await topicsOf(stack());
        assert.equal(Audit_log?.partitions, 4);
    });

    it("keeps a topic that leaves the list, and what is in it", async () => {
        await stack().configureTopics({ name: "third", partitions: 1 });
        await stack().up();
        assert.deepEqual(Object.keys(await topicsOf(stack())), ["Audit_log", TOPIC, "third"]);
        assert.deepEqual(await read(stack()), stack().acknowledged.toSorted());
    });
}

/**
 * What becomes of the data when the stack goes and comes back.
 *
 * @param ordered Names of resources that have to be gone one after the other.
 * @param leftovers What is left in the namespace, `Kind/name`.
 */
export function survivesDestroy(
    stack: () => StackUnderTest,
    { ordered, leftovers }: { ordered: readonly string[]; leftovers: readonly string[] },
): void {
    it("is destroyed from the clients' side to the data, and leaves nothing but what these need", async () => {
        const gone = await stack().destroy();
        assert.deepEqual(
            gone.filter((name) => ordered.includes(name)),
            ordered,
        );
        assert.deepEqual(await stack().cluster.contents(), leftovers);
    });

    it("has the old messages and topics when it comes up again", async () => {
        await stack().up();
        assert.deepEqual(Object.keys(await topicsOf(stack())), ["Audit_log", TOPIC, "third"]);
        assert.deepEqual(lost(stack().acknowledged, await readTopic(stack().outside, TOPIC)), []);
    });
}

/** What becomes of the data when they are to go; the stack is gone at the end. */
export function deletesItsData(stack: () => StackUnderTest): void {
    it("leaves nothing at all when it is destroyed with deleteDataOnDestroy", async () => {
        await stack().configure({ "kafka-eks:deleteDataOnDestroy": "true" });
        await stack().deploy();
        await stack().stack.destroy();
        assert.equal(await stack().cluster.exists(), false);
    });
}

async function read(stack: StackUnderTest): Promise<string[]> {
    return (await readTopic(stack.outside, TOPIC)).sort();
}

/** Where a property's value comes from, in Kafka's protocol: the topic itself. */
const OF_THE_TOPIC = 1;

/** The topics that are not Kafka's own or the health check's, in the order of their names. */
async function topicsOf({ outside }: StackUnderTest) {
    const { topics } = await describeCluster(outside);
    const admin = outside.admin();
    await admin.connect();
    try {
        const found = topics
            .filter(({ topic, isInternal }) => !isInternal && topic !== "kafka-eks-health")
            .map(async ({ topic, partitions }) => {
                const { resources } = await admin.describeConfigs({
                    includeSynonyms: false,
                    // 2 is a topic.
                    resources: [{ type: 2, name: topic }],
                });
                const own = resources[0]!.configEntries
                    .filter(({ configSource }) => (configSource as number) === OF_THE_TOPIC)
                    .map(({ configName, configValue }) => [configName, configValue] as const)
                    .sort();
                const replicas = partitions[0]!.replicas.length;
                const config = Object.fromEntries(own);
                return [topic, { partitions: partitions.length, replicas, config }] as const;
            });
        return Object.fromEntries(await Promise.all(found));
    } finally {
        await admin.disconnect();
    }
}
