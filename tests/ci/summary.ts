import { drawTable } from "../../tools/cli/table";
import type { Entry, TestReport } from "../support/reporter";
import { busyShare, type Moment } from "./moment";

/** One step of `.ci/run`. */
export interface Step {
    readonly name: string;
    /** Its exit code. */
    readonly code: number;
    readonly start: Moment;
    readonly end: Moment;
    /** Of a step that runs mocha: what it reported, or nothing if it died. Other steps count as one test. */
    readonly report?: TestReport | "none";
}

interface Counts {
    readonly passed: number;
    readonly failed: number;
    readonly skipped: number;
}

const SLOWEST = 20;

/** Characters of each failure's reason: the log before it may be cut off where it is read. */
const LONGEST_REASON = 800;

/** How many tests of a step passed, failed and were skipped. */
export function countsOf({ code, report }: Step): Counts {
    if (report === undefined || report === "none") {
        const passed = code === 0 && report === undefined;
        return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
    }
    const { passed, failed, skipped } = report;
    // Something failed that is no test.
    return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, skipped };
}

/** How many tests of all steps passed, failed and were skipped. */
export function totalOf(steps: readonly Step[]): Counts {
    const counts = steps.map(countsOf);
    const sum = (of: keyof Counts) => counts.reduce((total, each) => total + each[of], 0);
    return { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") };
}

/** What `.ci/run` says at its end. */
export function summaryText(
    steps: readonly Step[],
    processors: number,
    load: readonly number[],
): string {
    return [
        stepsTable(steps, processors),
        `load average: ${load.map((each) => each.toFixed(2)).join(" ")}`,
        "",
        "slowest tests and hooks:",
        ...slowest(steps),
        "",
        ...failures(steps),
        countsText(totalOf(steps)),
    ].join("\n");
}

function stepsTable(steps: readonly Step[], processors: number): string {
    const row = (name: string, start: Moment, end: Moment, result: string) => [
        name,
        ((end.seconds - start.seconds) / 60).toFixed(1),
        `busy ${Math.round(100 * busyShare(start, end))}% of ${processors} cores`,
        result,
    ];
    const [first, last] = [steps.at(0), steps.at(-1)];
    return drawTable({
        head: ["step", "minutes", "processors", "result"],
        align: ["left", "right", "left", "left"],
        rows: [
            ...steps.map((step) => row(step.name, step.start, step.end, resultOf(step))),
            ...(first && last ? [row("all", first.start, last.end, "")] : []),
        ],
    });
}

function resultOf(step: Step): string {
    if (step.report === "none") {
        return "died without a report";
    }
    return step.report ? countsText(countsOf(step)) : step.code === 0 ? "passed" : "failed";
}

function countsText({ passed, failed, skipped }: Counts): string {
    return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** Each failed test and hook with the end of its reason, and an empty line after them. */
function failures(steps: readonly Step[]): string[] {
    const failed = testsOf(steps).filter(({ state }) => state === "failed");
    if (failed.length === 0) {
        return [];
    }
    const lines = failed.flatMap(({ file, title, reason = "" }) => [
        `    ${file}: ${title}`,
        ...reason
            .slice(-LONGEST_REASON)
            .split("\n")
            .map((line) => `      | ${line}`),
    ]);
    return ["failed tests and hooks:", ...lines, ""];
}

function testsOf(steps: readonly Step[]): Entry[] {
    return steps.flatMap(({ report }) => (report && report !== "none" ? report.tests : []));
}

function slowest(steps: readonly Step[]): string[] {
    return testsOf(steps)
        .sort((one, other) => other.ms - one.ms)
        .slice(0, SLOWEST)
        .map(({ ms, file, title }) => `${(ms / 1000).toFixed(1).padStart(8)} s  ${file}: ${title}`);
}
