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
}

const TIMEOUT_MS = 5_000;
const SASL_HANDSHAKE = 17;
const NO_ERROR = 0;
/** What a broker answers which does not have the mechanism that was asked for. */
const UNSUPPORTED_MECHANISM = 33;
const MECHANISM = "SCRAM-SHA-512";

/**
 * Finds out what a port speaks: kafkajs only learns that the connection was closed.
 *
 * @returns `undefined` when it is no port of a Kafka broker.
 */
export async function portProtocol(
    address: Address,
    socketFactory?: ISocketFactory,
): Promise<PortProtocol | undefined> {
    return (await ask(address, socketFactory, true)) ?? (await ask(address, socketFactory, false));
}

/** Asks which mechanisms there are, with or without TLS. */
function ask(
    { host, port }: Address,
    socketFactory: ISocketFactory | undefined,
    tls: boolean,
): Promise<PortProtocol | undefined> {
    const ssl = undefined as never;
    const plain: Duplex = socketFactory
        ? socketFactory({ host, port, ssl, onConnect: () => undefined })
        : net.connect({ host, port });
    // Which certificate the broker has is not the question.
    const socket = tls ? secured(plain, host, { rejectUnauthorized: false }) : plain;
    let spoken: PortProtocol | undefined;
    let received = Buffer.alloc(0);
    return new Promise((resolve) => {
        const done = () => {
            clearTimeout(timer);
            plain.destroy();
            socket.destroy();
            resolve(spoken);
        };
        const timer = setTimeout(done, TIMEOUT_MS);
        socket.once("secureConnect", () => (spoken = { tls }));
        socket.on("data", (chunk: Buffer) => {
            received = Buffer.concat([received, chunk]);
            const answer = parseAnswer(received);
            if (answer !== undefined) {
                spoken = { tls, ...answer };
                done();
            }
        });
        socket.on("error", done);
        socket.on("end", done);
        socket.on("close", done);
        socket.write(handshakeRequest());
    });
}

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
