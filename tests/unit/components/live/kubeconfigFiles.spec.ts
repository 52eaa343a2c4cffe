import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { KubeConfig } from "@kubernetes/client-node";
import { loadByRules } from "../../../../components/live/kubeconfigFiles";

/** A kubeconfig with a context, a cluster and a user of that name. */
function kubeconfig(name: string, server: string, current?: string): string {
    return JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        ...(current !== undefined && { "current-context": current }),
        clusters: [{ name, cluster: { server } }],
        users: [{ name, user: { token: server } }],
        contexts: [{ name, context: { cluster: name, user: name } }],
    });
}

describe("loadByRules", () => {
    const directory = mkdtempSync(join(tmpdir(), "kafka-eks-kubeconfig-"));
    const { KUBECONFIG } = process.env;
    const pathOf = (file: string) => join(directory, file);

    before(() => {
        writeFileSync(pathOf("blue"), kubeconfig("blue", "https://blue:6443", "blue"));
        writeFileSync(pathOf("green"), kubeconfig("green", "https://green:6443", "green"));
        writeFileSync(pathOf("other-blue"), kubeconfig("blue", "https://other:6443", "blue"));
        writeFileSync(pathOf("no-current"), kubeconfig("red", "https://red:6443"));
        writeFileSync(pathOf("broken"), "}");
    });

    afterEach(() => {
        if (KUBECONFIG === undefined) {
            delete process.env.KUBECONFIG;
        } else {
            process.env.KUBECONFIG = KUBECONFIG;
        }
    });

    after(() => rmSync(directory, { recursive: true, force: true }));

    function load(...files: string[]): KubeConfig {
        process.env.KUBECONFIG = files.join(delimiter);
        return loadByRules(() => new KubeConfig(), pathOf);
    }

    it("takes the current context of the first file that has one", () => {
        assert.equal(load("blue", "green").getCurrentCluster()?.server, "https://blue:6443");
        assert.equal(load("no-current", "green", "blue").getCurrentContext(), "green");
    });

    it("knows the contexts of all files", () => {
        const config = load("blue", "green", "no-current");
        const names = config.getContexts().map(({ name }) => name);
        assert.deepEqual(names.sort(), ["blue", "green", "red"]);
        config.setCurrentContext("red");
        assert.equal(config.getCurrentCluster()?.server, "https://red:6443");
        assert.equal(config.getCurrentUser()?.token, "https://red:6443");
    });

    it("takes the first of two entries of one name", () =>
        assert.equal(load("blue", "other-blue").getCurrentCluster()?.server, "https://blue:6443"));

    it("skips files that are not there, and empty entries", () =>
        assert.equal(load("", "missing", "green").getCurrentContext(), "green"));

    it("refuses a list of which no file is there", () =>
        assert.throws(() => load("missing", "gone"), /there is no such file/));

    it("refuses a file that is no kubeconfig", () => assert.throws(() => load("blue", "broken")));

    it("finds files where they are said to be", () => {
        process.env.KUBECONFIG = pathOf("green");
        assert.equal(loadByRules(() => new KubeConfig()).getCurrentContext(), "green");
    });
});
