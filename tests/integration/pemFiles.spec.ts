import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { explainFault } from "../../tools/client/describeFault";
import { createKafka, type KafkaClient } from "../../tools/client/kafka";
import { produce } from "../../tools/client/produce";
import { labConfig } from "../../lab/demo/labConfig";
import { LAB } from "../../lab";
import { startLoad } from "../support/ackedLoad";
import { Authority, type Pair } from "../support/certificates";
import { isInSync } from "../support/isInSync";
import { NODE_PORTS } from "../support/nodePorts";
import { untilRenewed } from "../support/renewal";
import { lost, readTopic } from "../support/readTopic";
import { assertNoSecrets } from "../support/secretSearch";
import { sendToPartitions } from "../support/sendToPartitions";
import { skipAfterFailure } from "../support/skipAfterFailure";
import { StackUnderTest } from "../support/stackUnderTest";

const NAMESPACE = "kafka-test-pem-files";
const TOPIC = "messages";
const BASE_PORT = NODE_PORTS.pemFiles;
const MUTUAL = { authentication: { type: "tls" } };

/** Minutes that a certificate is valid that is replaced at once; of the same CA, so brokers need not wait to trust it. */
const SHORT_MINUTES = 3;
const MINUTES_PER_DAY = 24 * 60;

const headless = `kafka-headless.${NAMESPACE}.svc.cluster.local`;
const NAMES = [
    ...[
        `*.${headless}`,
        headless,
        "kafka-headless",
        `kafka-bootstrap.${NAMESPACE}.svc.cluster.local`,
    ].map((name) => `DNS:${name}`),
    ...LAB.nodes.map(({ address }) => `IP:${address}`),
];

