import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { Exec, KubeConfig } from "@kubernetes/client-node";
import { explainFault } from "../../../../tools/client/describeFault";
import { podExec } from "../../../../tools/client/podExec";

type WebSockets = Exec["handler"];
type Receive = Parameters<WebSockets["connect"]>[2];

const COMMAND = { pod: "kafka-0", container: "kafka", command: ["df", "-Pk"], timeoutMs: 5_000 };
const [STDOUT, STDERR, STATUS] = [1, 2, 3];

/** The API server's end of a WebSocket. */
class FakeSocket extends EventEmitter {
    closed = false;

    close(): void {
        this.closed = true;
        this.emit("close");
    }
}

/** Runs a command whose other end the test plays. */
function running(play: (send: (stream: number, text: string) => void, socket: FakeSocket) => void) {
    const paths: string[] = [];
    const socket = new FakeSocket();
    const connect = (path: string, _: unknown, receive: Receive) => {
        paths.push(path);
        setImmediate(() => play((stream, text) => receive!(stream, Buffer.from(text)), socket));
        return Promise.resolve(socket);
    };
    const exec = new Exec(new KubeConfig(), { connect });
    return { printed: podExec(exec, "kafka")(COMMAND), paths, socket };
}

const SUCCESS = JSON.stringify({ status: "Success" });

describe("podExec", () => {
    it("returns what the command printed, and closes the connection", async () => {
        const { printed, paths, socket } = running((send) => {
            send(STDOUT, "a\n");
            send(STDERR, "a warning\n");
            send(STDOUT, "b\n");
            send(STATUS, SUCCESS);
        });
        assert.equal(await printed, "a\nb\n");
        assert.deepEqual(paths, [
            "/api/v1/namespaces/kafka/pods/kafka-0/exec?" +
                "stdout=true&stderr=true&stdin=false&tty=false&command=df&command=-Pk&container=kafka",
        ]);
        await new Promise((resolve) => setImmediate(resolve));
        assert.equal(socket.closed, true);
    });

    it("fails with what a command that fails complained of", async () => {
        const { printed } = running((send) => {
            send(STDERR, "df: no such file\n");
            const message = "command terminated with non-zero exit code";
            send(STATUS, JSON.stringify({ status: "Failure", message }));
        });
        await assert.rejects(printed, /^PodCommandError: df in pod kafka-0: df: no such file$/);
    });

    it("fails with why it did not run at all", async () => {
        const { printed } = running((send) => {
            const message = 'exec: "df": executable file not found in $PATH';
            send(STATUS, JSON.stringify({ status: "Failure", message }));
        });
        await assert.rejects(printed, /df in pod kafka-0: exec: "df": executable file not found/);
    });

    it("fails when the connection ends before the command does", async () => {
        const { printed } = running((_, socket) => socket.close());
        await assert.rejects(printed, /df in pod kafka-0: the connection was closed/);
    });

    it("says that it may not", async () => {
        const refused = Object.assign(new Error("Unexpected server response: 403"), {
            type: "error",
        });
        const handler = { connect: () => Promise.reject(refused) } as unknown as WebSockets;
        const exec = podExec(new Exec(new KubeConfig(), handler), "kafka");
        await assert.rejects(exec(COMMAND), (error) => {
            assert.equal(
                explainFault(error),
                "df in pod kafka-0: no permission to create pods/exec. Next: kubectl describe pod kafka-0 -n kafka",
            );
            return true;
        });
    });

    it("waits for a limited time, and closes the connection also when it opens later", async () => {
        const socket = new FakeSocket();
        let open!: (opened: FakeSocket) => void;
        const opened = new Promise<FakeSocket>((resolve) => (open = resolve));
        const handler = { connect: () => opened } as unknown as WebSockets;
        const exec = podExec(new Exec(new KubeConfig(), handler), "kafka");
        await assert.rejects(exec({ ...COMMAND, timeoutMs: 1 }), {
            name: "TimeoutError",
            message: "timed out after 0 s waiting for df in pod kafka-0",
        });
        open(socket);
        await new Promise((resolve) => setImmediate(resolve));
        assert.equal(socket.closed, true);
    });
});
