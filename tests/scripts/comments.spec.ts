import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readScript } from "../../components/statefulset/scripts";

const SCRIPTS = join(__dirname, "../../components/statefulset");
const paths = (ending: string) => globSync(`{*,*/*}.${ending}`, { cwd: SCRIPTS }).sort();

/** A script as bash understands it: its own words for the same commands, in which no comment is left. */
function asParsed(script: string): string {
    const { status, stdout, stderr } = spawnSync(
        "bash",
        ["--norc", "-c", 'eval "$1"; declare -f script', "bash", `script() {\n${script}\n}`],
        {
            encoding: "utf8",
            stdio: ["ignore", "pipe", "pipe"],
        },
    );
    assert.equal(stderr, "");
    assert.equal(status, 0);
    return stdout;
}

function propertiesOf(text: string): string[] {
    return text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
}

describe("scripts without their comments", () => {
    for (const path of paths("sh")) {
        it(`do the same: ${path}`, () => {
            const script = readScript(path);
            assert.doesNotMatch(script.replace("#!/usr/bin/env bash\n", ""), /^\s*#/m);
            assert.equal(asParsed(script), asParsed(readFileSync(join(SCRIPTS, path), "utf8")));
        });
    }

    for (const path of paths("properties")) {
        it(`have the same properties: ${path}`, () => {
            const text = readFileSync(join(SCRIPTS, path), "utf8");
            assert.deepEqual(readScript(path).split("\n").filter(Boolean), propertiesOf(text));
        });
    }

    it("would be another one without a line of a text", () => {
        const text = "cat <<'END'\n# not a comment\nEND\n";
        assert.notEqual(asParsed(text), asParsed(text.replace("# not a comment\n", "")));
    });
});
