import assert from "node:assert/strict";
import { AppsV1Api } from "@kubernetes/client-node";
import { produce } from "../../tools/client/produce";
import { labConfig } from "../../lab/demo/labConfig";
import { LAB } from "../../lab";
import { startLoad } from "../support/ackedLoad";
import { NODE_PORTS } from "../support/nodePorts";
import { lost, readTopic } from "../support/readTopic";
import { skipAfterFailure } from "../support/skipAfterFailure";
import { StackUnderTest } from "../support/stackUnderTest";

const NAMESPACE = "kafka-test-zookeeper";
const TOPIC = "messages";

/** ConfigMap with files of members that know no authentication. */
const WITHOUT_AUTHENTICATION = "without-authentication";

/** A pod that has nothing of ZooKeeper's but its address. */
const STRANGER = "stranger";

/** Options of a shell in a broker's pod, which has the file. */
const KAFKA = "-Djava.security.auth.login.config=/run/zookeeper-jaas/client";

/** Brokers and clients that encrypt nothing: ZooKeeper does not care. */
function plaintext(): Record<string, string> {
    const config = labConfig("nodePort", {
        namespace: NAMESPACE,
        basePort: NODE_PORTS.zookeeperAuthentication,
    });
    const listeners = JSON.parse(config["kafka-eks:listeners"]!) as { name: string }[];
    return {
        ...config,
        "kafka-eks:certificates": JSON.stringify({ source: "none" }),
        "kafka-eks:listeners": JSON.stringify(
            listeners.map((each) =>
                each.name === "external" ? { ...each, tls: false, allowInsecure: true } : each,
            ),
        ),
    };
}

/**
 * Who may talk to ZooKeeper, and how an ensemble becomes one that asks for a password: the real program, engine and servers.
 * The tests build on each other in the order in which they stand.
 */
