import Table from "cli-table3";
import { type Figure, isMet, type Measurement, ratioOf, type Target } from "./measurements";

const HEAD = ["metric", "ours", "reference", "ratio", "target", "met"];

/** The measurements as a table for a terminal. */
export function renderTable(measurements: readonly Measurement[]): string {
    const table = new Table({ head: HEAD, style: { head: [], border: [] } });
    table.push(...measurements.map(rowOf));
    return table.toString();
}

/** The cells of one measurement: metric, ours, reference, ratio, target, met. */
export function rowOf(measurement: Measurement): string[] {
    const { metric, unit, ours, reference, target } = measurement;
    const ratio = ratioOf(measurement);
    const met = isMet(measurement);
    return [
        metric,
        figureText(ours, unit),
        reference === undefined ? "" : figureText(reference, unit),
        ratio === undefined ? "" : ratio.toFixed(2),
        target === undefined ? "" : targetText(target, unit),
        met === undefined ? "" : met ? "yes" : "no",
    ];
}

function figureText({ value, samples }: Figure, unit: Measurement["unit"]): string {
    const text = (number: number) => number.toFixed(unit === "messages" ? 0 : 2);
    const [low, high] = [Math.min(...samples), Math.max(...samples)].map(text);
    return `${text(value)} ${unit}${low === high ? "" : ` (${low}–${high})`}`;
}

function targetText({ of, is, limit }: Target, unit: Measurement["unit"]): string {
    return `${is === "at most" ? "≤" : "≥"} ${limit}${of === "ratio" ? " ×" : ` ${unit}`}`;
}
