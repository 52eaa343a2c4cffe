import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import net, { type AddressInfo } from "node:net";
import type { Writable } from "node:stream";
import tls from "node:tls";
import { explainFault } from "../../../../tools/client/describeFault";
import { Authority } from "../../../support/certificates";
import { type Forward, podOfHost, tunnelThrough } from "../../../../tools/client/tunnel";

/** A port-forward that the test plays the other end of. */
function fakeForward() {
    const calls: { pod: string; port: number; output: Writable; errors: Writable }[] = [];
    const sent: string[] = [];
    const socket = Object.assign(new EventEmitter(), { closed: false, close: () => undefined });
    socket.close = () => {
        socket.closed = true;
        socket.emit("close");
        return undefined;
    };
    const forward: Forward = (pod, port, { output, errors, input }) => {
        calls.push({ pod, port, output, errors });
        input.on("data", (chunk: Buffer) => sent.push(chunk.toString()));
        return Promise.resolve(socket);
    };
    return { forward, calls, sent, socket };
}

/** Asks for a socket as kafkajs does for a plain connection. */
function open(forward: Forward, host = "kafka-1.kafka-headless.kafka.svc", ssl?: object) {
    const tunnel = tunnelThrough(forward);
    let connected = 0;
    const socket = tunnel.socketFactory({
        host,
        port: 9092,
        ssl: ssl as never,
        onConnect: () => (connected += 1),
    });
    return { tunnel, socket, connected: () => connected };
}

/** The message of the error that a socket ends with. */
async function errorOf(socket: EventEmitter): Promise<string> {
    const [error] = (await once(socket, "error")) as [Error];
    return error.message;
}

describe("podOfHost", () => {
    for (const [host, pod] of [
        ["kafka-0.kafka-headless.kafka.svc.cluster.local", "kafka-0"],
        ["my-kafka-broker-12.brokers.ns.svc", "my-kafka-broker-12"],
        ["kafka-0", undefined],
        ["10.0.0.1", undefined],
        ["-x.example", undefined],
        ["", undefined],
    ] as const) {
        it(`maps ${JSON.stringify(host)} to ${pod ?? "no pod"}`, () => {
            assert.equal(podOfHost(host), pod);
        });
    }
});

