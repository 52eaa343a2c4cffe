import { styleText } from "node:util";
import { drawTable } from "../cli/table";
import type { Finding, Outcome } from "./finding";

/** How a report is printed. */
export interface RenderOptions {
    readonly colors: boolean;
    /**
     * Width of the terminal in characters.
     *
     * @default 140
     */
    readonly width?: number;
}

type Format = "green" | "red" | "yellow";

const DEFAULT_WIDTH = 140;
const OUTCOME_WIDTH = 11;
const LEAST_FOUND_WIDTH = 30;
/** Borders and padding of a table with four columns. */
const FRAME = 5;

const SHOWN: Readonly<Record<Outcome, readonly [Format, string]>> = {
    ok: ["green", "ok"],
    warning: ["yellow", "warning"],
    unknown: ["yellow", "not known"],
    fails: ["red", "FAILS"],
};

/** Findings as one table, and below it what to do about each that is not fine. */
export function renderReport(
    findings: readonly Finding[],
    { colors, width = DEFAULT_WIDTH }: RenderOptions,
): string {
    const paint = (format: Format, text: string) =>
        colors ? styleText(format, text, { validateStream: false }) : text;
    const widest = (texts: readonly string[]) => Math.max(...texts.map(({ length }) => length)) + 2;
    const areas = widest(["area", ...findings.map(({ area }) => area)]);
    const keys = widest(["check", ...findings.map(({ key }) => key)]);
    const room = width - areas - keys - OUTCOME_WIDTH - FRAME;
    const longest = widest(["found", ...findings.map(({ found }) => found)]);
    const table = drawTable({
        head: ["area", "check", "status", "found"],
        widths: [areas, keys, OUTCOME_WIDTH, Math.max(Math.min(longest, room), LEAST_FOUND_WIDTH)],
        rows: findings.map(({ area, key, outcome, found }, index) => [
            findings[index - 1]?.area === area ? "" : area,
            key,
            paint(...SHOWN[outcome]),
            found,
        ]),
    });
    const next = findings.flatMap((finding) =>
        finding.next === undefined ? [] : [`  next for ${finding.key}: ${finding.next}`],
    );
    return `${[[table, ...new Set(next)].join("\n"), verdict(findings, paint)].join("\n\n")}\n`;
}

function verdict(
    findings: readonly Finding[],
    paint: (format: Format, text: string) => string,
): string {
    const number = (outcome: Outcome) =>
        findings.filter((finding) => finding.outcome === outcome).length;
    const failed = number("fails");
    const rest = (["warning", "unknown"] as const)
        .filter((outcome) => number(outcome) > 0)
        .map(
            (outcome) =>
                `, ${number(outcome)} ${outcome === "warning" ? "to look at" : "not known"}`,
        )
        .join("");
    return failed > 0
        ? paint(
              "red",
              `the cluster can't take this stack: ${failed} of ${findings.length} checks fail${rest}`,
          )
        : paint("green", `the cluster can take this stack: ${number("ok")} checks are fine${rest}`);
}
