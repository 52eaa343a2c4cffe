import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { LiveCluster } from "../../../../components/live/cluster";
import { isForbidden } from "../../../../components/live/forbidden";
import { POD, STATEFUL_SET } from "../../../../components/live/objects";

const KAFKA = { apiVersion: "kafka.strimzi.io/v1", kind: "Kafka" };

function resources(groupVersion: string, kind: string, name: string) {
    const one = { name, kind, namespaced: true, singularName: "", verbs: [] };
    return { kind: "APIResourceList", groupVersion, resources: [one] };
}

/** Answers by path; what is not there has the code 404, and what is a text is refused with it. */
const ANSWERS: Readonly<Record<string, object | string>> = {
    "/apis/apps/v1": resources("apps/v1", "StatefulSet", "statefulsets"),
    "/apis/apps/v1/namespaces/kafka/statefulsets/kafka": {},
    "/apis/apps/v1/namespaces/kafka/statefulsets/kafka?propagationPolicy=Background": {},
    "/api/v1": resources("v1", "Pod", "pods"),
    "/apis/kafka.strimzi.io/v1": resources("kafka.strimzi.io/v1", "KafkaTopic", "kafkatopics"),
    "/api/v1/namespaces/kafka/pods": { items: [{ metadata: { name: "kafka-0" } }] },
    "/api/v1/namespaces/closed/pods": 'pods is forbidden: User "ci" cannot list them',
};

describe("a cluster that is asked over its API", () => {
    let server: Server;
    let cluster: LiveCluster;
    /** What the server was sent. */
    const changes: object[] = [];

    before(async () => {
        server = createServer((request, response) => {
            const { method, url, headers } = request;
            void text(request).then((body) => {
                if (body !== "") {
                    const type = headers["content-type"];
                    changes.push({ method, url, type, body: JSON.parse(body) as object });
                }
            });
            const answer = ANSWERS[url!];
            const code = answer === undefined ? 404 : typeof answer === "string" ? 403 : 200;
            response.writeHead(code, { "content-type": "application/json" });
            const status = { kind: "Status", code, message: answer ?? "not found" };
            response.end(JSON.stringify(code === 200 ? answer : status));
        });
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        const { port } = server.address() as AddressInfo;
        const kubeconfig = JSON.stringify({
            apiVersion: "v1",
            kind: "Config",
            "current-context": "test",
            clusters: [
                {
                    name: "test",
                    // The client takes no server without TLS unless this is said.
                    cluster: {
                        server: `http://127.0.0.1:${port}`,
                        "insecure-skip-tls-verify": true,
                    },
                },
            ],
            contexts: [{ name: "test", context: { cluster: "test", user: "test" } }],
            users: [{ name: "test", user: {} }],
        });
        cluster = new LiveCluster(() => Promise.resolve({ kubeconfig }));
    });

    after(() => new Promise((resolve) => server.close(resolve)));

    it("lists what is there", async () => {
        const pods = await cluster.list(POD, "kafka");
        assert.deepEqual(
            pods.map(({ metadata }) => metadata!.name),
            ["kafka-0"],
        );
    });

    it("has none of a group that it does not know", async () => {
        assert.deepEqual(await cluster.list({ ...KAFKA, apiVersion: "other.io/v1" }, "kafka"), []);
    });

    it("has none of a kind that it does not know in a group that it knows", async () => {
        assert.deepEqual(await cluster.list(KAFKA, "kafka"), []);
        assert.equal(
            await cluster.read({ ...KAFKA, namespace: "kafka", name: "kafka" }),
            undefined,
        );
    });

    it("says in its own words what is forbidden", async () => {
        const error = await cluster.list(POD, "closed").catch((thrown: unknown) => thrown);
        assert.equal((error as Error).message, ANSWERS["/api/v1/namespaces/closed/pods"]);
        assert.ok(isForbidden(error));
        assert.ok(!isForbidden(new Error("the API server did not answer within 30 s")));
    });

    it("deletes an object only as it was read, where that is wanted", async () => {
        const ref = { ...STATEFUL_SET, namespace: "kafka", name: "kafka" };
        await cluster.remove(ref, { name: "kafka", uid: "u", resourceVersion: "7", labels: {} });
        await cluster.remove(ref);
        assert.deepEqual(changes.splice(0), [
            {
                method: "DELETE",
                url: "/apis/apps/v1/namespaces/kafka/statefulsets/kafka?propagationPolicy=Background",
                type: "application/json",
                body: { preconditions: { uid: "u", resourceVersion: "7" } },
            },
        ]);
    });

    it("sends what a merge takes away as null, and nothing that it leaves alone", async () => {
        const patch = { spec: { updateStrategy: { rollingUpdate: null } } };
        await cluster.merge({ ...STATEFUL_SET, namespace: "kafka", name: "kafka" }, patch);
        assert.deepEqual(changes, [
            {
                method: "PATCH",
                url: "/apis/apps/v1/namespaces/kafka/statefulsets/kafka",
                type: "application/merge-patch+json",
                body: {
                    apiVersion: "apps/v1",
                    kind: "StatefulSet",
                    metadata: { name: "kafka", namespace: "kafka" },
                    ...patch,
                },
            },
        ]);
    });
});
