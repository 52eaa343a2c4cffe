import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { join } from "node:path";
import { TURNS } from "../integration/lanes";

describe("the lanes of the integration suites", () => {
    it("have every suite once", () => {
        const suites = globSync("*.spec.ts", { cwd: join(__dirname, "../integration") });
        assert.deepEqual(
            TURNS.flat(2)
                .map((name) => `${name}.spec.ts`)
                .sort(),
            suites.sort(),
        );
    });
});
