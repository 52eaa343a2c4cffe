import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "../../tools/cli/repository";

const PREVIEWS = join(REPOSITORY, "tests/unit/tools/impact/previews");

const read = (name: string) => readFileSync(join(PREVIEWS, `${name}.json`), "utf8");

describe("npm run impact, as a process", () => {
    /** The command as npm runs it. */
    const cli = (args: readonly string[], input: string | Buffer = "") =>
        spawnSync(process.execPath, ["--require", "./load.cjs", "tools/impact/cli.ts", ...args], {
            cwd: REPOSITORY,
            encoding: "utf8",
            input,
        });

    it("reads a file", () => {
        const { status, stdout } = cli([join(PREVIEWS, "destroy.json")]);
        assert.equal(status, 3);
        assert.match(stdout, /^cluster-stops: brokers: all 3 brokers stop at once/);
    });

    it("reads standard input", () => {
        const { status, stdout } = cli([], read("no-change"));
        assert.equal(status, 0);
        assert.equal(stdout, "nothing: Kafka does not notice it\n");
    });

    it("reads what PowerShell writes, from a file and from standard input", () => {
        const directory = mkdtempSync(join(tmpdir(), "impact-"));
        const file = join(directory, "preview.json");
        const bytes = Buffer.from(`\ufeff${read("no-change")}`, "utf16le");
        writeFileSync(file, bytes);
        for (const { status, stdout } of [cli([file]), cli([], bytes)]) {
            assert.equal(status, 0);
            assert.equal(stdout, "nothing: Kafka does not notice it\n");
        }
        rmSync(directory, { recursive: true });
    });

    it("exits with 2 for a file that is missing", () => {
        const { status, stdout, stderr } = cli(["missing.json"]);
        assert.deepEqual([status, stdout], [2, ""]);
        assert.equal(
            stderr,
            "error: missing.json: expected the output of pulumi preview --json, got a file that can't be read (ENOENT). " +
                "Next: run pulumi preview --json --show-sames > preview.json, and give that file\n",
        );
    });
});
