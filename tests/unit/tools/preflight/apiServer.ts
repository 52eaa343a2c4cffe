import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { KubeConfig } from "@kubernetes/client-node";

/** A question with a body, such as whether somebody may do something. */
export type Reply = (body: never) => object;

/**
 * What an API server answers, by path without its query: an object, a function of what was sent, or a text with which it refuses
 * by 403. What is not there has the code 404.
 */
export type Answers = Readonly<Record<string, object | Reply | string>>;

/** An API server that only answers. */
export class ApiServer {
    /** What it was asked, as `GET /api/v1/nodes`. */
    readonly asked: string[] = [];
    private readonly server: Server;

    constructor(private readonly answers: Answers) {
        this.server = createServer((request, response) => {
            const path = new URL(request.url!, "http://localhost").pathname;
            this.asked.push(`${request.method} ${path}`);
            void this.answer(request, path).then(([code, body]) => {
                response.writeHead(code, { "content-type": "application/json" });
                response.end(JSON.stringify(body));
            });
        });
    }

    /** Starts it, and returns a kubeconfig for it. */
    async start(): Promise<object> {
        await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
        const { port } = this.server.address() as AddressInfo;
        return kubeconfigFor(port);
    }

    stop(): Promise<void> {
        return new Promise((resolve) => {
            this.server.close(() => resolve());
            this.server.closeAllConnections();
        });
    }

    private async answer(request: IncomingMessage, path: string): Promise<[number, object]> {
        const answer = this.answers[path];
        if (typeof answer === "function") {
            return [201, (answer as Reply)((await json(request)) as never)];
        }
        return answer === undefined || typeof answer === "string"
            ? refusal(answer === undefined ? 404 : 403, answer ?? "not found")
            : [200, answer];
    }
}

function refusal(code: number, message: string): [number, object] {
    return [code, { kind: "Status", apiVersion: "v1", status: "Failure", code, message }];
}

/** A kubeconfig for an API server on this machine. */
export function kubeconfigFor(port: number): object {
    return {
        apiVersion: "v1",
        kind: "Config",
        "current-context": "test",
        clusters: [
            {
                name: "test",
                // The client takes no server without TLS unless this is said.
                cluster: { server: `http://127.0.0.1:${port}`, "insecure-skip-tls-verify": true },
            },
        ],
        contexts: [{ name: "test", context: { cluster: "test", user: "test" } }],
        users: [{ name: "test", user: {} }],
    };
}

/** A loaded kubeconfig. */
export function loaded(kubeconfig: object): KubeConfig {
    const config = new KubeConfig();
    config.loadFromString(JSON.stringify(kubeconfig));
    return config;
}
