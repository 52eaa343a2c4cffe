import { Writable } from "node:stream";
import type { Exec, V1Status } from "@kubernetes/client-node";
import { withDeadline } from "../cli/deadline";
import { PodCommandError } from "./errors";
import { handshakeFailure } from "./handshake";
import type { ForwardedSocket } from "./tunnel";

/** A command in a container of a pod. */
export interface PodCommand {
    readonly pod: string;
    readonly container: string;
    readonly command: readonly string[];
    /** How long it may take, in milliseconds, the connection included. */
    readonly timeoutMs: number;
}

/**
 * Runs a command and returns what it prints.
 *
 * @throws TimeoutError when time is up; the command may still run.
 * @throws {@link PodCommandError} with what it complained of, or why it can't be run.
 */
export type PodExec = (command: PodCommand) => Promise<string>;

/**
 * Runs commands in the pods of a namespace through the Kubernetes API. That takes the permissions to get and, from Kubernetes
 * 1.35 on, to create `pods/exec`.
 */
export function podExec(exec: Exec, namespace: string): PodExec {
    return async ({ pod, container, command, timeoutMs }) => {
        const output = collected();
        const errors = collected();
        let end: (status: V1Status) => void;
        const status = new Promise<V1Status>((resolve) => (end = resolve));
        const opened = exec.exec(
            namespace,
            pod,
            container,
            [...command],
            output.stream,
            errors.stream,
            null,
            false,
            (ended) => end(ended),
        ) as Promise<unknown> as Promise<ForwardedSocket>;
        const fail = (reason: string) =>
            new PodCommandError(
                `${command[0]} in pod ${pod}: ${reason}`,
                `kubectl describe pod ${pod} -n ${namespace}`,
            );
        try {
            const ended = Promise.race([status, closed(opened, fail)]);
            const { status: result, message } = await withDeadline(
                ended,
                timeoutMs,
                `${command[0]} in pod ${pod}`,
            );
            if (result !== "Success") {
                throw fail(errors.text().trim() || message || "it failed");
            }
            return output.text();
        } finally {
            // Also when it opens after time was up.
            opened.then((socket) => socket.close()).catch(() => undefined);
        }
    };
}

/** Rejects with the reason when a connection can't be opened, or ends. */
async function closed(
    opened: Promise<ForwardedSocket>,
    fail: (reason: string) => Error,
): Promise<never> {
    const socket = await opened.catch((error: unknown) => {
        throw fail(handshakeFailure(error, "pods/exec"));
    });
    return new Promise((_, reject) => {
        socket.on("close", () => reject(fail("the connection was closed")));
    });
}

/** A stream that keeps what is written to it. */
function collected(): { readonly stream: Writable; readonly text: () => string } {
    const chunks: Buffer[] = [];
    const stream = new Writable({
        write: (chunk: Buffer, _, done) => {
            chunks.push(chunk);
            done();
        },
    });
    return { stream, text: () => Buffer.concat(chunks).toString() };
}
