import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestReport } from "../support/reporter";
import { parseMoment } from "./moment";
import type { Step } from "./summary";

/**
 * Reads the notes of `.ci/run`: a line for each step, with its name, its exit code and two moments between tabs, and a file for
 * each step that runs mocha, which stays empty where that dies.
 */
export function readSteps(directory: string): Step[] {
    const lines = readFileSync(join(directory, "steps"), "utf8").split("\n").filter(Boolean);
    return lines.map((line) => {
        const [name = "", code, start = "", end = ""] = line.split("\t");
        return {
            name,
            code: Number(code),
            start: parseMoment(start),
            end: parseMoment(end),
            report: readReport(join(directory, `${name}.json`)),
        };
    });
}

function readReport(file: string): Step["report"] {
    if (!existsSync(file)) {
        return undefined;
    }
    const text = readFileSync(file, "utf8");
    return text === "" ? "none" : (JSON.parse(text) as TestReport);
}
