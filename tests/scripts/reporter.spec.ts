import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MAY_NOT_RUN } from "../mayNotRun";
import type { Entry, TestReport } from "../support/reporter";
import { REPOSITORY } from "../../tools/cli/repository";

const MOCHA = [
    join(REPOSITORY, "node_modules/mocha/bin/mocha.js"),
    ...["--no-config", "--require", "./load.cjs"],
];
const REPORTER = join(REPOSITORY, "tests/support/reporter.ts");
const SKIP_AFTER_FAILURE = join(REPOSITORY, "tests/support/skipAfterFailure.ts");
const LISTED = Object.keys(MAY_NOT_RUN)[0] ?? "";

/** Tests that fail in each of the ways that the reporter tells apart. */
const WITH_FAILURES = `
const { skipAfterFailure } = require(${JSON.stringify(SKIP_AFTER_FAILURE)});
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
describe("not listed", () => {
    it("runs", () => {});
    it("skips itself", function () { this.skip(); });
    it("is to be written");
    it.skip("is switched off", () => {});
});
describe("first", () => {
    skipAfterFailure();
    describe("inner", () => it("fails", () => { throw new Error("on purpose"); }));
    describe("another", () => it("is skipped", () => {}));
});
describe("second", () => it("skips itself", function () { this.skip(); }));
describe("suite", () => {
    before(() => wait(60));
    it("is slow", () => wait(40));
    after(async () => { await wait(20); throw new Error("on purpose"); });
});
`;

describe("reporter of the tests", function () {
    // Another mocha, with its start.
    this.timeout(30_000);

    let directory: string;
    before(() => {
        directory = mkdtempSync(join(tmpdir(), "reporter-"));
    });
    after(() => rmSync(directory, { recursive: true }));

    /** Runs another mocha with the reporter over one file of tests. */
    function run(text: string, ...args: readonly string[]) {
        const [spec, file] = [join(directory, "scratch.spec.js"), join(directory, "report.json")];
        writeFileSync(spec, text);
        rmSync(file, { force: true });
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

            // One run for all of these: each is a mocha and its workers.
            describe("with failures", () => {
                let outcome: ReturnType<typeof run>;
                before(() => (outcome = run(WITH_FAILURES, ...args)));

                const statesOf = (...suites: readonly string[]) =>
                    outcome.tests
                        .filter(({ title }) => suites.some((suite) => title.startsWith(suite)))
                        .map(({ title, state }) => [title, state]);

                it("fails what is skipped and not listed", () =>
                    assert.deepEqual(statesOf("not listed"), [
                        ["not listed runs", "passed"],
                        ["not listed skips itself", "failed"],
                        ["not listed is to be written", "failed"],
                        ["not listed is switched off", "failed"],
                    ]));

                it("lets be skipped what follows a failure in its suite, but not in other suites", () =>
                    assert.deepEqual(
                        statesOf("first", "second").filter(([, state]) => state !== "hook"),
                        [
                            ["first inner fails", "failed"],
                            ["first another is skipped", "skipped"],
                            ["second skips itself", "failed"],
                        ],
                    ));

                it("names what is skipped and neither listed nor after a failure, and nothing else", () =>
                    assert.deepEqual(
                        outcome.stderr.trimEnd().split("\n"),
                        [
                            "not listed skips itself",
                            "not listed is to be written",
                            "not listed is switched off",
                            "second skips itself",
                        ].map((it) => `Skipped, but not listed in tests/mayNotRun.ts: "${it}"`),
                    ));

                it("reports why each failed", () =>
                    assert.deepEqual(
                        outcome.tests.flatMap(({ reason }) => reason ?? []),
                        [
                            ...Array<string>(3).fill(
                                "skipped, but not listed in tests/mayNotRun.ts",
                            ),
                            "on purpose",
                            "skipped, but not listed in tests/mayNotRun.ts",
                            "on purpose",
                        ],
                    ));

                it("counts, and exits with the number of failures", () =>
                    assert.deepEqual([outcome.status, outcome.counts], [6, [2, 6, 1]]));

                it("reports how long tests and hooks took", () => {
                    const tests = outcome.tests.filter(({ title }) => title.startsWith("suite"));
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
