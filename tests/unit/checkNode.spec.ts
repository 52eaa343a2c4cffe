import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "node:util";
import { runInNewContext } from "node:vm";
import { REPOSITORY } from "../../tools/cli/repository";

const read = (file: string) => readFileSync(join(REPOSITORY, file), "utf8");

/** What the check says and how it exits, for a Node.js that is wanted and one that is there. */
function check(wanted: string, found: string): { said: string[]; code: number } {
    const result = { said: [] as string[], code: 0 };
    runInNewContext(read("checkNode.cjs"), {
        require: () => ({ engines: { node: `>=${wanted}` } }),
        console: { error: (...args: unknown[]) => result.said.push(format(...args)) },
        process: { versions: { node: found }, exit: (code: number) => (result.code = code) },
    });
    return result;
}

describe("checkNode", () => {
    for (const found of ["20.20.2", "22.18.9", "6.17.1", "0.10.48"]) {
        it(`says in one sentence what to do about Node.js ${found}`, () => {
            const said = `Node.js: expected 22.19 or newer, got ${found}. Next: install Node.js 24 from your system's packages or a version manager.`;
            assert.deepEqual(check("22.19", found), { said: [said], code: 1 });
        });
    }

    for (const found of ["22.19.0", "22.20.1", "24.0.0", "100.1.0"]) {
        it(`says nothing about Node.js ${found}`, () => {
            assert.deepEqual(check("22.19", found), { said: [], code: 0 });
        });
    }

    it("runs before everything that npm runs here", () => {
        const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
        const { preinstall, ...others } = scripts;
        assert.equal(preinstall, "node checkNode.cjs");
        for (const [name, command] of Object.entries(others)) {
            assert.ok(command.startsWith("node checkNode.cjs && "), name);
        }
    });
});
