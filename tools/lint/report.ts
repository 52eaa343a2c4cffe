import { drawTable } from "../cli/table";
import { isClean, type Verdict } from "./judge";

/** For a person: what was scored, what is accepted, and what is left to do. */
export function renderText(verdict: Verdict): string {
    const { stacks, accepted, open, stale } = verdict;
    const parts = [
        table(
            ["stack", "objects", "of a kind that is scored", "findings"],
            stacks.map((each) => [each.stack, each.objects, each.scored, each.findings]),
        ),
        table(
            ["accepted, for the reasons in tools/lint/accepted.ts", "check", "findings"],
            accepted.map(({ says, check, times }) => [says, check, times]),
        ),
        ...(open.length > 0
            ? [
                  table(
                      ["not accepted", "object", "stack", "check", "severity"],
                      open.map((each) => [
                          each.says,
                          each.object,
                          each.stack,
                          each.check,
                          each.severity,
                      ]),
                  ),
              ]
            : []),
        ...(stale.length > 0
            ? [
                  table(
                      ["accepted and no longer found", "object", "check"],
                      stale.map(({ says, object, check }) => [says, object, check]),
                  ),
              ]
            : []),
        isClean(verdict)
            ? "Every finding is accepted, and everything that is accepted was found."
            : `${open.length} findings are not accepted, and ${stale.length} that are accepted were not found: ` +
              "change the objects or tools/lint/accepted.ts.",
    ];
    return `${parts.join("\n\n")}\n`;
}

/** For programs: one JSON document on one line. */
export function renderJson(verdict: Verdict): string {
    return `${JSON.stringify({ ok: isClean(verdict), ...verdict })}\n`;
}

function table(head: string[], rows: readonly (string | number)[][]): string {
    return drawTable({ head, rows });
}
