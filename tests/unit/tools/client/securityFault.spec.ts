import assert from "node:assert/strict";
import http from "node:http";
import net, { type AddressInfo } from "node:net";
import tls from "node:tls";
import { KafkaJSConnectionError, KafkaJSProtocolError } from "kafkajs";
import { TimeoutError } from "../../../../tools/cli/errors";
import { createKafka } from "../../../../tools/client/kafka";
import { portProtocol } from "../../../../tools/client/portProtocol";
import { findSecurityFault } from "../../../../tools/client/securityFault";
import type { ClientSecurity } from "../../../../tools/client/tls";
import { Authority } from "../../../support/certificates";

/** An answer to `SaslHandshake` that names these mechanisms, or an error without any. */
function answer(error: number, ...mechanisms: string[]): Buffer {
    const texts = mechanisms.map((name) =>
        Buffer.concat([Buffer.from([0, name.length]), Buffer.from(name)]),
    );
    const body = Buffer.concat([
        Buffer.from([0, 0, 0, 0, 0, error, 0, 0, 0, mechanisms.length]),
        ...texts,
    ]);
    return Buffer.concat([Buffer.from([0, 0, 0, body.length]), body]);
}

const NO_USERS = answer(34);
const SCRAM = answer(0, "SCRAM-SHA-512");
const PLAIN = answer(33, "PLAIN", "GSSAPI");