describe("the tunnel", () => {
    it("connects to the pod and port and passes data both ways", async () => {
        const { forward, calls, sent } = fakeForward();
        const { socket, connected } = open(forward);
        await once(socket, "connect");
        assert.equal(connected(), 1);
        assert.deepEqual([calls[0]?.pod, calls[0]?.port], ["kafka-1", 9092]);
        socket.write("ping");
        calls[0]!.output.write(Buffer.from("pong"));
        const [data] = (await once(socket, "data")) as [Buffer];
        assert.equal(data.toString(), "pong");
        assert.deepEqual(sent, ["ping"]);
        socket.destroy();
    });

    it("keeps what is written before the connection is there", async () => {
        const { forward, sent } = fakeForward();
        const { socket } = open(forward);
        socket.write("early");
        await once(socket, "connect");
        await new Promise((resolve) => setImmediate(resolve));
        assert.deepEqual(sent, ["early"]);
        socket.destroy();
    });

    it("ends the socket when the port-forward ends", async () => {
        const { forward, socket: remote } = fakeForward();
        const { socket } = open(forward);
        await once(socket, "connect");
        remote.close();
        socket.resume();
        await once(socket, "end");
    });

    it("closes the port-forward with the socket and with the tunnel", async () => {
        for (const close of ["socket", "tunnel"] as const) {
            const { forward, socket: remote } = fakeForward();
            const { tunnel, socket } = open(forward);
            await once(socket, "connect");
            const closed = once(socket, "close");
            (close === "socket" ? () => socket.destroy() : () => tunnel.close())();
            await closed;
            assert.equal(remote.closed, true, close);
        }
    });

    for (const [code, reason] of [
        [400, "the pod has no node yet"],
        [404, "there is no such pod"],
        [500, "its node does not reach the pod, which may not run yet"],
    ] as const) {
        it(`gives the reason of a port-forward that is refused with ${code} as the socket's error`, async () => {
            const error = new Error(`Unexpected server response: ${code}`);
            const { socket, connected } = open(() =>
                // A WebSocket rejects with an event.
                Promise.reject(Object.assign(new Error(error.message), { type: "error", error })),
            );
            assert.equal(
                await errorOf(socket),
                `the tunnel to pod kafka-1, port 9092 failed: ${reason}`,
            );
            assert.equal(connected(), 0);
        });
    }

    it("gives what the node says about the port as the socket's error", async () => {
        const { forward, calls } = fakeForward();
        const { socket } = open(forward);
        await once(socket, "connect");
        const error = errorOf(socket);
        // The channel starts with an empty chunk: the port's number is cut off.
        calls[0]!.errors.write(Buffer.alloc(0));
        calls[0]!.errors.write(
            Buffer.from("dial tcp4 127.0.0.1:9092: connect: connection refused"),
        );
        assert.equal(
            await error,
            "the tunnel to pod kafka-1, port 9092 failed: nothing listens on this port",
        );
    });

    it("refuses a host that is no pod's, and use after close, without a port-forward", async () => {
        const { forward, calls } = fakeForward();
        assert.match(await errorOf(open(forward, "10.0.0.1").socket), /expected the DNS name of a/);
        const tunnel = tunnelThrough(forward);
        tunnel.close();
        const [error] = (await once(tunnel.connect("kafka-0", 1), "error")) as [Error];
        assert.match(
            explainFault(error),
            /the tunnel is closed\. Next: run kubectl describe pod kafka-0/,
        );
        assert.deepEqual(calls, []);
    });

    describe("with TLS", () => {
        const testCa = new Authority("ca");
        const host = "kafka-1.kafka-headless.kafka.svc";
        const certificate = testCa.issue({
            commonName: "kafka-brokers",
            names: [`DNS:${host}`],
        });
        const server = tls.createServer(certificate, (socket) => socket.pipe(socket));

        before(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
        after(() => {
            server.close();
            testCa.delete();
        });

        /** A port-forward to the server. */
        const forward: Forward = (_pod, _port, { output, input }) => {
            const { port: real } = server.address() as AddressInfo;
            const socket = net.connect(real, "127.0.0.1");
            socket.pipe(output);
            input.pipe(socket);
            return Promise.resolve({ on: () => undefined, close: () => socket.destroy() });
        };

        it("passes data both ways, and is connected after the handshake only", async () => {
            const { socket, connected } = open(forward, host, { ca: testCa.cert });
            assert.equal(connected(), 0);
            await once(socket, "secureConnect");
            assert.equal(connected(), 1);
            socket.write("ping");
            const [data] = (await once(socket, "data")) as [Buffer];
            assert.equal(data.toString(), "ping");
            const closed = once(socket, "close");
            socket.end();
            // kafkajs does so at the end.
            socket.unref();
            await closed;
        });

        for (const [what, other, ca, code] of [
            [
                "a name",
                "kafka-2.kafka-headless.kafka.svc",
                testCa.cert,
                "ERR_TLS_CERT_ALTNAME_INVALID",
            ],
            ["a CA", host, certificate.cert, "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
        ] as const) {
            it(`refuses ${what} that is not the expected one`, async () => {
                const { socket, connected } = open(forward, other, { ca });
                const [error] = (await once(socket, "error")) as [NodeJS.ErrnoException];
                assert.equal(error.code, code);
                assert.equal(connected(), 0);
            });
        }

        it("gives the reason of a refused port-forward as the socket's error", async () => {
            const refused = () => Promise.reject(new Error("Unexpected server response: 404"));
            assert.equal(
                await errorOf(open(refused, host, {}).socket),
                "the tunnel to pod kafka-1, port 9092 failed: there is no such pod",
            );
        });
    });
});
