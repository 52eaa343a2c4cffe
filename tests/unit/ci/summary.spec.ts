import assert from "node:assert/strict";
import { busyShare, parseMoment } from "../../ci/moment";
import { countsOf, type Step, summaryText, totalOf } from "../../ci/summary";
import type { Entry, TestReport } from "../../support/reporter";

/** A second has a hundred ticks of each of two processors. */
const moment = (seconds: number, busy: number) =>
    parseMoment(`${seconds} cpu  ${busy * 200} 0 0 ${(seconds - busy) * 200} 0 0 0 0 0 0`);

const report = (passed: number, failed: number, skipped: number, tests: readonly Entry[] = []) => ({
    passed,
    failed,
    skipped,
    tests,
});

function step(name: string, code: number, result?: TestReport | "none"): Step {
    return { name, code, start: moment(0, 0), end: moment(60, 30), report: result };
}

describe("summary of .ci/run", () => {
    it("counts a step as one test, and mocha's as it reports", () => {
        assert.deepEqual(countsOf(step("lint", 0)), { passed: 1, failed: 0, skipped: 0 });
        assert.deepEqual(countsOf(step("lint", 2)), { passed: 0, failed: 1, skipped: 0 });
        const unit = step("unit", 2, report(7, 2, 1));
        assert.deepEqual(countsOf(unit), { passed: 7, failed: 2, skipped: 1 });
        assert.deepEqual(totalOf([step("lint", 0), step("types", 1), unit]), {
            passed: 8,
            failed: 3,
            skipped: 1,
        });
    });

    it("counts a failure where mocha died, however it ended, and where it failed without a failing test", () => {
        const died = { passed: 0, failed: 1, skipped: 0 };
        assert.deepEqual(countsOf(step("unit", 0, "none")), died);
        assert.deepEqual(countsOf(step("unit", 137, "none")), died);
        const unit = step("unit", 1, report(7, 0, 1));
        assert.deepEqual(countsOf(unit), { passed: 7, failed: 1, skipped: 1 });
    });

    it("takes waiting for a disk as idle, and guests only once", () => {
        const start = parseMoment("1700000000.5 cpu  10 20 30 40 50 60 70 80 5 5");
        const end = parseMoment("1700000060.5 cpu  20 30 40 60 70 70 80 90 10 10");
        assert.equal(end.seconds - start.seconds, 60);
        // 60 ticks of work of 100.
        assert.equal(busyShare(start, end), 0.6);
        assert.equal(busyShare(start, start), 0);
        assert.throws(
            () => parseMoment("1700000000 cpu0 1 2 3 4 5 6 7 8"),
            /a line of \/proc\/stat/,
        );
        assert.throws(() => parseMoment("1700000000"), /a line of \/proc\/stat/);
    });

    it("says how long each step took, how busy it was, and what was slowest", () => {
        const tests = Array.from({ length: 30 }, (_, n) => ({
            title: `test ${n}`,
            file: "tests/a.spec.ts",
            ms: n * 1000,
            state: "passed" as const,
        }));
        const steps: Step[] = [
            { ...step("lint", 1), end: moment(90, 81) },
            {
                ...step("unit", 0, report(29, 0, 1, tests)),
                start: moment(90, 81),
                end: moment(600, 132),
            },
            { ...step("scripts", 1, "none"), start: moment(600, 132), end: moment(600, 132) },
        ];
        const lines = summaryText(steps, 2, [1.5, 0.25, 3]).split("\n");
        assert.deepEqual(lines.slice(0, 9), [
            "┌─────────┬─────────┬─────────────────────┬────────────────────────────────┐",
            "│ step    │ minutes │ processors          │ result                         │",
            "│ lint    │     1.5 │ busy 90% of 2 cores │ failed                         │",
            "│ unit    │     8.5 │ busy 10% of 2 cores │ 29 passed, 0 failed, 1 skipped │",
            "│ scripts │     0.0 │ busy 0% of 2 cores  │ died without a report          │",
            "│ all     │    10.0 │ busy 22% of 2 cores │                                │",
            "└─────────┴─────────┴─────────────────────┴────────────────────────────────┘",
            "load average: 1.50 0.25 3.00",
            "",
        ]);
        assert.equal(lines[9], "slowest tests and hooks:");
        assert.equal(lines[10], "    29.0 s  tests/a.spec.ts: test 29");
        assert.equal(lines[29], "    10.0 s  tests/a.spec.ts: test 10");
        assert.deepEqual(lines.slice(30), ["", "29 passed, 2 failed, 1 skipped"]);
    });

    it("repeats each failed test with the end of its reason, after all else", () => {
        const failed = { title: "broke", file: "tests/a.spec.ts", ms: 1, state: "failed" } as const;
        const tests: Entry[] = [
            { title: "ran", file: "tests/a.spec.ts", ms: 2, state: "passed" },
            { ...failed, reason: `${"x".repeat(900)}\nthe end` },
            { ...failed, file: "tests/b.spec.ts" },
        ];
        const text = summaryText([step("unit", 2, report(1, 2, 0, tests))], 2, [1, 1, 1]);
        assert.deepEqual(text.split("\n").slice(-8), [
            "failed tests and hooks:",
            "    tests/a.spec.ts: broke",
            `      | ${"x".repeat(792)}`,
            "      | the end",
            "    tests/b.spec.ts: broke",
            "      | ",
            "",
            "1 passed, 2 failed, 0 skipped",
        ]);
    });
});
