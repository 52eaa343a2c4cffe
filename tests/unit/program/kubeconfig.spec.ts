import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os, { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { mock } from "node:test";
import { currentContext } from "../../../program/kubeconfig";

describe("currentContext", () => {
    const before = process.env.KUBECONFIG;
    let directory: string;

    beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "kubeconfig-"))));
    afterEach(() => {
        mock.restoreAll();
        rmSync(directory, { recursive: true });
        if (before === undefined) {
            delete process.env.KUBECONFIG;
        } else {
            process.env.KUBECONFIG = before;
        }
    });

    function file(name: string, content: string): string {
        const path = join(directory, name);
        writeFileSync(path, content);
        return path;
    }

    it("is the one of the file that is given, whatever the environment says", () => {
        process.env.KUBECONFIG = file("other", "current-context: other");
        assert.equal(currentContext(file("given", "current-context: given")), "given");
    });

    it("is the one of a file with the character that separates files in its name", () => {
        mkdirSync(join(directory, `a${delimiter}b`));
        const given = file(join(`a${delimiter}b`, "config"), "current-context: given");
        assert.equal(currentContext(given), "given");
    });

    it("is the one of the file in the home directory, where KUBECONFIG is empty", () => {
        mkdirSync(join(directory, ".kube"));
        file(join(".kube", "config"), "current-context: home");
        mock.method(os, "homedir", () => directory);
        for (const nothing of ["", delimiter, undefined]) {
            if (nothing === undefined) {
                delete process.env.KUBECONFIG;
            } else {
                process.env.KUBECONFIG = nothing;
            }
            assert.equal(currentContext(), "home", String(nothing));
        }
    });

    it("is the first one of the files in KUBECONFIG", () => {
        const files = [
            join(directory, "missing"),
            file("none", "current-context: ''"),
            file("first", "current-context: first"),
            file("second", "current-context: second"),
        ];
        process.env.KUBECONFIG = files.join(delimiter);
        assert.equal(currentContext(), "first");
    });

    it("is unknown where a file is missing, empty or broken", () => {
        assert.equal(currentContext(join(directory, "missing")), undefined);
        assert.equal(currentContext(file("empty", "")), undefined);
        assert.equal(currentContext(file("broken", "a: [")), undefined);
    });
});
