import { styleText } from "node:util";
import { drawTable } from "../cli/table";
import type { Assessment } from "./assess";
import { escapeMarkdown, fenced, shorten } from "./markdown";
import { type Change, resourceName } from "./preview";
import { FAILING, type FailingSeverity } from "./severity";
import {
    classOf,
    countNotJudged,
    failureOf,
    judgedClass,
    judgedOf,
    mergeNumbered,
    type Row,
    SECONDS_PER_POD,
    verdictOf,
} from "./verdict";

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

const HEAD = ["what changes", "from → to", "what happens", "class"];

const DEFAULT_WIDTH = 140;
/** Borders of a table with four columns. */
const FRAME = 5;
const CLASS_WIDTH = 18;
/** How the other three columns share the rest. */
const SHARES = [0.28, 0.3, 0.42];
const LEAST_WIDTH = 16;

/** How much of a comment errors may take, so that room is left for what is judged. */
const ERRORS_LIMIT = 20_000;

/** For a terminal: the verdict, then a table with a line for each finding. Where the preview failed, its errors come first. */
export function renderText(assessment: Assessment, { colors, width }: RenderOptions): string {
    const paint = (severity: Row["severity"], text: string) =>
        colors ? styleText(colorOf(severity), text, { validateStream: false }) : text;
    const failure = failureOf(assessment);
    const errors =
        failure === undefined
            ? ""
            : `${[paint("cluster-stops", failure), ...assessment.errors].join("\n\n")}\n\n`;
    const verdict = `${errors}${paint(judgedClass(assessment), judgedOf(assessment))}`;
    const rows = mergeNumbered(assessment.findings);
    if (rows.length === 0) {
        return `${verdict}\n`;
    }
    const room = (width ?? DEFAULT_WIDTH) - FRAME - CLASS_WIDTH;
    const table = drawTable({
        head: HEAD,
        widths: [
            ...SHARES.map((share) => Math.max(Math.floor(room * share), LEAST_WIDTH)),
            CLASS_WIDTH,
        ],
        rows: rows.map((row) => [
            row.subject,
            fromTo(row),
            row.what,
            paint(row.severity, row.severity),
        ]),
    });
    return `${verdict}\n\n${table}\n`;
}

/** For a comment at a pull request: the same, with the list of objects folded. */
export function renderMarkdown(assessment: Assessment): string {
    const failure = failureOf(assessment);
    const errors =
        failure === undefined
            ? []
            : [
                  `**The ${failure}**`,
                  "",
                  ...fenced(shorten(assessment.errors.join("\n\n"), ERRORS_LIMIT)),
                  "",
              ];
    const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
    const rows = mergeNumbered(assessment.findings);
    const table =
        rows.length === 0
            ? []
            : [
                  "",
                  line(HEAD),
                  line(HEAD.map(() => "---")),
                  ...rows.map((row) =>
                      line([row.subject, fromTo(row), row.what, row.severity].map(escapeMarkdown)),
                  ),
              ];
    const objects =
        assessment.changes.length === 0
            ? []
            : [
                  "",
                  `<details><summary>Objects that change: ${assessment.changes.length}</summary>`,
                  "",
                  ...assessment.changes.map(
                      ({ op, type, urn }) => `- ${op} \`${type}\` \`${resourceName(urn)}\``,
                  ),
                  "",
                  "</details>",
              ];
    const verdict = `**Kafka: ${escapeMarkdown(judgedOf(assessment))}**`;
    return [...errors, verdict, ...table, ...objects, ""].join("\n");
}

/** For programs: one JSON document on one line. */
export function renderJson(assessment: Assessment): string {
    const { findings, restarts, changes, errors } = assessment;
    return `${JSON.stringify({
        class: classOf(assessment),
        verdict: verdictOf(assessment),
        errors,
        notJudged: countNotJudged(assessment),
        restarts: restarts.map(({ of, count, by }) => ({
            of,
            // Not every preview says how many.
            ...(count !== undefined && {
                count,
                seconds: {
                    least: count * SECONDS_PER_POD.least,
                    most: count * SECONDS_PER_POD.most,
                },
            }),
            by,
        })),
        findings: findings.map(({ urn, subject, from, to, what, severity: own }) => ({
            subject,
            from,
            to,
            what,
            class: own,
            urn,
        })),
        changes: changes.map(({ op, type, urn }) => ({ op, type, urn })),
    })}\n`;
}

/** The resources that go, or are replaced, although nobody knows what they are to Kafka. */
export function unknownRemovals({ changes, findings }: Assessment): readonly Change[] {
    const unknown = findings
        .filter(({ severity }) => severity === "not judged")
        .map(({ urn }) => urn);
    return changes.filter(
        ({ action, urn }) => (action === "delete" || action === "replace") && unknown.includes(urn),
    );
}

/** The classes that fail a check and are not allowed. */
export function failures(
    { findings }: Assessment,
    allowed: readonly FailingSeverity[],
): readonly FailingSeverity[] {
    return FAILING.filter(
        (failing) =>
            !allowed.includes(failing) && findings.some(({ severity }) => severity === failing),
    );
}

function fromTo({ from, to }: Row): string {
    return from === undefined && to === undefined ? "" : `${from ?? "-"} → ${to ?? "-"}`;
}

function colorOf(severity: Row["severity"]): "red" | "yellow" | "green" {
    switch (severity) {
        case "cluster-stops":
        case "data-may-be-lost":
        case "clients-cut-off":
        case "cluster-opens":
            return "red";
        case "rolling-restart":
        case "data-moves":
        case "not judged":
            return "yellow";
        case "nothing":
        case "dynamic":
            return "green";
    }
}
