import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect, isIP, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import tls from "node:tls";
import { inspect } from "node:util";
import type { ISocketFactory } from "kafkajs";
import { createKafka, type KafkaClient } from "../../tools/client/kafka";
import { lost } from "./readTopic";

/** What a load found out. */
export interface LoadResult {
    /** Values of the messages whose storage was acknowledged. */
    readonly acknowledged: readonly string[];
    /** Messages that were given up; they may be stored or not. */
    readonly failed: number;
    /** Those of them that were sent in the last ten seconds. */
    readonly failedLately: number;
    /** Why the first of them was given up; nobody knows of those that were still under way in the end. */
    readonly firstFailure?: unknown;
}

/** A steady flow of numbered messages. */
export interface AckedLoad {
    /** Sends no more, and waits for what is under way, a minute at the most. */
    stop(): Promise<LoadResult>;
}

/**
 * Sends numbered messages with acks=all until it is stopped, each by itself, and remembers which were acknowledged.
 *
 * @param ratePerSecond Messages a second; they are sent whether or not the ones before are acknowledged.
 */
export async function startLoad(
    { bootstrap, security }: KafkaClient,
    topic: string,
    ratePerSecond: number,
): Promise<AckedLoad> {
    // No two loads send the same: what one loses must not look stored because another one sent it.
    const load = randomUUID();
    const sockets = closableSockets();
    const producer = createKafka({ ...security, bootstrap, socketFactory: sockets.open }).producer({
        allowAutoTopicCreation: false,
        // The load goes on through any restart; what is lost must be the cluster's fault and not impatience.
        retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 60 },
    });
    await producer.connect();
    const sent: string[] = [];
    const acknowledged: string[] = [];
    const pending = new Set<Promise<void>>();
    let failed = 0;
    let firstFailure: unknown;
    let running = true;

    async function send(value: string): Promise<void> {
        try {
            await producer.send({ topic, acks: -1, messages: [{ value }] });
            acknowledged.push(value);
        } catch (error) {
            failed += 1;
            firstFailure ??= error;
        }
    }

    const loop = (async () => {
        const started = performance.now();
        while (running) {
            const value = `${load} ${sent.length}`;
            sent.push(value);
            const sending = send(value).finally(() => pending.delete(sending));
            pending.add(sending);
            await delay(
                Math.max(0, started + (sent.length * 1000) / ratePerSecond - performance.now()),
            );
        }
    })();

    return {
        async stop() {
            running = false;
            await loop;
            // kafkajs keeps a connection whose other end is gone, and waits on it for as long as TCP does.
            const patience = AbortSignal.timeout(60_000);
            await Promise.race([Promise.all(pending), once(patience, "abort")]);
            const result = {
                acknowledged: [...acknowledged],
                failed: failed + pending.size,
                failedLately: lost(sent.slice(-10 * ratePerSecond), acknowledged).length,
                firstFailure,
            };
            await Promise.race([producer.disconnect(), delay(5_000)]);
            // What was given up would be sent again and again, at last to the next test's brokers under the same address.
            sockets.close();
            if (result.failed > 0) {
                // Whatever a test makes of it, its log says why.
                console.log(
                    `load: ${result.failed} of ${sent.length} messages given up; the first: ${inspect(firstFailure)}`,
                );
            }
            return result;
        },
    };
}

/** Connections that can all be closed at once, and no other is opened then. */
function closableSockets(): { readonly open: ISocketFactory; readonly close: () => void } {
    const sockets = new Set<Socket>();
    let closed = false;
    return {
        open: ({ host, port, ssl, onConnect }) => {
            const servername = isIP(host) === 0 ? { servername: host } : {};
            const socket = ssl
                ? tls.connect({ host, port, ...servername, ...ssl }, onConnect)
                : connect({ host, port }, onConnect);
            if (closed) {
                socket.destroy(new Error("the load is over"));
            }
            sockets.add(socket);
            socket.once("close", () => sockets.delete(socket));
            return socket;
        },
        close: () => {
            closed = true;
            sockets.forEach((socket) => socket.destroy());
        },
    };
}
