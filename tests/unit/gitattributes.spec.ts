import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "../../tools/cli/repository";

const STATEFULSET = "components/statefulset";

/** What pods of StatefulSets read of the repository, with one of these ends of names. */
function shipped(...ends: readonly string[]): string[] {
    return readdirSync(join(REPOSITORY, STATEFULSET), { recursive: true, encoding: "utf8" })
        .filter((path) => ends.some((end) => path.endsWith(end)))
        .map((path) => `${STATEFULSET}/${path}`);
}

describe(".gitattributes", () => {
    let directory: string;

    beforeEach(() => {
        directory = mkdtempSync(join(tmpdir(), "gitattributes-"));
        copyFileSync(join(REPOSITORY, ".gitattributes"), join(directory, ".gitattributes"));
    });

    afterEach(() => rmSync(directory, { recursive: true }));

    function attributeOf(name: string, files: readonly string[]): string[] {
        const git = (...args: readonly string[]) =>
            execFileSync("git", args, { cwd: directory, encoding: "utf8" });
        git("init", "--quiet");
        return git("check-attr", name, "--", ...files)
            .trim()
            .split("\n");
    }

    // With others a ConfigMap has another content, and so another name, on another machine: brokers restart.
    it("gives what pods read the same ends of lines on every system", () => {
        const files = shipped(".sh", ".properties");
        assert.ok(files.includes("components/statefulset/log4j.properties"), files.join());
        assert.deepEqual(
            attributeOf("eol", files),
            files.map((file) => `${file}: eol: lf`),
        );
    });

    it("leaves a jar as it is", () => {
        const jars = shipped(".jar");
        assert.deepEqual(
            attributeOf("text", jars),
            jars.map((file) => `${file}: text: unset`),
        );
    });
});