describe("a StatefulSet stack with given certificates on the lab, by the Pulumi engine", function () {
    skipAfterFailure();
    const directory = mkdtempSync(join(tmpdir(), "kafka-eks-pems-"));
    const first = new Authority("first");
    const second = new Authority("second");
    const clients = new Authority("clients");
    let expires: number;
    let test: StackUnderTest;

    before(async () => {
        const file = (name: string) => join(directory, name);
        test = await StackUnderTest.open(NAMESPACE, () => ({
            ...labConfig("nodePort", { namespace: NAMESPACE, basePort: BASE_PORT }),
            "kafka-eks:certificates": JSON.stringify({
                source: "files",
                certificateFile: file("brokers.crt"),
                keyFile: file("brokers.key"),
                caFile: file("ca.crt"),
                clientsCaFile: file("clients-ca.crt"),
            }),
            "kafka-eks:listeners": JSON.stringify([
                { name: "internal", port: 9092, type: "internal", tls: true, ...MUTUAL },
                {
                    name: "external",
                    port: 9094,
                    type: "nodePort",
                    basePort: BASE_PORT,
                    advertisedHosts: LAB.nodes.map(({ address }) => address),
                    ...MUTUAL,
                },
            ]),
            "kafka-eks:topics": JSON.stringify([{ name: TOPIC, partitions: 6 }]),
            "kafka-eks:users": JSON.stringify([
                {
                    name: "bob",
                    ...MUTUAL,
                    acls: [
                        {
                            resource: { type: "topic", name: TOPIC },
                            operations: ["Read", "Write", "Describe", "DescribeConfigs"],
                        },
                        {
                            resource: { type: "group", name: "kafka-eks-", patternType: "prefix" },
                            operations: ["Read"],
                        },
                    ],
                },
            ]),
        }));
    });

    after(async () => {
        await test?.close();
        [first, second, clients].forEach((testCa) => testCa.delete());
        rmSync(directory, { recursive: true });
    });

    /** What Pulumi printed. */
    let printed = "";

    /** Puts the files where the configuration says, and brings the stack up with them. */
    async function up(brokers: Pair, ...testCas: Authority[]): Promise<void> {
        writeFileSync(join(directory, "brokers.crt"), brokers.cert);
        writeFileSync(join(directory, "brokers.key"), brokers.key, { mode: 0o600 });
        writeFileSync(join(directory, "ca.crt"), testCas.map(({ cert }) => cert).join(""));
        writeFileSync(join(directory, "clients-ca.crt"), clients.cert);
        await test.deploy({ onOutput: (text) => (printed += text) });
    }

    /** A client of the external listener. */
    function client(own: Pair): KafkaClient {
        return createKafka({
            bootstrap: LAB.nodes.map(({ address }) => `${address}:${BASE_PORT}`),
            tls: { ca: first.cert + second.cert, ...own },
        });
    }

    const bob = () => client(clients.issue({ commonName: "bob" }));

    async function sendToAll(text: string): Promise<void> {
        const { acknowledged } = test;
        await sendToPartitions(bob(), TOPIC, { partitions: 6, text, acknowledged });
    }

    const forBrokers = { commonName: "kafka-brokers", names: NAMES };

    it("comes up, without cert-manager", async () => {
        await up(first.issue(forBrokers), first);
        await sendToAll("with the first certificate");
        assert.deepEqual((await readTopic(bob(), TOPIC)).sort(), test.acknowledged.toSorted());
    });

    it("takes another certificate of the same CA, and another one before that expires", async () => {
        await untilRenewed(test.cluster, () => {
            expires = Date.now() + SHORT_MINUTES * 60_000;
            const days = SHORT_MINUTES / MINUTES_PER_DAY;
            return up(first.issue({ ...forBrokers, days }), first);
        });
        await sendToAll("with the short certificate");
        await untilRenewed(test.cluster, () => up(first.issue(forBrokers), first));
        assert.ok(
            Date.now() < expires,
            "the short certificate was to be replaced before it expires",
        );
    });

    it("changes certificate and CA under load, without a restart and a loss", async () => {
        const pods = await test.cluster.podUids("kafka");
        const load = await startLoad(bob(), TOPIC, 50);
        // All at once: brokers trust the new CA before one of them shows what it has signed.
        await untilRenewed(test.cluster, () => up(second.issue(forBrokers), second));
        await delay(5_000);
        const { acknowledged, failed } = await load.stop();
        test.acknowledged.push(...acknowledged);
        assert.equal(failed, 0);
        assert.ok(acknowledged.length > 1_000);
        assert.deepEqual(await test.cluster.podUids("kafka"), pods);
        assert.deepEqual(lost(test.acknowledged, await readTopic(bob(), TOPIC)), []);
    });

    for (const [what, own, message] of [
        [
            "a certificate that has expired",
            () => clients.issue({ commonName: "bob", days: -1 }),
            /refuses the client's certificate: it expired on /,
        ],
        [
            "a certificate of the brokers' CA, which is not the clients'",
            () => second.issue({ commonName: "bob" }),
            /refuses the client's certificate, which CN=second issued/,
        ],
        [
            "a user without the right",
            () => clients.issue({ commonName: "eve" }),
            /TOPIC_AUTHORIZATION_FAILED/,
        ],
    ] as const) {
        it(`refuses ${what}`, async () => {
            await assert.rejects(
                produce(client(own()), { topic: TOPIC, value: "from nobody" }),
                (error) => message.test(explainFault(error)),
            );
        });
    }

    it("has no private key in its state, in a preview, in logs or in objects that are not Secrets", async () => {
        const secrets = await assertNoSecrets(test, printed);
        // The keys that the program has read, and ZooKeeper's password.
        assert.ok(secrets.length >= 2);
    });

    it("goes on when the replaced certificate has expired", async () => {
        await delay(Math.max(0, expires + 10_000 - Date.now()));
        // Connections that are open don't tell whether brokers accept each other now.
        await test.cluster.restart("kafka-1");
        await sendToAll("after the short certificate");
        assert.deepEqual(lost(test.acknowledged, await readTopic(bob(), TOPIC)), []);
        assert.ok(await isInSync(bob(), TOPIC));
    });
});
