import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KubernetesAccessError, StackAccessError } from "../../../../tools/client/errors";
import { stackAccess } from "../../../../tools/client/stackAccess";

const KUBECONFIG = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": "one",
    clusters: [
        { name: "one", cluster: { server: "https://one:6443" } },
        { name: "two", cluster: { server: "https://two:6443" } },
    ],
    users: [{ name: "me", user: { token: "t" } }],
    contexts: ["one", "two"].map((name) => ({ name, context: { cluster: name, user: "me" } })),
};

describe("stackAccess", () => {
    const directory = mkdtempSync(join(tmpdir(), "kafka-eks-stack-"));
    const file = join(directory, "kubeconfig");
    before(() => writeFileSync(file, JSON.stringify(KUBECONFIG)));
    after(() => rmSync(directory, { recursive: true, force: true }));

    function serverOf(outputs: object): string | undefined {
        return stackAccess("test", outputs).kubeConfig.getCurrentCluster()?.server;
    }

    it("leads by file and context to the cluster that the stack was deployed to", () => {
        const kubernetes = { namespace: "streams", kubeconfig: file, context: "two" };
        assert.equal(stackAccess("test", { kubernetes }).namespace, "streams");
        assert.equal(serverOf({ kubernetes }), "https://two:6443");
    });

    it("leads to a cluster that the stack made by its kubeconfig, as a text or an object", () => {
        const kubernetes = { namespace: "kafka" };
        for (const kubeconfig of [KUBECONFIG, JSON.stringify(KUBECONFIG)]) {
            assert.equal(serverOf({ kubernetes, kubeconfig }), "https://one:6443");
        }
    });

    it("refuses outputs without a place, and a kubeconfig that is none", () => {
        assertRefused({}, "the outputs of stack test do not say where Kafka is: no kubernetes");
        assertRefused(
            { kubernetes: { namespace: "kafka" }, kubeconfig: "}" },
            "the output kubeconfig of stack test is no kubeconfig",
        );
    });

    it("says which context is gone", () => {
        const kubernetes = { namespace: "kafka", kubeconfig: file, context: "three" };
        assert.throws(
            () => stackAccess("test", { kubernetes }),
            (error) =>
                error instanceof KubernetesAccessError &&
                error.message === 'the kubeconfig has no context "three" (it has: one, two)',
        );
    });

    function assertRefused(outputs: object, message: string): void {
        assert.throws(
            () => stackAccess("test", outputs),
            (error) => error instanceof StackAccessError && error.message === message,
        );
    }
});
