import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "../../tools/cli/repository";

describe("skipAfterFailure", () => {
    it("skips the rest of its suite, and no other", function () {
        // Another mocha, with its start.
        this.timeout(20_000);
        const directory = mkdtempSync(join(tmpdir(), "skip-"));
        try {
            const spec = join(directory, "scratch.spec.js");
            const helper = join(REPOSITORY, "tests/support/skipAfterFailure.ts");
            writeFileSync(
                spec,
                `const { skipAfterFailure } = require(${JSON.stringify(helper)});
                for (const name of ["first", "second"]) {
                    describe(name, () => {
                        skipAfterFailure();
                        it("passes", () => {});
                        it("fails", () => { throw new Error("on purpose"); });
                        it("is skipped", () => { throw new Error("not skipped"); });
                    });
                }`,
            );
            const mocha = join(REPOSITORY, "node_modules/mocha/bin/mocha.js");
            const { stdout } = spawnSync(
                process.execPath,
                [mocha, "--no-config", "--require", "./load.cjs", "--reporter", "json", spec],
                { cwd: REPOSITORY, encoding: "utf8" },
            );
            const { stats } = JSON.parse(stdout) as { stats: Record<string, number> };
            assert.deepEqual([stats["passes"], stats["failures"], stats["pending"]], [2, 2, 2]);
        } finally {
            rmSync(directory, { recursive: true });
        }
    });
});
