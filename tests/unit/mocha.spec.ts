import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../../tools/cli/repository";

describe("npm test", () => {
    // What takes long comes first, so no process waits for another one's last file.
    it("runs each file of unit tests once", () => {
        const { spec } = JSON.parse(readFileSync(join(REPOSITORY, ".mocharc.json"), "utf8")) as {
            spec: string[];
        };
        const filesOf = (pattern: string) => globSync(pattern, { cwd: REPOSITORY });
        assert.deepEqual(spec.flatMap(filesOf).sort(), filesOf("tests/unit/**/*.spec.ts").sort());
    });
});
