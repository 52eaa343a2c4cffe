import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import tls from "node:tls";
import { inspect } from "node:util";
import { connectTo } from "../../tools/client/connection";
import { explainFault } from "../../tools/client/describeFault";
import { checkHealth } from "../../tools/health";
import { createKafka, type KafkaClient, type KafkaOptions } from "../../tools/client/kafka";
import { produce } from "../../tools/client/produce";
import type { TlsIdentity } from "../../tools/client/tls";
import { labConfig } from "../../lab/demo/labConfig";
import { LAB } from "../../lab";
import { startLoad } from "../support/ackedLoad";
import { Authority } from "../support/certificates";
import { reissue, renew, untilRenewed, untilTrusted } from "../support/renewal";
import { lost, readTopic } from "../support/readTopic";
import { assertNoSecrets } from "../support/secretSearch";
import { isInSync } from "../support/isInSync";
import { sendToPartitions } from "../support/sendToPartitions";
import { skipAfterFailure } from "../support/skipAfterFailure";
import { StackUnderTest } from "../support/stackUnderTest";

const NAMESPACE = "kafka-test-security";
const TOPIC = "messages";
const DOMAIN = "kafka.example.com";
/** Addresses of the lab's load balancers that none has so far. */
const MOVED_TO = "10.254.1.250";
const BOOTSTRAP_MOVED_TO = "10.254.1.251";
const SCRAM = { type: "scram-sha-512" };
const FIRST_PASSWORD = "alice-has-this-one-first";
const SECOND_PASSWORD = "alice-has-this-one-later";

const LISTENERS = [
    // Whoever is not known yet goes on as before, until all clients have moved.
    { name: "internal", port: 9092, type: "internal", allowAnonymous: true },
    { name: "external", port: 9094, type: "loadBalancer", authentication: SCRAM },
    { name: "mutual", port: 9095, type: "loadBalancer", authentication: { type: "tls" } },
];

/** Permissions to send to the topic and to read it. */
const ACLS = [
    { resource: { type: "topic", name: TOPIC }, operations: ["Read", "Write", "Describe"] },
    {
        resource: { type: "group", name: "kafka-eks-", patternType: "prefix" },
        operations: ["Read"],
    },
];

const alice = (password: string) => ({
    name: "alice",
    authentication: { ...SCRAM, password },
    acls: ACLS,
});
const BOB = {
    name: "bob",
    authentication: { type: "tls" },
    acls: ACLS,
    quotas: { producerByteRate: 10_000_000 },
};
const EVE = { name: "eve", authentication: SCRAM };

