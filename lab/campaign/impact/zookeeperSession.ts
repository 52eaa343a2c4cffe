import { once } from "node:events";
import type { Socket } from "node:net";
import { connectInLab } from "../../bench/labNetwork";
import { withDeadline } from "../../../tools/cli/deadline";

const PORT = 2181;
const LIMIT_MS = 10_000;
const SESSION_MS = 10_000;
const PASSWORD_BYTES = 16;
/** Operation that asks whether a node is there. */
const EXISTS = 3;
/** It is always there. */
const PATH = "/";

/**
 * Whether a member of ZooKeeper answers somebody who does not say who they are. It opens a session for everybody, and
 * closes one that it refuses at the first question.
 */
export async function answersStrangers(host: string): Promise<boolean> {
    const socket = connectInLab(host, PORT);
    try {
        return await withDeadline(isAnswered(socket), LIMIT_MS, `ZooKeeper on ${host}`);
    } catch {
        return false;
    } finally {
        socket.destroy();
    }
}

/** Whether ZooKeeper answers on a connection that is being opened. */
export async function isAnswered(socket: Socket): Promise<boolean> {
    const frames = framesOf(socket);
    await once(socket, "connect");
    socket.write(framed(openingOfSession()));
    await frames.next();
    socket.write(framed(question()));
    const { value } = await frames.next();
    // After the request's number and a transaction's: 0 is an answer, all else the reason for none.
    return value instanceof Buffer && value.readInt32BE(4 + 8) === 0;
}

/** The protocol's version, the last transaction that was seen, the timeout, no session yet, no password. */
function openingOfSession(): Buffer {
    const opening = Buffer.alloc(4 + 8 + 4 + 8 + 4 + PASSWORD_BYTES + 1);
    opening.writeInt32BE(SESSION_MS, 4 + 8);
    opening.writeInt32BE(PASSWORD_BYTES, 4 + 8 + 4 + 8);
    return opening;
}

/** The request's number, the operation, the node, and that nobody waits for changes. */
function question(): Buffer {
    const path = Buffer.from(PATH);
    const head = Buffer.alloc(4 + 4 + 4);
    head.writeInt32BE(1);
    head.writeInt32BE(EXISTS, 4);
    head.writeInt32BE(path.length, 8);
    return Buffer.concat([head, path, Buffer.alloc(1)]);
}

function framed(content: Buffer): Buffer {
    const length = Buffer.alloc(4);
    length.writeInt32BE(content.length);
    return Buffer.concat([length, content]);
}

async function* framesOf(socket: Socket): AsyncGenerator<Buffer, undefined> {
    let received = Buffer.alloc(0);
    for await (const chunk of socket) {
        received = Buffer.concat([received, chunk as Buffer]);
        while (received.length >= 4 && received.length >= 4 + received.readInt32BE()) {
            const end = 4 + received.readInt32BE();
            yield received.subarray(4, end);
            received = received.subarray(end);
        }
    }
    return undefined;
}
