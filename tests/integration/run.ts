import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { TestReport } from "../support/reporter";
import { TURNS } from "./lanes";
import { REPOSITORY } from "../../tools/cli/repository";

const MOCHA = join(REPOSITORY, "node_modules", "mocha", "bin", "mocha.js");
const CONFIG = join(REPOSITORY, ".mocharc.integration.json");

/**
 * Runs mocha on some suites.
 *
 * @param mark Put before each line that it prints.
 * @returns Its exit code.
 */
function mocha(args: readonly string[], report: string | undefined, mark: string): Promise<number> {
    const env = { ...process.env, ...(report !== undefined && { KAFKA_EKS_TEST_REPORT: report }) };
    const child = spawn(process.execPath, [MOCHA, "--config", CONFIG, ...args], {
        cwd: REPOSITORY,
        env,
        stdio: ["ignore", "pipe", "pipe"],
    });
    for (const [from, to] of [
        [child.stdout, process.stdout],
        [child.stderr, process.stderr],
    ] as const) {
        createInterface({ input: from }).on("line", (line) => to.write(`${mark}${line}\n`));
    }
    return new Promise((resolve) => child.on("close", (code) => resolve(code ?? 1)));
}

/** Runs all suites in their turns, and writes one report of them. */
async function runAll(): Promise<number> {
    const directory = mkdtempSync(join(tmpdir(), "kafka-eks-lanes-"));
    const reports: string[] = [];
    let failures = 0;
    for (const [number, turn] of TURNS.entries()) {
        const lanes = turn.map((suites, lane) => {
            const report = join(directory, `${number}-${lane}.json`);
            reports.push(report);
            const files = suites.map((name) => join(__dirname, `${name}.spec.ts`));
            return mocha(files, report, turn.length > 1 ? `${lane + 1}| ` : "");
        });
        failures += (await Promise.all(lanes)).filter((code) => code !== 0).length;
    }
    const file = process.env["KAFKA_EKS_TEST_REPORT"];
    if (file) {
        writeFileSync(file, JSON.stringify(merged(reports)));
    }
    rmSync(directory, { recursive: true });
    return failures;
}

/** One report of several. A lane that died has left none, and counts as a failure. */
function merged(files: readonly string[]): TestReport {
    const reports = files.map((file): TestReport => {
        try {
            return JSON.parse(readFileSync(file, "utf8")) as TestReport;
        } catch {
            return { passed: 0, failed: 1, skipped: 0, tests: [] };
        }
    });
    const sum = (of: (report: TestReport) => number) =>
        reports.reduce((total, report) => total + of(report), 0);
    return {
        passed: sum(({ passed }) => passed),
        failed: sum(({ failed }) => failed),
        skipped: sum(({ skipped }) => skipped),
        tests: reports.flatMap(({ tests }) => tests),
    };
}

const args = process.argv.slice(2);
const outcome = args.length > 0 ? mocha(args, undefined, "") : runAll();
void outcome.then((failures) => {
    process.exitCode = failures > 0 ? 1 : 0;
});
