import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { REPOSITORY } from "../../tools/cli/repository";

/** A process with a command whose `run` is this text; `errors` has the classes of errors. */
function commandArgs(run: string): string[] {
    const program = `
        const errors = require("./tools/cli/errors.ts");
        const { ProgramError } = require("./components/kafka/programError.ts");
        require("./tools/cli/main.ts").runMain({
            parse: (args) => args.includes("--help") ? { action: "help", text: "help\\n" } : { action: "go" },
            run: async () => { ${run} },
            exits: [[RangeError, 7]],
        });`;
    return ["--require", "./load.cjs", "--eval", program, "--", "command"];
}

function outcomeOf(run: string, args: readonly string[] = []) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...commandArgs(run), ...args], {
        cwd: REPOSITORY,
        encoding: "utf8",
    });
    return { status, stdout, stderr };
}

const MEGABYTE = 'process.stdout.write("x".repeat(1_000_000) + "\\n");';

describe("runMain", () => {
    it("prints the help and exits with 0", () => {
        assert.deepEqual(outcomeOf("", ["--help"]), { status: 0, stdout: "help\n", stderr: "" });
    });

    it("exits with what the command returns, when everything is printed", () => {
        const { status, stdout } = outcomeOf(`${MEGABYTE} return 3;`);
        assert.deepEqual([status, stdout.length], [3, 1_000_001]);
    });

    it("does not wait for what is still open", () => {
        assert.equal(outcomeOf("setInterval(() => undefined, 1000); return 0;").status, 0);
    });

    for (const [what, run, status, stderr] of [
        ["a failure", 'throw new Error("first\\nsecond");', 1, "error: first\n"],
        [
            "wrong usage",
            'throw new errors.UsageError("no file", "give one");',
            2,
            "error: no file. Next: give one\n",
        ],
        [
            "a wrong configuration, with all of its lines",
            'throw new ProgramError("2 problems:\\n  a\\n  b");',
            2,
            "error: 2 problems:\n  a\n  b\n",
        ],
        ["an error of the command's own", 'throw new RangeError("odd");', 7, "error: odd\n"],
        [
            "an error that nobody waits for",
            'setImmediate(() => { throw new Error("odd answer"); }); await new Promise(() => setInterval(() => undefined, 1000));',
            1,
            "error: odd answer\n",
        ],
    ] as const) {
        it(`prints ${what}, without a stack trace`, () => {
            assert.deepEqual(outcomeOf(run), { status, stdout: "", stderr });
        });
    }

    it("fails where its output can't be written", () => {
        const full = openSync("/dev/full", "w");
        const { status, stderr } = spawnSync(
            process.execPath,
            commandArgs(`${MEGABYTE} return 0;`),
            { cwd: REPOSITORY, encoding: "utf8", stdio: ["ignore", full, "pipe"] },
        );
        closeSync(full);
        assert.equal(status, 1);
        assert.match(stderr, /^error: cannot write to standard output: .*no space left.*\n$/i);
    });

    it("ends quietly when nobody reads on", async () => {
        const child = spawn(
            process.execPath,
            commandArgs(
                `for (let i = 0; i < 50; i++) { ${MEGABYTE} await new Promise(setImmediate); } return 0;`,
            ),
            { cwd: REPOSITORY, stdio: ["ignore", "pipe", "pipe"] },
        );
        let stderr = "";
        child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
        child.stdout.once("data", () => child.stdout.destroy());
        const status = await new Promise((resolve) => child.on("close", resolve));
        assert.deepEqual([status, stderr], [0, ""]);
    });
});
