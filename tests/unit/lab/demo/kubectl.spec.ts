import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DemoError } from "../../../../lab/demo/errors";
import { kubectlCommand, kubectlFor } from "../../../../lab/demo/kubectl";
import { LAB } from "../../../../lab";

const CLUSTER = { isLab: false, kubeconfig: "/k", context: "c" };

describe("kubectlFor", () => {
    const { PATH } = process.env;
    let directory: string;
    beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "kubectl-"))));
    afterEach(() => {
        process.env.PATH = PATH;
        rmSync(directory, { recursive: true });
    });

    /** Puts a kubectl on PATH that runs these lines. */
    function onPath(...lines: string[]): void {
        writeFileSync(join(directory, "kubectl"), ["#!/bin/sh", ...lines].join("\n"));
        chmodSync(join(directory, "kubectl"), 0o755);
        process.env.PATH = `${directory}:${PATH}`;
    }

    it("runs the one on PATH on the cluster, with what it is given", async () => {
        onPath('echo "$@"', "cat");
        const lines: string[] = [];
        const onLine = (line: string) => lines.push(line);
        const answer = await kubectlFor(CLUSTER)(["get", "pods"], { input: "given", onLine });
        assert.equal(answer, "--kubeconfig /k --context c get pods\ngiven");
        assert.deepEqual(lines, answer.split("\n"));
    });

    it("says what kubectl said, in one line", async () => {
        onPath("echo 'error: no matches' >&2", "echo '  install it first' >&2", "exit 1");
        await assert.rejects(
            kubectlFor(CLUSTER)(["apply"]),
            (error) =>
                error instanceof DemoError &&
                error.message === "kubectl apply: no matches / install it first" &&
                /run the demo again/.test(error.next),
        );
    });

    it("says whose an object may be that kubectl may not change", async () => {
        onPath(
            `echo 'error: Apply failed with 1 conflict: conflict with "p": .spec.type' >&2`,
            "echo 'Please review the fields above--they currently have other managers.' >&2",
            "exit 1",
        );
        await assert.rejects(
            kubectlFor(CLUSTER)(["apply"]),
            (error) =>
                error instanceof DemoError &&
                error.message.endsWith('conflict with "p": .spec.type') &&
                /such as Pulumi/.test(error.next),
        );
    });

    it("ends a command that nobody waits for any more", async () => {
        onPath("exec sleep 60");
        const controller = new AbortController();
        const running = kubectlFor(CLUSTER)(["wait"], { signal: controller.signal });
        controller.abort();
        await assert.rejects(running, /kubectl wait: .*abort/i);
    });

    it("says what to do where there is no kubectl", async () => {
        process.env.PATH = directory;
        await assert.rejects(
            kubectlFor(CLUSTER)(["get"]),
            (error) =>
                error instanceof DemoError &&
                /not on PATH/.test(error.message) &&
                /npm run lab -- engine/.test(error.next),
        );
    });
});

describe("kubectlCommand", () => {
    it("is what the user types", () => {
        assert.equal(kubectlCommand(CLUSTER), "kubectl --kubeconfig /k --context c");
        const lab = { isLab: true, kubeconfig: LAB.kubeconfig, context: LAB.context };
        assert.equal(kubectlCommand(lab), "npm run -s lab -- kubectl");
    });
});
