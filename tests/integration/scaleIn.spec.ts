import assert from "node:assert/strict";
import { produce } from "../../tools/client/produce";
import { describeCluster } from "../../tools/client/topics";
import { labConfig } from "../../lab/demo/labConfig";
import { LAB } from "../../lab";
import { startLoad } from "../support/ackedLoad";
import { waitFor } from "../support/cluster";
import { documentedCommands } from "../support/documented";
import { startLoadInside } from "../support/loadInside";
import { NODE_PORTS } from "../support/nodePorts";
import { lost, readTopic } from "../support/readTopic";
import { skipAfterFailure } from "../support/skipAfterFailure";
import { StackUnderTest } from "../support/stackUnderTest";

const NAMESPACE = "kafka-test-scale-in";
const TOPIC = "messages";

/** Makes Kafka's own topics for consumers' offsets and for transactions, which have replicas everywhere. */
async function useTransactions(test: StackUnderTest): Promise<void> {
    const producer = test.outside.producer({
        transactionalId: "scale-in",
        idempotent: true,
        maxInFlightRequests: 1,
    });
    await producer.connect();
    await (await producer.transaction()).abort();
    await producer.disconnect();
    await produce(test.outside, { topic: TOPIC, value: "first" });
    test.acknowledged.push("first");
    // By a consumer of a group.
    assert.deepEqual(await readTopic(test.outside, TOPIC), ["first"]);
}

/** Changes the internal listener. */
async function changeInternal(test: StackUnderTest, change: object): Promise<void> {
    const listeners = (JSON.parse(test.config["kafka-eks:listeners"]!) as { type: string }[]).map(
        (listener) => (listener.type === "internal" ? { ...listener, ...change } : listener),
    );
    await test.configure({ "kafka-eks:listeners": JSON.stringify(listeners) });
}

/** How many messages a topic has had. */
async function messagesOf(topic: string, { outside }: StackUnderTest): Promise<number> {
    const admin = outside.admin();
    await admin.connect();
    const ends = await admin.fetchTopicOffsets(topic);
    await admin.disconnect();
    return ends.reduce((sum, { high }) => sum + Number(high), 0);
}

/** The topics with a replica on a broker. */
async function topicsOn(broker: number, { outside }: StackUnderTest): Promise<string[]> {
    const { topics } = await describeCluster(outside);
    return topics
        .filter(({ partitions }) => partitions.some(({ replicas }) => replicas.includes(broker)))
        .map(({ topic }) => topic)
        .sort();
}

/**
 * What keeps a plain `pulumi up` from taking away what is needed: the real program, engine and provider, a real API
 * server and real brokers. The tests build on each other in the order in which they stand.
 */
