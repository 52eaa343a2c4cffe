import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { isAnswered } from "../../../../lab/campaign/impact/zookeeperSession";

const OPENED = Buffer.from([0, 0, 0, 4, 1, 2, 3, 4]);

/** An answer with a code, after the number of the request and that of a transaction. */
function answer(code: number): Buffer {
    const frame = Buffer.alloc(4 + 4 + 8 + 4);
    frame.writeInt32BE(16);
    frame.writeInt32BE(code, 16);
    return frame;
}

describe("a session with ZooKeeper of somebody who does not say who they are", () => {
    /** Asks a server that answers each thing that it is told with the next of some texts, and then closes. */
    async function askServer(...answers: Buffer[]): Promise<boolean> {
        const server = createServer((socket: Socket) => {
            socket.on("data", () => {
                const next = answers.shift();
                if (next === undefined) {
                    socket.destroy();
                } else {
                    socket.write(next);
                }
            });
        }).listen(0, "127.0.0.1");
        await once(server, "listening");
        const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
        try {
            return await isAnswered(socket);
        } finally {
            socket.destroy();
            server.close();
        }
    }

    it("is answered where everybody is let in", async () => {
        assert.equal(await askServer(OPENED, answer(0)), true);
    });

    it("is not where ZooKeeper says that they have to authenticate, or closes the connection", async () => {
        assert.equal(await askServer(OPENED, answer(-124)), false);
        assert.equal(await askServer(OPENED), false);
    });
});
