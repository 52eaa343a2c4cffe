import { styleText } from "node:util";
import { drawTable } from "../cli/table";
import { AREAS, type Check, type HealthReport } from "./check";

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

type Format = "green" | "red" | "yellow" | "bold";

const DEFAULT_WIDTH = 140;
const STATUS_WIDTH = 10;
const LEAST_DETAIL_WIDTH = 30;
/** Borders and padding of a table with three columns. */
const FRAME = 4;

/** A report as tables, one for each area; each area's failures are followed by what to do next. */
export function renderReport({ healthy, checks }: HealthReport, options: RenderOptions): string {
    const paint = (format: Format, text: string) =>
        options.colors ? styleText(format, text, { validateStream: false }) : text;
    const sections = AREAS.map((area) => checks.filter((check) => check.area === area))
        .filter((found) => found.length > 0)
        .map((found) => renderArea(found, options.width, paint));
    const failed = checks.filter(({ ok }) => !ok).length;
    const skipped = checks.filter((check) => check.skipped).length;
    const verdict = healthy
        ? paint(
              "green",
              `healthy: ${checks.length - skipped} checks passed` +
                  (skipped > 0 ? `, ${skipped} not tried` : ""),
          )
        : paint("red", `not healthy: ${failed} of ${checks.length} checks failed`);
    return `${[...sections, verdict].join("\n\n")}\n`;
}

function renderArea(
    checks: readonly Check[],
    width: number | undefined,
    paint: (format: Format, text: string) => string,
): string {
    const nameWidth = Math.max(...checks.map(({ name }) => name.length), "check".length) + 2;
    const room = (width ?? DEFAULT_WIDTH) - nameWidth - STATUS_WIDTH - FRAME;
    const longest = Math.max(...checks.map(({ detail }) => detail.length)) + 2;
    const table = drawTable({
        head: ["check", "status", "found"],
        widths: [nameWidth, STATUS_WIDTH, Math.max(Math.min(longest, room), LEAST_DETAIL_WIDTH)],
        rows: checks.map((check) => [check.name, paint(...statusOf(check)), check.detail]),
    });
    const next = checks
        .filter(({ ok }) => !ok)
        .map((check) => `${check.name}: ${check.next ?? "no command is known"}`)
        .map((line) => `  next for ${line}`);
    return [paint("bold", checks[0]!.area), table, ...new Set(next)].join("\n");
}

function statusOf({ ok, skipped }: Check): [Format, string] {
    if (skipped) {
        return ["yellow", "skipped"];
    }
    return ok ? ["green", "ok"] : ["red", "FAILED"];
}
