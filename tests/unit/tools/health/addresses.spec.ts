import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type { ISocketFactory } from "kafkajs";
import { checkAddresses, judgeAddresses } from "../../../../tools/health/addresses";
import type { ListenerEntry } from "../../../../components/kafka/clientAccess";
import { type Tunnel, tunnelThrough } from "../../../../tools/client/tunnel";
import { startBroker, startHungBroker } from "../client/fakeBroker";

const NAMESPACE = "kafka";
const EXTERNAL: ListenerEntry = {
    name: "external",
    type: "loadBalancer",
    tls: false,
    bootstrap: "lb:9092",
    brokers: ["b0:9094", "b1:9094"],
};
const NO_TUNNEL = tunnelThrough(() => Promise.reject(new Error("no tunnel leads outside")));
/** Nothing listens on it. */
const CLOSED_PORT = 1;

/** Answers like a web server, once a line has ended. */
function answerLines(socket: Socket): void {
    socket.on("error", () => undefined);
    socket.on("data", (data) => {
        if (data.includes("\r\n\r\n")) {
            socket.end("HTTP/1.0 200 OK\r\n\r\n");
        }
    });
}

describe("judgeAddresses", () => {
    it("passes when all addresses answer", () => {
        const probed = [
            { owner: "bootstrap", address: "lb:9092" },
            { owner: "broker 0", address: "b0:9094" },
        ];
        assert.deepEqual(judgeAddresses(EXTERNAL, probed, undefined, NAMESPACE), {
            area: "listeners",
            name: "external: addresses",
            ok: true,
            detail: "loadBalancer, all 2 addresses answer: lb:9092, b0:9094",
        });
    });

    it("names every address that fails, whose it is and why", () => {
        const probed = [
            { owner: "bootstrap", address: "lb:9092", fault: "refused" },
            { owner: "broker 0", address: "b0:9094" },
            { owner: "broker 1", address: "b1:9094", fault: "the name does not resolve" },
        ];
        assert.deepEqual(judgeAddresses(EXTERNAL, probed, undefined, NAMESPACE), {
            area: "listeners",
            name: "external: addresses",
            ok: false,
            detail:
                "2 of 3 can't be reached from here: bootstrap lb:9092: refused; " +
                "broker 1 b1:9094: the name does not resolve",
            next: "kubectl get services -n kafka -o wide",
        });
    });
});

describe("checkAddresses", () => {
    it("probes the addresses of the directory, one that is the bootstrap's, too, only once", async () => {
        const { server, address } = await startBroker();
        try {
            const brokers = [address, `127.0.0.1:${CLOSED_PORT}`];
            const listener = { ...EXTERNAL, bootstrap: address, brokers };
            assert.deepEqual(
                await checkAddresses({ listener, security: {} }, NO_TUNNEL, NAMESPACE),
                {
                    area: "listeners",
                    name: "external: addresses",
                    ok: false,
                    detail:
                        "1 of 2 can't be reached from here: broker 1 127.0.0.1:1: " +
                        "connection refused: nothing listens on this port",
                    next: "kubectl get services -n kafka -o wide",
                },
            );
        } finally {
            server.close();
        }
    });

    it("probes what the brokers advertise where the directory has no addresses", async () => {
        const { server, address } = await startBroker(
            { id: 2, host: "127.0.0.1", port: CLOSED_PORT },
            { id: 0, host: "127.0.0.1", port: CLOSED_PORT + 1 },
        );
        try {
            const listener = { ...EXTERNAL, bootstrap: address, brokers: [] };
            const { ok, detail } = await checkAddresses(
                { listener, security: {} },
                NO_TUNNEL,
                NAMESPACE,
            );
            assert.equal(ok, false);
            assert.equal(
                detail,
                "2 of 3 can't be reached from here: " +
                    "broker 0 127.0.0.1:2: connection refused: nothing listens on this port; " +
                    "broker 2 127.0.0.1:1: connection refused: nothing listens on this port",
            );
        } finally {
            server.close();
        }
    });

    it("says that it can't know what a listener with TLS and credentials advertises", async () => {
        const { server, address } = await startBroker();
        try {
            const authentication = { type: "scram-sha-512" };
            const closed = { ...EXTERNAL, tls: true, authentication };
            const listener = { ...closed, bootstrap: address, brokers: [] };
            const obstacle = { reason: "it asks for TLS and credentials", isFault: false };
            const access = { listener, security: {}, obstacle };
            assert.deepEqual(await checkAddresses(access, NO_TUNNEL, NAMESPACE), {
                area: "listeners",
                name: "external: addresses",
                ok: true,
                detail:
                    `loadBalancer, all 1 addresses answer: ${address}; ` +
                    "the brokers' own addresses are not known: it asks for TLS and credentials",
            });
        } finally {
            server.close();
        }
    });

    for (const [what, server] of [
        ["refuses what it does not know", createHttpServer()],
        ["waits for the end of a line", createServer(answerLines)],
    ] as const) {
        it(`names a web server on Kafka's port that ${what}`, async () => {
            await once(server.listen(0, "127.0.0.1"), "listening");
            const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
            try {
                const listener = { ...EXTERNAL, bootstrap: address, brokers: [address] };
                const access = { listener, security: {} };
                const { ok, detail } = await checkAddresses(access, NO_TUNNEL, NAMESPACE, {
                    answerMs: 50,
                });
                assert.equal(ok, false);
                assert.equal(
                    detail,
                    `1 of 1 can't be reached from here: broker 0 ${address}: it speaks HTTP on this port: ` +
                        "it is no listener of Kafka",
                );
            } finally {
                server.close();
            }
        });
    }

    it("names the broker that accepts connections and answers nothing, and its pod", async () => {
        const hung = await startHungBroker();
        const { server, address } = await startBroker();
        const ports = [address, hung.address].map((each) => Number(each.split(":")[1]));
        const names = [0, 1].map((id) => `kafka-${id}.kafka-headless.kafka.svc:9092`);
        const tunnel = {
            socketFactory: ({ host, onConnect }: Parameters<ISocketFactory>[0]) =>
                connect(
                    {
                        host: "127.0.0.1",
                        port: ports[names.findIndex((name) => name.startsWith(host))]!,
                    },
                    onConnect,
                ),
        } as Tunnel;
        const listener: ListenerEntry = {
            ...EXTERNAL,
            name: "internal",
            type: "internal",
            brokers: names,
        };
        const check = (answerMs: number) =>
            checkAddresses({ listener, security: {} }, tunnel, NAMESPACE, {
                answerMs,
                silenceMs: 50,
            });
        try {
            // On a busy machine the broker that answers may take longer, too.
            let answerMs = 100;
            let found = await check(answerMs);
            while (found.detail.startsWith("2 of 2 ")) {
                found = await check((answerMs *= 2));
            }
            assert.deepEqual(found, {
                area: "listeners",
                name: "internal: addresses",
                ok: false,
                detail:
                    "1 of 2 can't be reached from here: broker 1 kafka-1.kafka-headless.kafka.svc:9092: " +
                    "it accepts connections and answers nothing: its process hangs, or has too much to do",
                next: "kubectl logs kafka-1 -n kafka; kubectl delete pod kafka-1 -n kafka --grace-period=30 starts it anew",
            });
        } finally {
            hung.close();
            server.close();
        }
    });
});
