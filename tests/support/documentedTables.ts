import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { updatesGolden } from "./golden";

const beginOf = (name: string) => `<!-- ${name}: begin -->`;
const endOf = (name: string) => `<!-- ${name}: end -->`;

/** Where a document has what stands between the marks of a name. */
function placeOf(text: string, name: string): readonly [begin: number, end: number] {
    const begin = text.indexOf(beginOf(name));
    const end = text.indexOf(endOf(name));
    assert.ok(begin !== -1 && begin < end, `expected ${beginOf(name)} and ${endOf(name)}`);
    return [begin + beginOf(name).length, end];
}

/** Lines without how wide the columns of tables are. */
const withoutWidths = (lines: readonly string[]) =>
    lines.map((line) => line.replace(/ +/g, " ").replace(/-+/g, "-"));

/**
 * Tests that a document has these lines of Markdown between `<!-- NAME: begin -->` and `<!-- NAME: end -->`, by name.
 * `UPDATE_GOLDEN=1` writes them.
 */
export async function matchesDocument(
    document: string,
    parts: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
    if (updatesGolden()) {
        let text = readFileSync(document, "utf8");
        for (const [name, lines] of Object.entries(parts)) {
            const [begin, end] = placeOf(text, name);
            text = `${text.slice(0, begin)}\n\n${lines.join("\n")}\n\n${text.slice(end)}`;
        }
        const { format, resolveConfig } = await import("prettier");
        const options = { ...(await resolveConfig(document)), parser: "markdown" };
        writeFileSync(document, await format(text, options));
    }
    const text = readFileSync(document, "utf8");
    for (const [name, lines] of Object.entries(parts)) {
        const documented = text
            .slice(...placeOf(text, name))
            .trim()
            .split("\n");
        assert.deepEqual(withoutWidths(documented), withoutWidths(lines), name);
    }
}
