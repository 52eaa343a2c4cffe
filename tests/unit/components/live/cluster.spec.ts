import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { LiveCluster } from "../../../../components/live/cluster";
import { STATEFUL_SET } from "../../../../components/live/objects";

/** What the API server is asked for, beside the kinds that it knows. */
interface Request {
    readonly method: string | undefined;
    readonly url: string | undefined;
    readonly type: string | undefined;
    readonly body: unknown;
}

/** Does something with a cluster whose API server knows StatefulSets, and returns the requests. */
async function requestsOf(act: (cluster: LiveCluster) => Promise<unknown>): Promise<Request[]> {
    const requests: Request[] = [];
    const server = createServer((request, response) => {
        void text(request).then((body) => {
            response.setHeader("content-type", "application/json");
            if (request.url === "/apis/apps/v1") {
                const resources = [{ kind: "StatefulSet", name: "statefulsets", namespaced: true }];
                response.end(JSON.stringify({ kind: "APIResourceList", resources }));
                return;
            }
            const { method, url, headers } = request;
            requests.push({ method, url, type: headers["content-type"], body: JSON.parse(body) });
            response.end(JSON.stringify({ apiVersion: "apps/v1", kind: "StatefulSet" }));
        });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const kubeconfig = JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        clusters: [
            {
                name: "c",
                cluster: { server: `http://127.0.0.1:${port}`, "insecure-skip-tls-verify": true },
            },
        ],
        users: [{ name: "u", user: {} }],
        contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
        "current-context": "x",
    });
    try {
        await act(new LiveCluster(() => Promise.resolve({ kubeconfig })));
    } finally {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
    }
    return requests;
}

describe("LiveCluster", () => {
    it("sends what a merge takes away as null, and nothing that it leaves alone", async () => {
        const ref = { ...STATEFUL_SET, namespace: "streams", name: "kafka" };
        const patch = { spec: { updateStrategy: { rollingUpdate: null } } };
        assert.deepEqual(await requestsOf((cluster) => cluster.merge(ref, patch)), [
            {
                method: "PATCH",
                url: "/apis/apps/v1/namespaces/streams/statefulsets/kafka",
                type: "application/merge-patch+json",
                body: {
                    apiVersion: "apps/v1",
                    kind: "StatefulSet",
                    metadata: { name: "kafka", namespace: "streams" },
                    ...patch,
                },
            },
        ]);
    });
});
