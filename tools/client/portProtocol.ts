import net from "node:net";
import type { Duplex } from "node:stream";
import type { ISocketFactory } from "kafkajs";
import type { Address } from "../../components/kafka/addresses";
import { secured } from "./tls";

/** What a port speaks, as it shows when one talks to it. */
export interface PortProtocol {
    readonly tls: boolean;
    /** Mechanisms by which clients have to authenticate; `undefined` where they don't, or don't get so far. */
    readonly mechanisms?: readonly string[];
    /** Whether an HTTP server listens there, so no Kafka. */
    readonly http?: true;
}

const TIMEOUT_MS = 5_000;
const SASL_HANDSHAKE = 17;
const NO_ERROR = 0;
/** What a broker answers which does not have the mechanism that was asked for. */
const UNSUPPORTED_MECHANISM = 33;
const MECHANISM = "SCRAM-SHA-512";
/** A request that HTTP servers answer which wait for the end of a line; a broker closes the connection. */
const HTTP_REQUEST = "GET / HTTP/1.0\r\n\r\n";

/**
 * Finds out what a port speaks: kafkajs only learns that the connection was closed, or nothing at all.
 *
 * @param timeoutMs How long it may take to answer.
 * @returns `silent` when it accepts connections and answers nothing; `undefined` when it is no port of a Kafka broker, or can't
 * be reached.
 */
export async function portProtocol(
    address: Address,
    socketFactory?: ISocketFactory,
    timeoutMs = TIMEOUT_MS,
): Promise<PortProtocol | "silent" | undefined> {
    const ask = (request: Buffer | string, tls: boolean) =>
        talk(address, { socketFactory, request, tls, timeoutMs });
    // At once: a port that is silent is so to each of them.
    const plain = ask(handshakeRequest(), false);
    const asked = [ask(handshakeRequest(), true), plain, ask(HTTP_REQUEST, false)];
    const spoken = asked.map(async (asking) => {
        const answer = await asking;
        if (typeof answer !== "object") {
            throw new Error("no answer");
        }
        return answer;
    });
    try {
        return await Promise.any(spoken);
    } catch {
        return (await plain) === "silent" ? "silent" : undefined;
    }
}

/** Sends a request, with or without TLS, and looks at what comes back. */
function talk(
    { host, port }: Address,
    {
        socketFactory,
        request,
        tls,
        timeoutMs,
    }: {
        readonly socketFactory?: ISocketFactory;
        readonly request: Buffer | string;
        readonly tls: boolean;
        readonly timeoutMs: number;
    },
): Promise<PortProtocol | "silent" | undefined> {
    const ssl = undefined as never;
    const plain: Duplex = socketFactory
        ? socketFactory({ host, port, ssl, onConnect: () => undefined })
        : net.connect({ host, port });
    // Which certificate the broker has is not the question.
    const socket = tls ? secured(plain, host, { rejectUnauthorized: false }) : plain;
    let spoken: PortProtocol | undefined;
    let isConnected = false;
    let received = Buffer.alloc(0);
    return new Promise((resolve) => {
        const done = (found: PortProtocol | "silent" | undefined) => {
            clearTimeout(timer);
            // First, as it may be told of the end while it is ended.
            resolve(found);
            plain.destroy();
            socket.destroy();
        };
        const end = () => done(spoken);
        // On a busy machine a timer may come before an answer that is there already: that is read first.
        const timer = setTimeout(
            () => setImmediate(() => done(spoken ?? (isConnected ? "silent" : undefined))),
            timeoutMs,
        );
        plain.once("connect", () => (isConnected = true));
        socket.once("secureConnect", () => (spoken = { tls }));
        socket.on("data", (chunk: Buffer) => {
            received = Buffer.concat([received, chunk]);
            const answer =
                received.toString("latin1", 0, 5) === "HTTP/" ? HTTP : parseAnswer(received);
            if (answer !== undefined) {
                done({ tls, ...answer });
            }
        });
        socket.on("error", end);
        socket.on("end", end);
        socket.on("close", end);
        socket.write(request);
    });
}

const HTTP = { http: true } as const;

/** A request `SaslHandshake`, version 1, which brokers answer before clients have to say who they are. */
function handshakeRequest(): Buffer {
    const body = Buffer.concat([
        int16(SASL_HANDSHAKE),
        int16(1),
        Buffer.alloc(4),
        text("kafka-eks"),
        text(MECHANISM),
    ]);
    const size = Buffer.alloc(4);
    size.writeInt32BE(body.length);
    return Buffer.concat([size, body]);
}

/** The mechanisms in an answer; `undefined` while it is not complete. */
function parseAnswer(data: Buffer): Pick<PortProtocol, "mechanisms"> | undefined {
    if (data.length < 4 || data.length < 4 + data.readInt32BE(0)) {
        return undefined;
    }
    // Size, the request's number, an error, the mechanisms.
    const error = data.readInt16BE(8);
    if (error !== NO_ERROR && error !== UNSUPPORTED_MECHANISM) {
        return {};
    }
    const mechanisms: string[] = [];
    for (let at = 14; mechanisms.length < data.readInt32BE(10);) {
        const end = at + 2 + data.readInt16BE(at);
        mechanisms.push(data.toString("utf8", at + 2, end));
        at = end;
    }
    return { mechanisms };
}

function int16(value: number): Buffer {
    const buffer = Buffer.alloc(2);
    buffer.writeInt16BE(value);
    return buffer;
}

function text(value: string): Buffer {
    return Buffer.concat([int16(value.length), Buffer.from(value)]);
}
