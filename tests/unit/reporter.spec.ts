import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MAY_NOT_RUN } from "../mayNotRun";
import type { Entry, TestReport } from "../support/reporter";

const REPOSITORY = join(__dirname, "../..");
const MOCHA = [
    join(REPOSITORY, "node_modules/mocha/bin/mocha.js"),
    ...["--no-config", "--require", "./load.cjs"],
];
const REPORTER = join(REPOSITORY, "tests/support/reporter.ts");
const SKIP_AFTER_FAILURE = join(REPOSITORY, "tests/support/skipAfterFailure.ts");
const LISTED = Object.keys(MAY_NOT_RUN)[0] ?? "";

describe("reporter of the tests", function () {
    // Another mocha, with its start.
    this.timeout(30_000);

    let directory: string;
    beforeEach(() => {
        directory = mkdtempSync(join(tmpdir(), "reporter-"));
    });
    afterEach(() => rmSync(directory, { recursive: true }));

    /** Runs another mocha with the reporter over one file of tests. */
    function run(text: string, ...args: readonly string[]) {
        const [spec, file] = [join(directory, "scratch.spec.js"), join(directory, "report.json")];
        writeFileSync(spec, text);
        const { status, stdout, stderr } = spawnSync(
            process.execPath,
            [...MOCHA, "--reporter", REPORTER, ...args, spec],
            {
                cwd: REPOSITORY,
                encoding: "utf8",
                env: { ...process.env, KAFKA_EKS_TEST_REPORT: file },
            },
        );
        const report = existsSync(file)
            ? (JSON.parse(readFileSync(file, "utf8")) as TestReport)
            : undefined;
        const counts = report && [report.passed, report.failed, report.skipped];
        return { status, stdout, stderr, counts, tests: report?.tests ?? [] };
    }

    for (const args of [[], ["--parallel", "--jobs", "2"]]) {
        describe(["mocha", ...args].join(" "), () => {
            it("passes what is skipped and listed, and says why", () => {
                const { status, stdout, stderr, counts } = run(
                    `describe(${JSON.stringify(LISTED)}, () => {
                        before(function () { this.skip(); });
                        it("is one", () => {});
                        describe("inner", () => it("is another", () => {}));
                    });`,
                    ...args,
                );
                assert.deepEqual(
                    { status, stderr, counts },
                    { status: 0, stderr: "", counts: [0, 0, 2] },
                );
                const said = stdout.split("\n").filter((line) => line.includes("Not run"));
                assert.deepEqual(said, [
                    `Not run on this machine: "${LISTED}" ${MAY_NOT_RUN[LISTED]}`,
                ]);
            });

            it("fails what is skipped and not listed, and names it", () => {
                const { status, stderr, counts } = run(
                    `describe("not listed", () => {
                        it("runs", () => {});
                        it("skips itself", function () { this.skip(); });
                        it("is to be written");
                        it.skip("is switched off", () => {});
                    });`,
                    ...args,
                );
                assert.deepEqual([status, counts], [3, [1, 3, 0]]);
                assert.deepEqual(stderr.trimEnd().split("\n"), [
                    `Skipped, but not listed in tests/mayNotRun.ts: "not listed skips itself"`,
                    `Skipped, but not listed in tests/mayNotRun.ts: "not listed is to be written"`,
                    `Skipped, but not listed in tests/mayNotRun.ts: "not listed is switched off"`,
                ]);
            });

            it("says nothing of what is skipped after a failure in its suite, but of other suites", () => {
                const { status, stderr, counts } = run(
                    `const { skipAfterFailure } = require(${JSON.stringify(SKIP_AFTER_FAILURE)});
                    describe("first", () => {
                        skipAfterFailure();
                        describe("inner", () => it("fails", () => { throw new Error("on purpose"); }));
                        describe("another", () => it("is skipped", () => {}));
                    });
                    describe("second", () => it("skips itself", function () { this.skip(); }));`,
                    ...args,
                );
                assert.deepEqual([status, counts], [2, [0, 2, 1]]);
                assert.equal(
                    stderr,
                    `Skipped, but not listed in tests/mayNotRun.ts: "second skips itself"\n`,
                );
            });

            it("reports how long tests and hooks took", () => {
                const { tests } = run(
                    `const wait = (ms) => new Promise((done) => setTimeout(done, ms));
                    describe("suite", () => {
                        before(() => wait(60));
                        it("is slow", () => wait(40));
                        after(async () => { await wait(20); throw new Error("on purpose"); });
                    });`,
                    ...args,
                );
                // What hooks are for is named or not, by whether another process reports.
                const seen = tests.map(({ title, state }) => [
                    title.replace(/(?<=hook) .*/, ""),
                    state,
                ]);
                assert.deepEqual(seen, [
                    ['suite "before all" hook', "hook"],
                    ["suite is slow", "passed"],
                    ['suite "after all" hook', "failed"],
                ]);
                [60, 40, 20].forEach((least, index) => {
                    const { ms, file } = tests[index] as Entry;
                    // A timer may end a bit early.
                    assert.ok(ms >= least - 2 && ms < 10_000, `${ms}`);
                    assert.equal(join(REPOSITORY, file), join(directory, "scratch.spec.js"));
                });
            });
        });
    }

    it("reports nothing of a run that dies", () => {
        const { status, counts } = run(`it("dies", () => process.exit(0));`);
        assert.deepEqual({ status, counts }, { status: 0, counts: undefined });
    });

    it("is that of all tests", () => {
        for (const suffix of ["", ".integration", ".policies", ".scripts"]) {
            const text = readFileSync(join(REPOSITORY, `.mocharc${suffix}.json`), "utf8");
            const { reporter } = JSON.parse(text) as { reporter?: string };
            assert.equal(join(REPOSITORY, reporter ?? ""), REPORTER, suffix);
        }
    });
});
