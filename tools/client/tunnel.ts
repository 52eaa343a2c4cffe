import type { Socket } from "node:net";
import { Duplex, PassThrough, Writable } from "node:stream";
import { type KubeConfig, PortForward } from "@kubernetes/client-node";
import type { ISocketFactory } from "kafkajs";
import { withDeadline } from "../cli/deadline";
import { TunnelError } from "./errors";
import { handshakeFailure } from "./handshake";
import { secured } from "./tls";

/** A way into a cluster: connections to pods through the Kubernetes API. */
export interface Tunnel {
    /**
     * For kafkajs: connects to the pod whose name is the first label of the host. Whatever goes wrong is an `error`
     * event of the socket.
     */
    readonly socketFactory: ISocketFactory;
    /** Connects to a port of a pod. */
    connect(pod: string, port: number): Duplex;
    /** Ends every connection; later ones fail. */
    close(): void;
}

/** The end of a port-forward's WebSocket that matters here. */
export interface ForwardedSocket {
    close(): void;
    on(event: "close" | "error", listener: (error?: Error) => void): unknown;
}

/** Starts a port-forward: the pod's data go to `output`, what its node says about failures to `errors`. */
export type Forward = (
    pod: string,
    port: number,
    streams: { output: Writable; errors: Writable; input: PassThrough },
) => Promise<ForwardedSocket>;

const HANDSHAKE_TIMEOUT_MS = 10_000;

/** How {@link openTunnel} reaches the pods. */
export interface TunnelOptions {
    readonly kubeConfig: KubeConfig;
    readonly namespace: string;
}

/** A pod as the first label of a host name, followed by the names of its Service and namespace. */
const POD_HOST = /^([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)\..+$/;

/** The pod that a DNS name inside the cluster belongs to; `undefined` when it can't be one. */
export function podOfHost(host: string): string | undefined {
    return /^[\d.]+$/.test(host) ? undefined : POD_HOST.exec(host)?.[1];
}

/** Opens a tunnel into a namespace. Nothing is connected before a socket is asked for. */
export function openTunnel({ kubeConfig, namespace }: TunnelOptions): Tunnel {
    const forwarder = new PortForward(kubeConfig);
    return tunnelThrough(async (pod, port, { output, errors, input }) => {
        const socket: unknown = await forwarder.portForward(
            namespace,
            pod,
            [port],
            output,
            errors,
            input,
        );
        // A function only when retries are asked for.
        return socket as ForwardedSocket;
    });
}

/** The tunnel on top of a way to forward ports. */
export function tunnelThrough(forward: Forward): Tunnel {
    const open = new Set<PodConnection>();
    let closed = false;

    function connect(pod: string, port: number, refused?: string): PodConnection {
        const reason = closed ? "the tunnel is closed" : refused;
        const connection = new PodConnection(pod, port, forward, reason);
        open.add(connection);
        connection.once("close", () => open.delete(connection));
        return connection;
    }

    return {
        connect,
        socketFactory: ({ host, port, ssl, onConnect }) => {
            const pod = podOfHost(host);
            const refused =
                pod === undefined
                    ? "expected the DNS name of a pod, such as kafka-0.kafka-headless.kafka.svc"
                    : undefined;
            const connection = connect(pod ?? host, port, refused);
            if (ssl) {
                return secured(connection, host, ssl).once("secureConnect", onConnect);
            }
            connection.once("connect", onConnect);
            // kafkajs uses the part of a socket that every duplex stream has, and `unref`.
            return connection as unknown as Socket;
        },
        close: () => {
            closed = true;
            open.forEach((connection) => connection.destroy());
        },
    };
}

function failure(pod: string, port: number, reason: string): TunnelError {
    return new TunnelError(
        `the tunnel to pod ${pod}, port ${port} failed: ${reason}`,
        `run kubectl describe pod ${pod}`,
    );
}

/** What the pod's node says about a failed connection, without its names of network namespaces. */
function forwardFailure(text: string): string {
    return text.includes("connection refused") ? "nothing listens on this port" : text;
}

/**
 * One connection to a pod. A stream of its own, and not a local port in front of the port-forward: a local port
 * accepts connections whatever happens behind it, so a failure could only be seen as a closed connection, without
 * its reason; and it would be open to every other user of the machine.
 */
class PodConnection extends Duplex {
    private readonly input = new PassThrough();
    private socket?: ForwardedSocket;

    constructor(
        private readonly pod: string,
        private readonly port: number,
        private readonly forward: Forward,
        /** Why it must not even be tried. */
        private readonly refused?: string,
    ) {
        super();
    }

    override _construct(callback: (error?: Error | null) => void): void {
        if (this.refused !== undefined) {
            callback(failure(this.pod, this.port, this.refused));
            return;
        }
        // Writes wait until the stream is constructed, which is when the port-forward is there.
        const forwarded = this.forward(this.pod, this.port, {
            output: new Writable({
                write: (chunk: Buffer, _, done) => {
                    if (!this.destroyed) {
                        this.push(chunk);
                    }
                    done();
                },
            }),
            errors: new Writable({
                write: (chunk: Buffer, _, done) => {
                    // The channel starts with the port's number and is silent unless something is wrong.
                    if (chunk.length > 0) {
                        this.fail(forwardFailure(chunk.toString()));
                    }
                    done();
                },
            }),
            input: this.input,
        });
        withDeadline(forwarded, HANDSHAKE_TIMEOUT_MS, "the API server").then(
            (socket) => {
                this.socket = socket;
                socket.on("close", () => this.push(null));
                socket.on("error", (error) =>
                    this.fail(handshakeFailure(error, "pods/portforward")),
                );
                callback();
                if (!this.destroyed) {
                    this.emit("connect");
                }
            },
            (error: unknown) =>
                callback(failure(this.pod, this.port, handshakeFailure(error, "pods/portforward"))),
        );
    }

    override _read(): void {
        // The WebSocket can't be slowed down: data are pushed as they come.
    }

    override _write(chunk: Buffer, _: BufferEncoding, callback: () => void): void {
        this.input.write(chunk, () => callback());
    }

    override _final(callback: () => void): void {
        this.input.end(callback);
    }

    override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
        this.input.destroy();
        this.socket?.close();
        callback(error);
    }

    /** A socket has it; a WebSocket keeps the process alive until it is closed. */
    unref(): this {
        return this;
    }

    private fail(reason: string): void {
        this.destroy(failure(this.pod, this.port, reason.trim()));
    }
}