describe("the guards of a StatefulSet stack on the lab, by the Pulumi engine", function () {
    skipAfterFailure();

    let test: StackUnderTest;

    before(async () => {
        test = await StackUnderTest.open(NAMESPACE, () =>
            // Node ports are known beforehand, so no broker restarts because of another one's address.
            labConfig("nodePort", { namespace: NAMESPACE, basePort: NODE_PORTS.scaleIn }),
        );
        await test.configureFields("kafka", { replicas: 4 });
        await test.configureFields("zookeeper", { replicas: 1 });
        await test.configureTopics({ name: TOPIC, partitions: 4 });
    });

    after(() => test?.close());

    /** Everything that must not change, with the pods' identities. */
    const running = async () => ({
        kafka: await test.cluster.podUids("kafka"),
        zookeeper: await test.cluster.podUids("zookeeper"),
        objects: await test.cluster.contents(),
        addresses: await test.cluster.advertised(),
    });

    it("name a StorageClass that is not there, as the claims do", async () => {
        await test.configure({ "kafka-eks:waitMinutes": "2" });
        await test.configureFields("kafka", { storage: { storageClass: "typo" } });
        await assert.rejects(
            test.stack.up(),
            /kafka: expected 4 pods ready, got 0 after 2 minutes: kafka-\d waits for its claim data-kafka-\d: storageclass\S* "typo" not found/,
        );
    });

    it("let a first deployment pass, where there is nobody to ask, and make claims of a wrong class anew", async () => {
        await test.configure({ "kafka-eks:waitMinutes": "20" });
        await test.configureFields("kafka", { storage: {} });
        const { stdout: planned } = await test.stack.preview();
        assert.match(planned, /data-kafka-0 has no volume: up makes it anew with storageClass/);
        const { stdout } = await test.up();
        assert.match(stdout, /data-kafka-0 had no volume, and was made anew with storageClass/);
        await useTransactions(test);
        assert.deepEqual(await topicsOn(3, test), [
            "__consumer_offsets",
            "__transaction_state",
            TOPIC,
        ]);
    });

    it("refuse to take away a broker that holds replicas, and leave everything as it is", async () => {
        const before = await running();
        const load = await startLoad(test.outside, TOPIC, 50);
        await test.configureFields("kafka", { replicas: 3 });
        await assert.rejects(test.deploy(), ({ message }: Error) => {
            assert.match(
                message,
                /kafka\.replicas: expected no replicas on brokers that are to go, got \d+ partitions on broker 3 \(__\w+-\d+(, __\w+-\d+){4}, …\)/,
            );
            assert.match(message, /kafka-reassign-partitions/);
            return true;
        });
        const { acknowledged, failed } = await load.stop();
        test.acknowledged.push(...acknowledged);

        assert.equal(failed, 0);
        assert.deepEqual(await running(), before);
        assert.deepEqual(Object.values(before.addresses).map(Object.keys), [
            ["advertised-0", "advertised-1", "advertised-2", "advertised-3"],
        ]);
    });

    it("let the broker that was to go restart all the same", async () => {
        await test.cluster.restart("kafka-3");
    });

    it("let it go when the documented commands have moved its replicas; the others run on", async () => {
        const { kafka: before } = await running();
        const load = await startLoad(test.outside, TOPIC, 50);
        const printed = await test.cluster.run(
            "kafka-0",
            "kafka",
            documentedCommands("Taking brokers away"),
        );
        assert.match(printed, /Clearing topic-level throttles/);
        await test.deploy();
        const { acknowledged, failed } = await load.stop();
        test.acknowledged.push(...acknowledged);

        assert.equal(failed, 0);
        delete before["kafka-3"];
        assert.deepEqual(await test.cluster.podUids("kafka"), before);
        const services = (await test.cluster.contents()).filter((each) => /-3$/.test(each));
        assert.deepEqual(services, ["PersistentVolumeClaim/data-kafka-3"]);
        assert.ok(test.acknowledged.length > 500, `only ${test.acknowledged.length} messages`);
        assert.deepEqual(await topicsOn(3, test), []);
        assert.deepEqual(lost(test.acknowledged, await readTopic(test.outside, TOPIC)), []);
    });

    it("refuse another port while Kafka is not whole, and leave Services and network policies as they are", async () => {
        const admin = test.outside.admin();
        await admin.connect();
        const configEntries = [{ name: "min.insync.replicas", value: "2" }];
        const topic = { topic: "no-room", numPartitions: 1, replicationFactor: 2, configEntries };
        await admin.createTopics({ topics: [topic], waitForLeaders: true });
        const before = { ...(await running()), connections: await test.cluster.connections() };
        const open = test.config["kafka-eks:listeners"]!;
        await changeInternal(test, { port: 9192, networkPolicyPeers: [{ podSelector: {} }] });
        await assert.rejects(
            test.deploy(),
            /kafka: expected more replicas than their min ISR in all topics, got 1 topic that any restart stops \(no-room\)\. No broker was changed/,
        );
        const after = { ...(await running()), connections: await test.cluster.connections() };
        assert.deepEqual(after, before);

        await test.configure({ "kafka-eks:listeners": open });
        await admin.deleteTopics({ topics: ["no-room"] });
        await admin.disconnect();
    });

    it("let another port pass, and a client inside the cluster goes on while brokers restart with it", async () => {
        const before = await test.cluster.podUids("kafka");
        const host = `kafka-bootstrap.${NAMESPACE}.svc.cluster.local`;
        await test.cluster.runIdle("client", LAB.image);
        const args = { pod: "client", topic: TOPIC, ratePerSecond: 50 };
        const sent = await messagesOf(TOPIC, test);
        const load = startLoadInside(test.cluster, { ...args, bootstrap: `${host}:9092` });
        const hasBegun = async () => (await messagesOf(TOPIC, test)) > sent;
        await waitFor("the first message from inside", 60_000, hasBegun);
        await changeInternal(test, { port: 9192 });
        await test.deploy();
        const { acknowledged, failed, longestPause } = await load.stop();
        console.log(`inside: ${acknowledged.length} messages, longest pause ${longestPause} ms`);
        test.acknowledged.push(...acknowledged);

        const uids = await test.cluster.podUids("kafka");
        for (const [pod, uid] of Object.entries(uids)) {
            assert.notEqual(uid, before[pod], `${pod} was not restarted`);
        }
        assert.equal(failed, 0);
        assert.ok(acknowledged.length > 1000, `only ${acknowledged.length} messages`);
        const kept = (await test.cluster.contents()).filter((each) => /until-restarted/.test(each));
        assert.deepEqual(kept, []);

        const again = await messagesOf(TOPIC, test);
        const next = startLoadInside(test.cluster, { ...args, bootstrap: `${host}:9192` });
        const isSeen = async () => (await messagesOf(TOPIC, test)) > again;
        await waitFor("a message by the new port", 60_000, isSeen);
        assert.equal((await next.stop()).failed, 0);
        assert.deepEqual(lost(test.acknowledged, await readTopic(test.outside, TOPIC)), []);
    });

    it("leave brokers of the revision before their addresses, where another listener is refused", async () => {
        const topics =
            "kafka-topics --bootstrap-server localhost:9091 --command-config /etc/kafka-eks/admin.properties";
        // Any restart stops its writes, so that none is allowed.
        await test.cluster.run(
            "kafka-0",
            "kafka",
            `${topics} --create --topic no-room --partitions 1 --replication-factor 2 --config min.insync.replicas=2`,
        );
        const before = await running();
        const { "kafka-eks:listeners": listeners } = test.config;
        const second = { name: "second", port: 9096, type: "internal" };
        await test.configure({
            "kafka-eks:listeners": JSON.stringify([
                ...(JSON.parse(listeners!) as object[]),
                second,
            ]),
        });
        await assert.rejects(test.deploy(), /\(no-room\)/);
        const refused = await running();
        assert.deepEqual(refused.kafka, before.kafka);
        assert.deepEqual(refused.addresses, before.addresses);
        await test.cluster.restart("kafka-1");

        const { kafka: restarted } = await running();
        await test.configure({ "kafka-eks:listeners": listeners! });
        await test.deploy();
        // Nothing needs the addresses of the refused listener any more.
        assert.deepEqual(await running(), { ...before, kafka: restarted });
        await test.cluster.run("kafka-0", "kafka", `${topics} --delete --topic no-room`);
    });

    it("refuse that brokers talk to each other in another way while any of them runs, and then lose nothing", async () => {
        const before = await test.cluster.podUids("kafka");
        const listeners = (
            JSON.parse(test.config["kafka-eks:listeners"]!) as { type: string }[]
        ).map((listener) =>
            listener.type === "internal"
                ? listener
                : { ...listener, tls: false, allowInsecure: true },
        );
        await test.configure({
            "kafka-eks:certificates": JSON.stringify({ source: "none" }),
            "kafka-eks:listeners": JSON.stringify(listeners),
        });
        await assert.rejects(
            test.deploy(),
            /certificates\.source: cannot change how brokers talk to each other while any of them runs/,
        );
        assert.deepEqual(await test.cluster.podUids("kafka"), before);

        await test.cluster.stopBrokers();
        await test.up();
        assert.equal(Object.keys(await test.cluster.podUids("kafka")).length, 3);
        assert.deepEqual(lost(test.acknowledged, await readTopic(test.outside, TOPIC)), []);
    });

    it("refuse with protect to remove a broker, the namespace or all, before anything is changed", async () => {
        await test.configure({ "kafka-eks:protect": "true" });
        await test.deploy();
        const before = await running();

        await test.configureFields("kafka", { replicas: 2 });
        await assert.rejects(test.cli("up", "--yes"), /kafka-brokers-data-2.*cannot be deleted/s);
        await test.configureFields("kafka", { replicas: 3 });

        await test.configure({ "kafka-eks:namespace": `${NAMESPACE}-other` });
        await assert.rejects(test.cli("up", "--yes"), /unable to replace.*kafka-namespace/s);
        await test.configure({ "kafka-eks:namespace": NAMESPACE });

        await assert.rejects(test.cli("destroy", "--yes"), /cannot be deleted.*protected/s);
        assert.deepEqual(await running(), before);
    });
});
