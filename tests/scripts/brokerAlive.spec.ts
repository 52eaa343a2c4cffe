import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tls from "node:tls";
import { requireNamespaces, run, type Sandbox } from "./sandbox";

/** An ApiVersions request as Kafka's protocol has it. */
const API_VERSIONS = Buffer.concat([
    // Bytes that follow.
    Buffer.from([0, 0, 0, 10]),
    // Key and version of the request, and its number.
    Buffer.from([0, 18, 0, 0, 0, 0, 0, 0]),
    // No client id.
    Buffer.from([0xff, 0xff]),
]);

/** Cuts the wait for a silent broker: how long it is, is not proven. Others answer at once, however busy the machine is. */
const SHORT: [string, string] = ["timeout 5", "timeout 1"];

/** Runs the probe in a pod whose listener between brokers is encrypted, or not. */
function probe(isEncrypted: boolean, sandbox: Sandbox = {}) {
    const mount = "mount -t tmpfs tmpfs /etc && mkdir /etc/kafka-eks-tls";
    return run("broker-alive.sh", {
        ...sandbox,
        replace: [
            ["set -euo pipefail\n", `set -euo pipefail\n${isEncrypted ? mount : ":"}\n`],
            ...(sandbox.replace ?? []),
        ],
    });
}

/** What the probe sends. */
function question(isEncrypted: boolean): Buffer {
    const { stdout } = probe(isEncrypted, {
        replace: [["status=0\n", 'printf "$question" | base64; exit\n']],
    });
    return Buffer.from(stdout, "base64");
}

describe("broker-alive.sh", function () {
    this.timeout(20_000);

    before(function () {
        requireNamespaces(this);
    });

    for (const isEncrypted of [false, true]) {
        describe(isEncrypted ? "with encryption between brokers" : "without encryption", () => {
            const listen = (port: number, answers: Readonly<Record<string, string>>) => ({
                listeners: [{ host: "127.0.0.1", port, answers, staysOpen: true }],
            });

            it("passes a broker that answers what it asks", () => {
                const answers = { [question(isEncrypted).toString("latin1")]: "\0" };
                const { status, stdout, stderr } = probe(isEncrypted, listen(9091, answers));
                assert.deepEqual([status, stdout, stderr], [0, "", ""]);
            });

            it("passes a broker that closes or resets the connection, before it is asked or after", () => {
                for (const manner of [{}, { answers: { "": "" } }, { resets: true }]) {
                    const listeners = [{ host: "127.0.0.1", port: 9091, ...manner }];
                    assert.equal(probe(isEncrypted, { listeners }).status, 0);
                }
            });

            it("fails a broker that takes the connection and stays silent, as a stopped one does", () => {
                const { status, stderr } = probe(isEncrypted, {
                    ...listen(9091, {}),
                    replace: [SHORT],
                });
                assert.equal(status, 124);
                assert.equal(stderr, "the broker has not answered within 5 s\n");
            });

            it("fails a broker whose port is closed", () => {
                const { status, stderr } = probe(isEncrypted, listen(9092, {}));
                assert.equal(status, 1);
                assert.match(stderr, /^broker: .* Connection refused$/m);
            });
        });
    }

    describe("with ZooKeeper's address", () => {
        const broker = { host: "127.0.0.1", port: 9091, staysOpen: true };
        const judge = (zookeeper: string | undefined, { port = 9091 } = {}) =>
            probe(false, {
                args: "zookeeper:2181",
                hosts: "127.0.0.1 localhost\n127.0.1.9 zookeeper\n",
                listeners: [
                    { ...broker, port },
                    ...(zookeeper === undefined
                        ? []
                        : [{ host: "127.0.1.9", port: 2181, answers: { srvr: zookeeper } }]),
                ],
                replace: port === broker.port ? [SHORT] : [],
            });

        it("fails a silent broker while ZooKeeper serves", () => {
            assert.equal(judge("Zookeeper version: 3.8.4\nMode: follower\n").status, 124);
        });

        it("passes a silent broker while nobody serves there: it may wait for that", () => {
            for (const answer of ["This ZooKeeper instance is not currently serving", undefined]) {
                const { status, stderr } = judge(answer);
                assert.equal(status, 0);
                assert.match(stderr, /\nand ZooKeeper does not serve, for which it may wait\n$/);
            }
        });

        it("fails a broker whose port is closed, whoever serves", () => {
            assert.equal(judge(undefined, { port: 9092 }).status, 1);
        });
    });

    it("fails a broker that shows an expired certificate while there is a new one", () => {
        const { status, stderr } = probe(true, {
            listeners: [{ host: "127.0.0.1", port: 9091 }],
            replace: [["if [[", "mkdir -p /run/kafka/tls; touch /run/kafka/tls/expired; if [["]],
        });
        assert.equal(status, 1);
        assert.match(stderr, /has expired, and there is a new one/);
    });

    describe("asks", () => {
        it("a broker for its API versions, in the version that every broker knows", () => {
            assert.deepEqual(question(false), API_VERSIONS);
        });

        for (const [kind, key] of Object.entries({
            "P-256": "ec -pkeyopt ec_paramgen_curve:P-256",
            "P-384": "ec -pkeyopt ec_paramgen_curve:P-384",
            "P-521": "ec -pkeyopt ec_paramgen_curve:P-521",
            Ed25519: "ed25519",
            RSA: "rsa:2048",
        })) {
            it(`a server whose key is ${kind} in TLS, so that it answers with its hello`, async () => {
                const answer = await answerOf(selfSigned(key), question(true));
                // A record of the handshake, and in it the hello of a server. An alert would be 21.
                assert.deepEqual([answer[0], answer[5]], [22, 2]);
            });
        }
    });
});

/** What a TLS server with that key and certificate answers first; nothing where it only closes the connection. */
async function answerOf(identity: tls.SecureContextOptions, hello: Buffer): Promise<Buffer> {
    const server = tls.createServer({ ...identity, requestCert: true });
    // The handshake ends with the server's hello.
    server.on("tlsClientError", () => undefined);
    await once(server.listen(0, "127.0.0.1"), "listening");
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    try {
        socket.on("error", () => undefined).end(hello);
        return await new Promise((resolve) =>
            socket.once("data", resolve).once("close", () => resolve(Buffer.alloc(0))),
        );
    } finally {
        socket.destroy();
        server.close();
    }
}

/** A certificate that signs itself, and its key as openssl names it. */
function selfSigned(key: string): { cert: string; key: string } {
    const directory = mkdtempSync(join(tmpdir(), "kafka-eks-key-"));
    try {
        const args = `req -x509 -nodes -subj /CN=broker -newkey ${key} -keyout key -out cert`;
        execFileSync("openssl", args.split(" "), { cwd: directory, stdio: "pipe" });
        const read = (file: string) => readFileSync(join(directory, file), "utf8");
        return { cert: read("cert"), key: read("key") };
    } finally {
        rmSync(directory, { recursive: true, force: true });
    }
}