describe("TLS, users and permissions of a StatefulSet stack on the lab, by the Pulumi engine", function () {
    skipAfterFailure();
    let test: StackUnderTest;
    /** What Pulumi printed, in every run. */
    let printed = "";

    before(async () => {
        test = await StackUnderTest.open(NAMESPACE, () => ({
            ...labConfig("loadBalancer", { namespace: NAMESPACE }),
            "kafka-eks:listeners": JSON.stringify(LISTENERS),
            "kafka-eks:topics": JSON.stringify([{ name: TOPIC, partitions: 6 }]),
        }));
    });

    after(() => test?.close());

    async function up(...users: object[]): Promise<void> {
        await test.configureSecret("kafka-eks:users", JSON.stringify(users));
        await test.deploy({ onOutput: (text) => (printed += text) });
    }

    /** Renews the brokers' certificate and waits until every broker shows the new one. */
    const renewCertificate = () =>
        untilRenewed(test.cluster, () => renew(test.cluster, "kafka-brokers-tls"));

    const client = async (listener: string, user?: string): Promise<KafkaClient> =>
        (await connectTo(test.cluster, { listener, user })).kafka;

    /** A client that is as it should be but for some options. */
    async function odd(listener: string, user: string, options: Partial<KafkaOptions>) {
        const { bootstrap, security } = await client(listener, user);
        return createKafka({ bootstrap, ...security, ...options, retries: 1 });
    }

    async function failure(kafka: KafkaClient): Promise<string> {
        const error = await produce(kafka, { topic: TOPIC, value: "from nobody" }).then(
            () => assert.fail("this client should not get through"),
            (reason: unknown) => reason,
        );
        return explainFault(error);
    }

    const allInSync = async () => isInSync(await client("internal"), TOPIC);

    /** What brokers advertise on the client's listener, in the order of their ids. */
    async function advertised(kafka: KafkaClient): Promise<string[]> {
        const admin = kafka.admin();
        await admin.connect();
        const { brokers } = await admin.describeCluster();
        await admin.disconnect();
        return brokers
            .toSorted((a, b) => a.nodeId - b.nodeId)
            .map(({ host, port }) => `${host}:${port}`);
    }

    /** Sends a message to each partition, so through each broker. */
    async function sendToAll(kafka: KafkaClient, text: string): Promise<void> {
        const { acknowledged } = test;
        await sendToPartitions(kafka, TOPIC, { partitions: 6, text, acknowledged });
    }

    it("comes up", async () => {
        await up(alice(FIRST_PASSWORD), BOB, EVE);
    });

    for (const [listener, user] of [
        ["external", "alice"],
        ["mutual", "bob"],
        ["internal", undefined],
    ] as const) {
        it(`stores and returns messages through every broker on listener ${listener}, as ${user ?? "nobody"}`, async () => {
            const kafka = await client(listener, user);
            await sendToAll(kafka, `from ${user ?? "nobody"}`);
            assert.deepEqual((await readTopic(kafka, TOPIC)).sort(), test.acknowledged.toSorted());
        });
    }

    it("is healthy on every listener, for a user who may do nothing else", async () => {
        const { checks } = await checkHealth({ kubeconfig: LAB.kubeconfig, namespace: NAMESPACE });
        assert.deepEqual(
            checks.filter(({ ok }) => !ok),
            [],
        );
    });

    it("is found by the commands through the stack's outputs, with all that a user needs", async () => {
        const report = JSON.parse(await test.script("health", "--stack", "test", "--json")) as {
            readonly healthy: boolean;
        };
        assert.equal(report.healthy, true);
        const access = ["--stack", "test", "--listener", "mutual", "--user", "bob"];
        const value = "by the command";
        await test.script("client", "--produce", value, "--topic", TOPIC, ...access);
        test.acknowledged.push(value);
    });

    it("has the quotas of its users", async () => {
        const quotas = await test.cluster.run(
            "kafka-0",
            "kafka",
            `KAFKA_HEAP_OPTS=-Xmx64m "$(command -v kafka-configs || echo /opt/kafka/bin/kafka-configs.sh)" \
                --bootstrap-server 127.0.0.1:9091 --command-config /etc/kafka-eks/admin.properties \
                --describe --entity-type users`,
        );
        assert.match(quotas, /user-principal 'CN=bob' are producer_byte_rate=1\.0E7$/m);
        assert.doesNotMatch(quotas, /alice.*byte_rate/);
    });

    it("has nothing to change in a second preview", async () => {
        const { changeSummary, stdout } = await test.stack.preview({ expectNoChanges: true });
        printed += stdout;
        assert.deepEqual(Object.keys(changeSummary), ["same"]);
    });

    it("has no secret in its state, in what it prints, in logs or in objects that are not Secrets", async () => {
        const secrets = await assertNoSecrets(test, printed);
        // The passwords of alice, eve, the health check and ZooKeeper, and the keys of brokers, CAs and clients.
        assert.ok(secrets.length >= 9, String(secrets.length));
        assert.ok(secrets.includes(FIRST_PASSWORD));
    });

    const clients = new Authority("other-clients");
    const brokers = new Authority("other-brokers");
    after(() => [clients, brokers].forEach((testCa) => testCa.delete()));

    for (const [what, listener, user, options, message] of [
        [
            "a wrong password",
            "external",
            "alice",
            () => ({ sasl: { username: "alice", password: "not-the-password" } }),
            /the password is wrong/,
        ],
        [
            "a client without a certificate",
            "mutual",
            "bob",
            ({ ca }) => ({ tls: { ca } }),
            /asks for a client certificate, and the client has none/,
        ],
        [
            "a certificate of somebody else's CA",
            "mutual",
            "bob",
            ({ ca }) => ({ tls: { ca, ...clients.issue({ commonName: "bob" }) } }),
            /refuses the client's certificate, which CN=other-clients issued/,
        ],
        [
            "brokers whose CA the client does not trust",
            "external",
            "alice",
            () => ({ tls: { ca: brokers.cert } }),
            /from a CA that this client does not trust/,
        ],
        [
            "a client that does not encrypt",
            "external",
            "alice",
            () => ({ tls: undefined }),
            /speaks TLS on this port, and the client does not/,
        ],
        ["a user without the right", "external", "eve", () => ({}), /TOPIC_AUTHORIZATION_FAILED/],
    ] as const satisfies readonly (readonly [
        string,
        string,
        string,
        (own: TlsIdentity) => Partial<KafkaOptions>,
        RegExp,
    ])[]) {
        it(`refuses ${what}`, async () => {
            const { security } = await client(listener, user);
            const text = await failure(await odd(listener, user, options(security.tls ?? {})));
            assert.match(text, message);
        });
    }

    it("serves a renewed certificate without a restart, and loses nothing meanwhile", async () => {
        const pods = await test.cluster.podUids("kafka");
        const load = await startLoad(await client("external", "alice"), TOPIC, 50);
        await renewCertificate();
        await delay(5_000);
        const { acknowledged, failed, firstFailure } = await load.stop();
        test.acknowledged.push(...acknowledged);
        assert.equal(failed, 0, `${acknowledged.length} acknowledged; ${inspect(firstFailure)}`);
        assert.ok(acknowledged.length > 500);
        assert.deepEqual(await test.cluster.podUids("kafka"), pods);
        await sendToAll(await client("mutual", "bob"), "with the new certificate");
        const kept = await readTopic(await client("external", "alice"), TOPIC);
        assert.deepEqual(lost(test.acknowledged, kept), []);
    });

    it("goes on when the CA itself is renewed", async () => {
        await untilTrusted(test.cluster, () => renew(test.cluster, "kafka-cluster-ca"));
        // Connections that are open don't tell whether brokers accept each other now.
        await test.cluster.restart("kafka-1");
        await sendToAll(await client("external", "alice"), "with the new CA");
        assert.ok(await allInSync());
    });

    it("takes another key for its CA under load, without a restart, and loses nothing", async () => {
        const pods = await test.cluster.podUids("kafka");
        const old = await client("external", "alice");
        await untilTrusted(test.cluster, () => reissue(test.cluster, "kafka-cluster-ca"));
        // What clients have to trust before brokers have a certificate of it.
        const { data } = await test.cluster.core.readNamespacedSecret({
            name: "kafka-cluster-ca",
            namespace: NAMESPACE,
        });
        const added = Buffer.from(data!["tls.crt"]!, "base64").toString();
        const ca = `${old.security.tls!.ca!}\n${added}`;
        const load = await startLoad(await odd("external", "alice", { tls: { ca } }), TOPIC, 50);
        await renewCertificate();
        await delay(5_000);
        const { acknowledged, failed, firstFailure } = await load.stop();
        test.acknowledged.push(...acknowledged);
        assert.equal(failed, 0, `${acknowledged.length} acknowledged; ${inspect(firstFailure)}`);
        assert.deepEqual(await test.cluster.podUids("kafka"), pods);
        await test.cluster.restart("kafka-1");
        assert.ok(await allInSync());
        assert.match(
            await failure(await odd("external", "alice", old.security)),
            /from a CA that this client does not trust/,
        );
        const now = await client("external", "alice");
        await sendToAll(now, "with the CA's new key");
        assert.deepEqual(lost(test.acknowledged, await readTopic(now, TOPIC)), []);
    });

    it("changes a password under load and loses nothing: the old one ends, the new one works", async () => {
        const old = await client("external", "alice");
        const load = await startLoad(old, TOPIC, 50);
        await up(alice(SECOND_PASSWORD), BOB, EVE);
        const { acknowledged, failed } = await load.stop();
        test.acknowledged.push(...acknowledged);
        assert.equal(failed, 0);
        assert.ok(acknowledged.length > 500);
        assert.match(
            await failure(await odd("external", "alice", old.security)),
            /the password is wrong/,
        );
        const kept = await readTopic(await client("external", "alice"), TOPIC);
        assert.deepEqual(lost(test.acknowledged, kept), []);
    });

    it("follows a load balancer to another address: brokers roll safely, clients find the way again, nothing is lost", async () => {
        const pods = await test.cluster.podUids("kafka");
        const elsewhere = await startLoad(await client("mutual", "bob"), TOPIC, 50);
        const outside = await startLoad(await client("external", "alice"), TOPIC, 50);
        await test.cluster.moveLoadBalancer("kafka-external-1", MOVED_TO);
        const { checks } = await checkHealth({ kubeconfig: LAB.kubeconfig, namespace: NAMESPACE });
        const addresses = checks.find(({ name }) => name === "external: addresses")!;
        assert.match(
            addresses.detail,
            /^1 of 4 can't be reached from here: broker 1 10\.254\.1\.\d+:9094: /,
        );
        await test.deploy({ refresh: true });
        await delay(15_000);
        const results = await Promise.all([elsewhere.stop(), outside.stop()]);
        results.forEach(({ acknowledged }) => test.acknowledged.push(...acknowledged));

        const [others, moved] = results;
        assert.equal(others.failed, 0, inspect(others.firstFailure));
        // Until the up nobody could know the new address. In the end the same client reaches all brokers again.
        assert.equal(moved.failedLately, 0, inspect(moved.firstFailure));
        const now = await test.cluster.podUids("kafka");
        for (const [pod, uid] of Object.entries(pods)) {
            assert.notEqual(now[pod], uid, `${pod} was not restarted`);
        }
        const kafka = await client("external", "alice");
        const [, second] = await advertised(kafka);
        assert.equal(second, `${MOVED_TO}:9094`);
        await sendToAll(kafka, "to the new address");
        assert.deepEqual(lost(test.acknowledged, await readTopic(kafka, TOPIC)), []);
    });

    it("follows the bootstrap address, too: brokers restart with a certificate that names it", async () => {
        const pods = await test.cluster.podUids("kafka");
        await test.cluster.moveLoadBalancer("kafka-service", BOOTSTRAP_MOVED_TO);
        await test.deploy({ refresh: true });
        const now = await test.cluster.podUids("kafka");
        for (const [pod, uid] of Object.entries(pods)) {
            assert.notEqual(now[pod], uid, `${pod} was not restarted`);
        }
        const kafka = await client("external", "alice");
        assert.deepEqual(kafka.bootstrap, [`${BOOTSTRAP_MOVED_TO}:9092`]);
        await sendToAll(kafka, "by the new bootstrap address");
        assert.deepEqual(lost(test.acknowledged, await readTopic(kafka, TOPIC)), []);
    });

    it("has a listener with names that are known before, in the certificate and at every broker", async () => {
        const named = { name: "named", port: 9096, type: "loadBalancer", domain: DOMAIN };
        const secured = { ...named, authentication: { type: "tls" } };
        await test.configure({ "kafka-eks:listeners": JSON.stringify([...LISTENERS, secured]) });
        await up(alice(SECOND_PASSWORD), BOB, EVE);
        const { bootstrap, security } = await client("named", "bob");
        assert.deepEqual(bootstrap, [`bootstrap.${DOMAIN}:9096`]);
        // In external-dns' place.
        const addresses = await test.cluster.publishedNames();
        assert.deepEqual(
            Object.keys(addresses).sort(),
            ["bootstrap", "broker-0", "broker-1", "broker-2"].map((name) => `${name}.${DOMAIN}`),
        );
        const kafka = createKafka({
            bootstrap,
            ...security,
            socketFactory: ({ host, port, ssl, onConnect }) =>
                tls.connect({ host: addresses[host], port, servername: host, ...ssl }, onConnect),
        });
        await sendToAll(kafka, "by name");
        assert.deepEqual(
            await advertised(kafka),
            [0, 1, 2].map((id) => `broker-${id}.${DOMAIN}:9096`),
        );
        assert.deepEqual(lost(test.acknowledged, await readTopic(kafka, TOPIC)), []);
    });

    it("takes permissions and password from a user who leaves the list", async () => {
        const eve = await client("external", "eve");
        await up(alice(SECOND_PASSWORD), { ...BOB, acls: [] });
        assert.match(await failure(eve), /the password is wrong/);
        assert.match(await failure(await client("mutual", "bob")), /TOPIC_AUTHORIZATION_FAILED/);
    });

    it("has no secret anywhere after all that was changed either", async () => {
        const secrets = await assertNoSecrets(test, printed);
        assert.ok(secrets.includes(SECOND_PASSWORD));
    });

    it("leaves the last users no permissions either, though one has a certificate that is still valid", async () => {
        const last = await client("mutual", "bob");
        await up();
        assert.match(await failure(last), /TOPIC_AUTHORIZATION_FAILED/);
        await sendToAll(await client("internal"), "without an identity");
    });
});
