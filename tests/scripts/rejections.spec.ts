import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "../../tools/cli/repository";

const MOCHA = join(REPOSITORY, "node_modules/mocha/bin/mocha.js");
const HOOK = join(REPOSITORY, "tests/support/rejections.ts");

describe("root hook of the tests", () => {
    let directory: string;
    before(() => {
        directory = mkdtempSync(join(tmpdir(), "rejections-"));
    });
    after(() => rmSync(directory, { recursive: true }));

    /** Runs another mocha over files whose only test leaves a rejection. */
    function run(files: number, ...args: readonly string[]) {
        const specs = Array.from({ length: files }, (_, n) => join(directory, `${n}.spec.js`));
        for (const spec of specs) {
            writeFileSync(
                spec,
                `it("leaves one behind", () => { Promise.reject(new Error("nobody waits")); });`,
            );
        }
        const { status, stdout } = spawnSync(
            process.execPath,
            [MOCHA, "--no-config", ...args, ...specs],
            { cwd: REPOSITORY, encoding: "utf8" },
        );
        const reported = stdout.match(/unhandled rejection: Error: nobody waits\n/g) ?? [];
        return { status, reported: reported.length };
    }

    it("fails a test that leaves an unhandled rejection, and reports it once", () => {
        const found = run(1, "--require", "./load.cjs", "--require", HOOK);
        assert.deepEqual(found, { status: 1, reported: 1 });
        // Without the hook nobody would know.
        assert.deepEqual(run(1), { status: 0, reported: 0 });
    });

    it("does so in each file of a worker", () => {
        // One of two workers has at least two of three files.
        const parallel = ["--parallel", "--jobs", "2"];
        const found = run(3, ...parallel, "--require", "./load.cjs", "--require", HOOK);
        assert.deepEqual(found, { status: 3, reported: 3 });
    });
});
