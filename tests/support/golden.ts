import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isObject } from "../../config/everyFault";

const GOLDEN = join(__dirname, "../golden");

/** A name leads to no other folder. */
const NAME = /^[a-z0-9-]+$/;

/**
 * Tells whether what the repository keeps is to be written anew.
 *
 * @throws Where CI is true.
 */
export function updatesGolden(): boolean {
    if (process.env.UPDATE_GOLDEN !== "1") {
        return false;
    }
    if (process.env.CI === "true") {
        throw new Error(
            "UPDATE_GOLDEN: expected not to be set where CI is true, got 1. " +
                "Next: update the golden files on your machine, review the difference and commit it",
        );
    }
    return true;
}

/**
 * Tests that a value is that of a golden file. After a wanted change: `UPDATE_GOLDEN=1 npm test`, then review the difference.
 * On CI nobody reviews, so there it is refused.
 */
export async function matchesGolden(name: string, value: unknown): Promise<void> {
    if (!NAME.test(name)) {
        throw new Error(
            `golden file: expected a name of small letters, digits and hyphens, got ${name}. ` +
                "Next: name a file of tests/golden, without its folder and ending",
        );
    }
    const file = join(GOLDEN, `${name}.json`);
    if (updatesGolden()) {
        const { format, resolveConfig } = await import("prettier");
        const options = { ...(await resolveConfig(file)), parser: "json" };
        writeFileSync(file, await format(JSON.stringify(value, inOrder), options));
    }
    // Through JSON on both sides: `undefined` fields don't reach an engine either.
    const plain: unknown = JSON.parse(JSON.stringify(value));
    assert.deepEqual(plain, JSON.parse(readFileSync(file, "utf8")));
}

/** Fields by their names: the order in which the program sets them says nothing, and would be a difference to review. */
function inOrder(_: string, value: unknown): unknown {
    return isObject(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value;
}