describe("ZooKeeper's authentication on the lab, by the Pulumi engine", function () {
    skipAfterFailure();

    let test: StackUnderTest;

    before(async () => {
        test = await StackUnderTest.open(NAMESPACE, plaintext);
        await test.configureFields("zookeeper", { authentication: "optional" });
        await test.configureTopics({ name: TOPIC, partitions: 4 });
    });

    after(() => test?.close());

    /** What ZooKeeper's shell prints for a command, its errors too. */
    const ask = (pod: string, container: string, options: string, command: string) =>
        test.cluster.run(
            pod,
            container,
            `export KAFKA_OPTS='${options}' LOG_DIR=/tmp
            timeout 60 zookeeper-shell zookeeper:2181 ${command} 2>&1 || true`,
        );
    const askAsKafka = (command: string) => ask("kafka-0", "kafka", KAFKA, command);
    const askAsStranger = (command: string, options = "") =>
        ask(STRANGER, STRANGER, options, command);

    const pods = async () => ({
        kafka: await test.cluster.podUids("kafka"),
        zookeeper: await test.cluster.podUids("zookeeper"),
    });

    it("lets everybody in where it is optional, and brokers use it", async () => {
        await test.up();
        await test.cluster.runIdle(STRANGER, LAB.image);

        assert.match(await askAsStranger("ls /brokers"), /^\[ids, seqid, topics\]$/m);
        assert.match(await askAsKafka("ls /brokers"), /state:SaslAuthenticated/);
        assert.match(
            await askAsKafka(`getAcl /brokers/topics/${TOPIC}`),
            /'world,'anyone\n: cdrwa/,
        );
        const log = await test.cluster.run(
            "kafka-0",
            "kafka",
            "cat /run/zookeeper-jaas/client | sed 's/password=.*/password/'",
        );
        assert.match(log, /username="kafka"\n +password\n/);
    });

    it("becomes required under load, and nothing is lost", async () => {
        const load = await startLoad(test.outside, TOPIC, 50);
        await test.configureFields("zookeeper", { authentication: "required" });
        await test.up();
        const { acknowledged, failed } = await load.stop();
        test.acknowledged.push(...acknowledged);

        assert.equal(failed, 0);
        assert.ok(acknowledged.length > 1_000, `only ${acknowledged.length} messages`);
        assert.deepEqual(lost(test.acknowledged, await readTopic(test.outside, TOPIC)), []);
    });

    it("refuses a stranger, and whoever has another password", async () => {
        assert.match(
            await askAsStranger("ls /brokers"),
            /KeeperErrorCode = Session closed because client failed to authenticate for \/brokers/,
        );
        const guess = `printf 'Client {
            org.apache.zookeeper.server.auth.DigestLoginModule required
            username="kafka"
            password="guessed";
        };' >/dev/shm/guess`;
        await test.cluster.run(STRANGER, STRANGER, guess);
        const refusal = await askAsStranger(
            "ls /brokers",
            "-Djava.security.auth.login.config=/dev/shm/guess",
        );
        assert.match(refusal, /state:AuthFailed/);
        assert.match(refusal, /KeeperErrorCode = AuthFailed for \/brokers/);
        // The probes' words need no session.
        const srvr = "exec 3<>/dev/tcp/zookeeper/2181; printf srvr >&3; cat <&3";
        assert.match(await test.cluster.run(STRANGER, STRANGER, srvr), /^Mode: /m);
    });

    it("leaves what is new to the brokers alone, to be read by themselves where it is secret", async () => {
        const admin = test.outside.admin();
        await admin.connect();
        await admin.createTopics({ topics: [{ topic: "later" }], waitForLeaders: true });
        await admin.disconnect();
        assert.match(
            await askAsKafka("getAcl /brokers/topics/later"),
            /'sasl,'kafka\n: cdrwa\n'world,'anyone\n: r\n/,
        );
        assert.match(
            await askAsKafka(`getAcl /brokers/topics/${TOPIC}`),
            /'world,'anyone\n: cdrwa/,
        );
    });

    it("is refused where a member does not know it, before any pod is changed", async () => {
        const { core } = test.cluster;
        const apps = test.cluster.kubeConfig.makeApiClient(AppsV1Api);
        const members = { name: "zookeeper", namespace: NAMESPACE };
        const { spec } = await apps.readNamespacedStatefulSet(members);
        const [files] = spec!.template.spec!.volumes![0]!.projected!.sources!;
        const { name } = files!.configMap!;
        const { data } = await core.readNamespacedConfigMap({ name: name!, namespace: NAMESPACE });
        /** Restarts the members with the files of a ConfigMap. */
        const restart = async (value: string) => {
            const path = "/spec/template/spec/volumes/0/projected/sources/0/configMap/name";
            await apps.patchNamespacedStatefulSet({
                ...members,
                body: [{ op: "replace", path, value }],
            });
            const before = await test.cluster.podUids("zookeeper");
            await core.deleteCollectionNamespacedPod({
                namespace: NAMESPACE,
                labelSelector: "app.kubernetes.io/name=zookeeper",
            });
            await test.cluster.waitUntilReplaced("zookeeper", before);
        };
        // As the program made them before it knew of authentication.
        await core.createNamespacedConfigMap({
            namespace: NAMESPACE,
            body: {
                metadata: { name: WITHOUT_AUTHENTICATION },
                data: {
                    ...data,
                    "start-zookeeper.sh": data!["start-zookeeper.sh"]!.replace(
                        /^KAFKA_OPTS\+=.*zookeeper-jaas.*$/m,
                        "",
                    ),
                    "zookeeper.properties": data!["zookeeper.properties"]!.replace(
                        /^(authProvider|sessionRequire|kerberos|security).*\n/gm,
                        "",
                    ),
                },
            },
        });
        await restart(WITHOUT_AUTHENTICATION);
        assert.match(await askAsStranger("ls /brokers"), /^\[ids, seqid, topics\]$/m);
        const before = await pods();

        const configured = test.config["kafka-eks:zookeeper"]!;
        await test.configureFields("zookeeper", {
            resources: { requests: { cpu: "60m", memory: "384Mi" } },
        });
        await assert.rejects(test.deploy(), ({ message }: Error) => {
            assert.match(
                message,
                /zookeeper\.authentication: expected member 0 to accept the password of the Secret zookeeper-auth, and it does not\./,
            );
            assert.match(message, /set zookeeper\.authentication to optional, run pulumi up/);
            return true;
        });
        assert.deepEqual(await pods(), before);

        await test.configure({ "kafka-eks:zookeeper": configured });
        await restart(name!);
        // The brokers come back to it by themselves.
        await produce(test.outside, { topic: TOPIC, value: "after" });
        test.acknowledged.push("after");
    });

    it("has another password after destroy, to which the same data belongs", async () => {
        const secret = { name: "zookeeper-auth", namespace: NAMESPACE };
        const password = async () =>
            (await test.cluster.core.readNamespacedSecret(secret)).data!["password"];
        const before = await password();
        await test.destroy();
        // To change what belongs to the user, by whatever password.
        await test.configureTopics(
            { name: TOPIC, partitions: 4 },
            { name: "later", partitions: 5 },
        );
        await test.up();

        assert.notEqual(await password(), before);
        await produce(test.outside, { topic: "later", value: "last" });
        assert.deepEqual(lost(test.acknowledged, await readTopic(test.outside, TOPIC)), []);
    });
});
