import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const GOLDEN = join(__dirname, "../golden");

/**
 * Tests that a value is that of a golden file. After a wanted change: `UPDATE_GOLDEN=1 npm test`, then review the difference.
 */
export async function matchesGolden(name: string, value: unknown): Promise<void> {
    const file = join(GOLDEN, `${name}.json`);
    if (process.env.UPDATE_GOLDEN === "1") {
        const { format, resolveConfig } = await import("prettier");
        const options = { ...(await resolveConfig(file)), parser: "json" };
        writeFileSync(file, await format(JSON.stringify(value), options));
    }
    // Through JSON on both sides: `undefined` fields don't reach an engine either.
    const plain: unknown = JSON.parse(JSON.stringify(value));
    assert.deepEqual(plain, JSON.parse(readFileSync(file, "utf8")));
}
