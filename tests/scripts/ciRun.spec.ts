import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { REPOSITORY } from "../../tools/cli/repository";

const REPORT = JSON.stringify({ passed: 10, failed: 0, skipped: 1, tests: [] });

describe(".ci/run", function () {
    // A process for each step, and one of tsx.
    this.timeout(30_000);

    let directory: string;
    before(function () {
        if (process.platform !== "linux") {
            this.skip();
        }
    });
    beforeEach(() => {
        directory = mkdtempSync(join(tmpdir(), "run-"));
    });
    afterEach(() => rmSync(directory, { recursive: true, force: true }));

    /** Runs it with a stand-in for npm, which gets each step's arguments. */
    function run(npm: string) {
        const calls = join(directory, "calls");
        const text = `#!/usr/bin/env bash\necho "$*" >>${calls}\n${npm}\n`;
        writeFileSync(join(directory, "npm"), text, { mode: 0o755 });
        const { status, stdout, stderr } = spawnSync(join(REPOSITORY, ".ci/run"), {
            encoding: "utf8",
            stdio: ["ignore", "pipe", "pipe"],
            env: {
                ...process.env,
                PATH: `${directory}:${dirname(process.execPath)}:${process.env["PATH"]}`,
                TMPDIR: directory,
                KAFKA_EKS_TEST_REPORT: undefined,
            },
        });
        return {
            status,
            stderr,
            last: stdout.trimEnd().split("\n").at(-1),
            steps: [...stdout.matchAll(/^│ (\S+) .* │ (.*?) +│$/gm)]
                .slice(1)
                .map(([, ...each]) => each),
            calls: readFileSync(calls, "utf8").trimEnd().split("\n"),
        };
    }

    it("ends with what passed, and leaves nothing behind", () => {
        const { status, stderr, last, steps, calls } = run(
            `[[ -z \${KAFKA_EKS_TEST_REPORT:-} ]] || echo '${REPORT}' >"$KAFKA_EKS_TEST_REPORT"`,
        );
        assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
        const ofMocha = calls.filter((each) => /^(run )?test/.test(each));
        const others = calls.length - ofMocha.length;
        assert.equal(
            last,
            `${others + 10 * ofMocha.length} passed, 0 failed, ${ofMocha.length} skipped`,
        );
        const results = steps.map(([, result]) => result);
        assert.equal(results.filter((each) => each === "passed").length, others);
        assert.equal(
            results.filter((each) => each === "10 passed, 0 failed, 1 skipped").length,
            ofMocha.length,
        );
        // One of each of mocha's configurations.
        const configurations = readdirSync(REPOSITORY).filter((each) =>
            each.startsWith(".mocharc"),
        );
        assert.equal(ofMocha.length, configurations.length);
        // Others' caches may stay.
        const notes = readdirSync(directory).filter((each) => each.startsWith("tmp."));
        assert.deepEqual(notes, []);
    });

    it("goes on after what fails or dies, and fails", () => {
        // The unit tests end well, but without a report.
        const { status, last, calls } = run(
            `[[ $* == ci || $* == test || $* == "run lab -- up" ]]`,
        );
        assert.equal(status, 1);
        assert.equal(last, `2 passed, ${calls.length - 2} failed, 0 skipped`);
        assert.equal(calls.at(-1), "run lab -- down --yes");
    });

    it("ends where there are no packages", () => {
        const { status, last, calls } = run("exit 3");
        assert.deepEqual(
            { status, last, calls },
            {
                status: 1,
                last: "0 passed, 1 failed, 0 skipped",
                calls: ["ci"],
            },
        );
    });
});