describe("what a port speaks", () => {
    const testCa = new Authority("ca");
    const certificate = testCa.issue({ commonName: "kafka", names: ["DNS:localhost"] });
    const servers: net.Server[] = [];

    after(() => {
        servers.forEach((server) => server.close());
        testCa.delete();
    });

    /** Starts a server that gives this answer to the first data, or closes the connection without one. */
    async function serve(reply: Buffer | undefined, options?: tls.TlsOptions): Promise<number> {
        const serveOne = (socket: net.Socket) => {
            socket.on("error", () => undefined);
            socket.once("data", (data) => {
                // Like Kafka, which takes the first bytes of a TLS handshake for the size of a huge request.
                const isRequest = data.readUInt8(0) === 0;
                if (isRequest && reply) {
                    // In two parts, as it may come over a network.
                    socket.write(reply.subarray(0, 6));
                    setTimeout(() => socket.end(reply.subarray(6)), 10);
                } else {
                    socket.destroy();
                }
            });
        };
        return listen(
            options
                ? tls.createServer(options, serveOne).on("tlsClientError", () => undefined)
                : net.createServer(serveOne),
        );
    }

    for (const [what, reply, secure, expected] of [
        ["plaintext without users", NO_USERS, false, { tls: false }],
        ["plaintext with users", SCRAM, false, { tls: false, mechanisms: ["SCRAM-SHA-512"] }],
        ["TLS without users", NO_USERS, true, { tls: true }],
        ["TLS with others", PLAIN, true, { tls: true, mechanisms: ["PLAIN", "GSSAPI"] }],
        ["TLS of someone else", undefined, true, { tls: true }],
        ["nothing that it knows", undefined, false, undefined],
    ] as const) {
        it(`is ${what}`, async () => {
            const port = await serve(reply, secure ? certificate : undefined);
            assert.deepEqual(await portProtocol({ host: "127.0.0.1", port }), expected);
        });
    }

    it("is TLS where a client certificate is asked for, which it does not have", async () => {
        const port = await serve(NO_USERS, {
            ...certificate,
            requestCert: true,
            ca: testCa.cert,
        });
        assert.deepEqual(await portProtocol({ host: "127.0.0.1", port }), { tls: true });
    });

    /** Starts a server without a reply to anything but what it is given. */
    async function listen(server: net.Server): Promise<number> {
        servers.push(server);
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        return (server.address() as AddressInfo).port;
    }

    /** A server that waits for the end of a line, and then answers like a web server. */
    const waiting = () =>
        net.createServer((socket) => {
            socket.on("error", () => undefined);
            socket.on("data", (data) => {
                if (data.includes("\r\n\r\n")) {
                    socket.end("HTTP/1.0 200 OK\r\n\r\n");
                }
            });
        });

    for (const [what, make] of [
        ["refuses what it does not know", () => http.createServer()],
        ["waits for the end of a line", waiting],
    ] as const) {
        it(`is HTTP where a server ${what}`, async () => {
            const port = await listen(make());
            const address = { host: "127.0.0.1", port };
            assert.deepEqual(await portProtocol(address), {
                tls: false,
                http: true,
            });
        });
    }

    it("is nothing where a port accepts connections and is silent", async () => {
        const sockets: net.Socket[] = [];
        const port = await listen(net.createServer((socket) => sockets.push(socket)));
        assert.equal(await portProtocol({ host: "127.0.0.1", port }, undefined, 100), "silent");
        sockets.forEach((socket) => socket.destroy());
    });

    it("is nothing there, also where the machine is so busy that time is up before anything is read", async () => {
        const sockets: net.Socket[] = [];
        const port = await listen(net.createServer((socket) => sockets.push(socket)));
        const asked = portProtocol({ host: "127.0.0.1", port }, undefined, 10);
        const busyUntil = performance.now() + 50;
        while (performance.now() < busyUntil) {
            // Nothing else gets the process meanwhile.
        }
        assert.equal(await asked, "silent");
        sockets.forEach((socket) => socket.destroy());
    });

    it("is not known where nothing listens", async () =>
        assert.equal(await portProtocol({ host: "127.0.0.1", port: 1 }), undefined));

    it("is looked at when time was up, at each address of the bootstrap", async () => {
        const late = new TimeoutError("timed out", "try again");
        const web = `127.0.0.1:${await listen(http.createServer())}`;
        assertMatch(await faultOf([web], {}, late), /speaks HTTP on this port: it is no listener/);
        const broker = `127.0.0.1:${await serve(NO_USERS)}`;
        assertMatch(await faultOf([web, broker], {}, late), undefined);
    });

    describe("is compared with the client, when the connection was closed:", () => {
        const sasl = { username: "alice", password: "p" };
        for (const [what, reply, secure, security, expected] of [
            ["a client without TLS", NO_USERS, true, {}, /speaks TLS on this port, and the client/],
            [
                "a client with TLS",
                NO_USERS,
                false,
                { tls: {} },
                /speaks no TLS on this port, and the/,
            ],
            [
                "a client without a user",
                SCRAM,
                false,
                {},
                /asks for a user with a password \(SCRAM-SHA-512/,
            ],
            [
                "a client with a user",
                PLAIN,
                false,
                { sasl },
                /take passwords by SCRAM-SHA-512: it takes PLAIN, GSS/,
            ],
            ["a client that fits", SCRAM, false, { sasl }, undefined],
        ] as const) {
            it(what, async () => {
                const port = await serve(reply, secure ? certificate : undefined);
                const broker = `127.0.0.1:${port}`;
                const closed = new KafkaJSConnectionError("Closed", { broker, code: "ECONNRESET" });
                assertMatch(await faultOf([broker], security, closed), expected);
            });
        }

        it("a client whose mechanism the broker does not know", async () => {
            const port = await serve(PLAIN);
            const type = "UNSUPPORTED_SASL_MECHANISM";
            const error = new KafkaJSProtocolError(
                Object.assign(new Error("no"), { type, code: 33 }),
            );
            const message = await faultOf([`127.0.0.1:${port}`], { sasl }, error);
            assertMatch(message, /it takes PLAIN, GSSAPI$/);
        });
    });

    describe("does not matter", () => {
        const alert = new KafkaJSConnectionError("Connection error: alert", {
            broker: "b:1",
            code: "ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_UNKNOWN",
        });

        it("when the broker refuses that there is no client certificate", async () => {
            const expected = "broker b:1 asks for a client certificate, and the client has none";
            assert.equal(await faultOf(["b:1"], { tls: {} }, alert), expected);
        });

        it("when the broker refuses the client's certificate, of which is said what is odd", async () => {
            const late = testCa.issue({ commonName: "bob", days: -1 });
            const expired =
                /^broker b:1 refuses the client's certificate: it expired on 2\d{3}-\d\d-\d\d$/;
            assertMatch(await faultOf(["b:1"], { tls: late }, alert), expired);
            const foreign = /^broker b:1 refuses the client's certificate, which CN=ca issued$/;
            assertMatch(await faultOf(["b:1"], { tls: certificate }, alert), foreign);
        });

        it("when the password is wrong, or the fault is none of security", async () => {
            const name = "KafkaJSSASLAuthenticationError";
            const wrong = Object.assign(new Error("no"), { name });
            const sasl = { username: "alice", password: "secret" };
            assert.equal(
                await faultOf(["b:1"], { sasl }, wrong),
                "Kafka refuses user alice: there is no such user, or the password is wrong",
            );
            assert.equal(await faultOf(["b:1"], {}, new Error("else")), undefined);
        });
    });

    async function faultOf(bootstrap: string[], security: ClientSecurity, error: Error) {
        const kafka = createKafka({ bootstrap, ...security });
        return (await findSecurityFault(kafka, error))?.message;
    }

    function assertMatch(message: string | undefined, expected: RegExp | undefined): void {
        if (expected === undefined) {
            assert.equal(message, undefined);
        } else {
            assert.match(message ?? "nothing", expected);
        }
    }
});
