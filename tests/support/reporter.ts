import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import { type Hook, type MochaOptions, reporters, Runner, type Test } from "mocha";
import { MAY_NOT_RUN } from "../mayNotRun";

/** Characters of a failure that are shown at once; Pulumi's log ends with its errors. */
const LONGEST_REASON = 3_000;

/** One test or hook of a run. */
export interface Entry {
    readonly title: string;
    readonly file: string;
    readonly ms: number;
    /** `hook` is one that did not fail; it counts as no test. */
    readonly state: "passed" | "failed" | "skipped" | "hook";
    /** Of a failed one: the end of its error's message. */
    readonly reason?: string;
}

/** What the file named by `KAFKA_EKS_TEST_REPORT` says of a run. */
export interface TestReport {
    readonly passed: number;
    readonly failed: number;
    readonly skipped: number;
    readonly tests: readonly Entry[];
}

/**
 * Mocha's own reporter, which also fails the run for each test that is skipped without being listed, and writes a report
 * that a program can read. A run that dies leaves none.
 */
export default class Reporter extends reporters.Spec {
    private readonly entries: Entry[] = [];
    /** Outermost suites with a failed test: what is skipped in them after it needs no reason of its own. */
    private readonly failedSuites = new Set<string>();
    private readonly unlisted: string[] = [];
    /** The entries of the list that this machine is one for. */
    private readonly listed = new Set<string>();

    constructor(runner: Runner, options?: MochaOptions) {
        super(runner, options);
        const { constants } = Runner;
        runner.on(constants.EVENT_TEST_PASS, (test) => this.add(test, "passed"));
        runner.on(constants.EVENT_HOOK_END, (hook) => this.add(hook, "hook"));
        runner.on(constants.EVENT_TEST_FAIL, (test, error: Error) => {
            // Mocha says why at its end, which may be half an hour away or never come.
            const reason = error.message.slice(-LONGEST_REASON);
            console.log(reason.replace(/^/gm, "      | "));
            this.failedSuites.add(suiteOf(test));
            this.add(test, "failed", reason);
        });
        runner.on(constants.EVENT_TEST_PENDING, (test) => this.skip(test));
    }

    /** Mocha's last call, with the number of failures that becomes the exit code. */
    override done(failures: number, exit: (failures: number) => void = () => {}): void {
        for (const prefix of this.listed) {
            console.log(`Not run on this machine: "${prefix}" ${MAY_NOT_RUN[prefix]}`);
        }
        for (const title of this.unlisted) {
            console.error(`Skipped, but not listed in tests/mayNotRun.ts: "${title}"`);
        }
        const file = process.env["KAFKA_EKS_TEST_REPORT"];
        if (file) {
            const report: TestReport = {
                passed: this.count("passed"),
                failed: this.count("failed"),
                skipped: this.count("skipped"),
                tests: this.entries,
            };
            writeFileSync(file, JSON.stringify(report));
        }
        exit(failures + this.unlisted.length);
    }

    private skip(test: Test): void {
        const title = test.fullTitle();
        const prefix = Object.keys(MAY_NOT_RUN).find((each) => title.startsWith(each));
        if (prefix !== undefined) {
            this.listed.add(prefix);
        } else if (!this.failedSuites.has(suiteOf(test))) {
            this.unlisted.push(title);
            return this.add(test, "failed", "skipped, but not listed in tests/mayNotRun.ts");
        }
        this.add(test, "skipped");
    }

    private add(what: Test | Hook, state: Entry["state"], reason?: string): void {
        this.entries.push({
            title: what.fullTitle(),
            file: fileOf(what),
            ms: what.duration ?? 0,
            state,
            ...(reason !== undefined && { reason }),
        });
    }

    private count(state: Entry["state"]): number {
        return this.entries.filter((each) => each.state === state).length;
    }
}

/** Root hooks are of no file. */
function fileOf({ file }: Test | Hook): string {
    return file === undefined ? "" : relative(process.cwd(), file);
}

function suiteOf(what: Test | Hook): string {
    return `${what.file}: ${what.titlePath()[0]}`;
}
