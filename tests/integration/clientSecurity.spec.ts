import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
    AclOperationTypes,
    AclPermissionTypes,
    AclResourceTypes,
    ResourcePatternTypes,
} from "kafkajs";
import { createKafka } from "../../tools/client/kafka";
import { ensureTopic } from "../../tools/client/topics";
import { Authority } from "../support/certificates";
import { SecureKafka } from "../support/secureKafka";
import { REPOSITORY } from "../../tools/cli/repository";
import { requireLab } from "../support/lab";

const TOPIC = "orders";
const YESTERDAY = new Date(Date.now() - 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
const PASSWORD = "correct-horse";

/** What the command line did. */
interface Outcome {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
}

// The client's command line against a broker with Kafka's own TLS, SCRAM and authorizer. Plain processes: no Kubernetes.
describe("the client, on listeners with TLS, users and ACLs", () => {
    const directory = mkdtempSync(join(tmpdir(), "kafka-eks-client-"));
    const cluster = new Authority("cluster-ca");
    const clients = new Authority("clients-ca");
    const names = ["DNS:localhost", "IP:127.0.0.1"];
    const certificate = cluster.issue({ commonName: "kafka-brokers", names });
    const kafka = new SecureKafka({
        PLAIN: {},
        TLS: { certificate },
        CERTIFICATE: { certificate, clientsCa: clients.cert },
        SCRAM: { certificate, mechanism: "SCRAM-SHA-512" },
        OTHER: { certificate, mechanism: "PLAIN" },
        EXPIRED: { certificate: cluster.issue({ commonName: "kafka-brokers", names, days: -1 }) },
        NAMES: {
            certificate: cluster.issue({
                commonName: "kafka-brokers",
                names: ["DNS:kafka.example"],
            }),
        },
    });
    type Listener = Parameters<typeof kafka.address>[0];

    before(async () => {
        // It has the jars.
        await requireLab();
        file("ca.crt", cluster.cert);
        file("other-ca.crt", clients.cert);
        for (const [name, days] of [
            ["bob", 30],
            ["late", -1],
        ] as const) {
            const pair = clients.issue({ commonName: name, days });
            file(`${name}.crt`, pair.cert);
            file(`${name}.key`, pair.key);
        }
        const foreign = cluster.issue({ commonName: "bob" });
        file("foreign.crt", foreign.cert);
        file("foreign.key", foreign.key);
        file("alice.txt", `${PASSWORD}\n`);
        await kafka.start({ alice: PASSWORD, mallory: PASSWORD }, ["User:ANONYMOUS"]);
        const admin = createKafka({ bootstrap: [kafka.address("PLAIN")] });
        await ensureTopic(admin, { topic: TOPIC, partitions: 1, replicationFactor: 1 });
        await allow(admin, "User:alice", ["WRITE", "READ", "DESCRIBE"], true);
        await allow(admin, "User:CN=bob", ["WRITE", "READ", "DESCRIBE"], false);
    });

    after(async () => {
        await kafka.stop();
        [cluster, clients].forEach((testCa) => testCa.delete());
        rmSync(directory, { recursive: true, force: true });
    });

    function file(name: string, text: string): void {
        writeFileSync(join(directory, name), text);
    }

    /** Allows operations on the topic, and to read by the client's groups. */
    async function allow(
        client: ReturnType<typeof createKafka>,
        principal: string,
        operations: readonly (keyof typeof AclOperationTypes)[],
        groups: boolean,
    ): Promise<void> {
        const admin = client.admin();
        await admin.connect();
        const entry = { principal, host: "*", permissionType: AclPermissionTypes.ALLOW };
        await admin.createAcls({
            acl: [
                ...operations.map((operation) => ({
                    ...entry,
                    resourceType: AclResourceTypes.TOPIC,
                    resourceName: TOPIC,
                    resourcePatternType: ResourcePatternTypes.LITERAL,
                    operation: AclOperationTypes[operation],
                })),
                ...(groups
                    ? [
                          {
                              ...entry,
                              resourceType: AclResourceTypes.GROUP,
                              resourceName: "kafka-eks-client-",
                              resourcePatternType: ResourcePatternTypes.PREFIXED,
                              operation: AclOperationTypes.READ,
                          },
                      ]
                    : []),
            ],
        });
        await admin.disconnect();
    }

    /** Runs the client as npm does, in the directory of the files, with the topic of all tests if none is given. */
    function run(listener: Listener, args: readonly string[], env = {}): Promise<Outcome> {
        const command = join(REPOSITORY, "node_modules", ".bin", "tsx");
        const topic = args.includes("--topic") ? [] : ["--topic", TOPIC];
        const all = ["--bootstrap", kafka.address(listener), ...topic, ...args];
        return new Promise((resolve) => {
            execFile(
                command,
                [join(REPOSITORY, "tools", "client", "cli.ts"), ...all],
                { cwd: directory, env: { ...process.env, KAFKA_PASSWORD: "", ...env } },
                (error, stdout, stderr) =>
                    resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
            );
        });
    }

    const CA = ["--ca", "ca.crt"];
    const ALICE = ["--sasl", "alice", "--password-file", "alice.txt"];
    const BOB = ["--cert", "bob.crt", "--key", "bob.key"];
    const MALLORY = ["--sasl", "mallory", "--password-file", "alice.txt"];
    const SEND = ["--produce", "hello"];

    for (const [what, listener, args, env] of [
        ["TLS and a CA from a file", "TLS", CA],
        ["TLS and a CA of the system", "TLS", ["--tls"], { SSL_CERT_FILE: "ca.crt" }],
        ["a client certificate", "CERTIFICATE", [...CA, ...BOB]],
        ["a password from a file", "SCRAM", [...CA, ...ALICE]],
        [
            "a password from the environment",
            "SCRAM",
            [...CA, "--sasl", "alice"],
            { KAFKA_PASSWORD: PASSWORD },
        ],
    ] as const) {
        it(`sends with ${what}`, async () => {
            const { code, stdout, stderr } = await run(listener, [...SEND, ...args], env);
            assert.deepEqual([code, stderr], [0, ""]);
            assert.match(stdout, /^topic orders, partition 0, offset \d+\n$/);
        });
    }

    it("reads with a password", async () => {
        const limit = ["--consume", "--from-beginning", "--max-messages", "1"];
        const { code, stdout } = await run("SCRAM", [...limit, ...CA, ...ALICE]);
        assert.deepEqual([code, stdout], [0, "hello\n"]);
    });

    it("ends where the topic does, without a limit of messages or time", async () => {
        const all = ["--consume", "--from-beginning", "--timeout", "0"];
        const { code, stdout } = await run("SCRAM", [...all, ...CA, ...ALICE]);
        assert.equal(code, 0);
        assert.match(stdout, /^(hello\n)+$/);
        const more = await run("SCRAM", [...all, "--max-messages", "1000", ...CA, ...ALICE]);
        assert.equal(more.code, 3);
        assert.match(
            more.stderr,
            /^error: \d of 1000 messages on topic orders, which is read to its end\. Next: add --follow/m,
        );
    });

    it("reads nothing of an empty topic, and ends", async () => {
        const admin = createKafka({ bootstrap: [kafka.address("PLAIN")] });
        await ensureTopic(admin, { topic: "empty", partitions: 2, replicationFactor: 1 });
        const all = ["--consume", "--from-beginning", "--timeout", "0", "--topic", "empty"];
        const { code, stdout, stderr } = await run("PLAIN", all);
        assert.deepEqual([code, stdout, stderr], [0, "", "0 messages\n"]);
    });

    describe("with each of Kafka's codecs:", () => {
        for (const codec of ["gzip", "snappy", "lz4", "zstd"]) {
            it(codec, async () => {
                const client = createKafka({ bootstrap: [kafka.address("PLAIN")] });
                for (const [topic, type] of [
                    [`stored-${codec}`, codec],
                    [`sent-${codec}`, "producer"],
                ] as const) {
                    const config = { "compression.type": type };
                    await ensureTopic(client, {
                        topic,
                        partitions: 1,
                        replicationFactor: 1,
                        config,
                    });
                    const send = ["--produce", "hello", "--topic", topic];
                    // Kafka itself compresses the first message, and reads the second one before it stores it.
                    const own = type === "producer" ? ["--compression", codec] : [];
                    assert.equal((await run("PLAIN", [...send, ...own])).code, 0);
                    const read = ["--consume", "--from-beginning", "--topic", topic];
                    const { code, stdout } = await run("PLAIN", read);
                    assert.deepEqual([code, stdout], [0, "hello\n"]);
                }
            });
        }
    });

    const UNTRUSTED =
        "cannot connect to broker ADDRESS: the broker's certificate comes from a CA that this client does not " +
        "trust. Next: give the certificate of Kafka's CA with --ca FILE, or take it from the stack with --stack NAME";
    const NO_TOPIC =
        "Kafka answered TOPIC_AUTHORIZATION_FAILED: this client may not do this with the topic, or there is no such " +
        "topic. Next: give its user an ACL for the topic in kafka-eks:users (Describe, with Write to send and Read to " +
        "read), or use a user that has one";

    for (const [what, listener, args, message] of [
        [
            "plaintext on a port with TLS",
            "TLS",
            SEND,
            "broker ADDRESS speaks TLS on this port, and the client does not. Next: add --ca FILE with the certificate " +
                "of Kafka's CA, or --tls if the system trusts it",
        ],
        [
            "TLS on a port without",
            "PLAIN",
            [...SEND, ...CA],
            "broker ADDRESS speaks no TLS on this port, and the client does. Next: use the address of a listener with " +
                "TLS, or leave out --tls, --ca, --cert and --key",
        ],
        ["a CA that is not trusted", "TLS", [...SEND, "--tls"], UNTRUSTED],
        ["another CA", "TLS", [...SEND, "--ca", "other-ca.crt"], UNTRUSTED],
        [
            "a broker's certificate that has expired",
            "EXPIRED",
            [...SEND, ...CA],
            "cannot connect to broker ADDRESS: the broker's certificate has expired. Next: renew it; npm run health " +
                "shows the certificates of all brokers",
        ],
        [
            "a broker's certificate for another name",
            "NAMES",
            [...SEND, ...CA],
            "cannot connect to broker ADDRESS: the broker's certificate is not for this name: it is for " +
                "DNS:kafka.example. Next: use one of its names as address, or have the certificate made for this one, too",
        ],
        [
            "no client certificate",
            "CERTIFICATE",
            [...SEND, ...CA],
            "broker ADDRESS asks for a client certificate, and the client has none. Next: give that of a user with " +
                "--cert FILE and --key FILE",
        ],
        [
            "a client certificate that has expired",
            "CERTIFICATE",
            [...SEND, ...CA, "--cert", "late.crt", "--key", "late.key"],
            `broker ADDRESS refuses the client's certificate: it expired on ${YESTERDAY}. Next: take the renewed one: ` +
                "from its Secret, or from whoever issued it",
        ],
        [
            "a client certificate of another CA",
            "CERTIFICATE",
            [...SEND, ...CA, "--cert", "foreign.crt", "--key", "foreign.key"],
            "broker ADDRESS refuses the client's certificate, which CN=cluster-ca issued. Next: use a certificate that " +
                "the CA of Kafka's clients issued (Secret kafka-clients-ca)",
        ],
        [
            "no password",
            "SCRAM",
            [...SEND, ...CA],
            "broker ADDRESS asks for a user with a password (SCRAM-SHA-512), and the client gives none. Next: add " +
                "--sasl USER, and the password in KAFKA_PASSWORD or with --password-file FILE",
        ],
        [
            "a wrong password",
            "SCRAM",
            [...SEND, ...CA, "--sasl", "alice"],
            "Kafka refuses user alice: there is no such user, or the password is wrong. Next: check the name and the " +
                "password; a user that was just made may take a moment",
        ],
        [
            "an unknown user",
            "SCRAM",
            [...SEND, ...CA, "--sasl", "nobody"],
            "Kafka refuses user nobody: there is no such user, or the password is wrong. Next: check the name and the " +
                "password; a user that was just made may take a moment",
        ],
        [
            "a mechanism that is not enabled",
            "OTHER",
            [...SEND, ...CA, ...ALICE],
            "broker ADDRESS does not take passwords by SCRAM-SHA-512: it takes PLAIN. Next: use a listener whose " +
                "authentication is scram-sha-512",
        ],
        [
            "a user where there are none",
            "TLS",
            [...SEND, ...CA, ...ALICE],
            "Kafka answered ILLEGAL_SASL_STATE: the listener asks for no user with a password. Next: leave out --sasl, " +
                "or use a listener whose authentication is scram-sha-512",
        ],
        ["no ACL for the topic", "SCRAM", [...SEND, ...CA, ...MALLORY], NO_TOPIC],
        ["no ACL to read the topic", "SCRAM", ["--consume", ...CA, ...MALLORY], NO_TOPIC],
        [
            "no ACL for the group",
            "CERTIFICATE",
            ["--consume", ...CA, ...BOB],
            "Kafka answered GROUP_AUTHORIZATION_FAILED: this client may not use its consumer group. Next: give its user " +
                "in kafka-eks:users an ACL with Read for groups that begin with kafka-eks-client- (patternType prefix), " +
                "or use a user that has one",
        ],
    ] as const) {
        it(`says what is wrong with ${what}`, async () => {
            const { code, stdout, stderr } = await run(listener, args, { KAFKA_PASSWORD: "wrong" });
            const expected = `error: ${message.replace("ADDRESS", kafka.address(listener))}\n`;
            assert.deepEqual([code, stdout, stderr], [1, "", expected]);
        });
    }
});
