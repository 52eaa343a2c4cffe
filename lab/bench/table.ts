import { type Figure, isMet, type Measurement, type Target } from "./measurements";

/** What {@link rowOf} makes. */
export const HEAD = ["metric", "ours", "reference", "ratio", "target", "met"];

/** The cells of one measurement: metric, ours, reference, ratio, target, met. */
export function rowOf(measurement: Measurement): string[] {
    const { metric, unit, ours, reference, ratio, target } = measurement;
    const met = isMet(measurement);
    return [
        metric,
        figureText(ours, unit),
        reference === undefined ? "" : figureText(reference, unit),
        ratio === undefined ? "" : figureText(ratio, ""),
        target === undefined ? "" : targetText(target, unit),
        met === undefined ? "" : met ? "yes" : "no",
    ];
}

/** A figure with the range of its samples. */
export function figureText({ value, samples }: Figure, unit: Measurement["unit"] | ""): string {
    const text = (number: number) => number.toFixed(unit === "messages" ? 0 : 2);
    const [low, high] = [Math.min(...samples), Math.max(...samples)].map(text);
    const range = low === high ? "" : ` (${low}–${high})`;
    return `${text(value)}${unit === "" ? "" : ` ${unit}`}${range}`;
}

function targetText({ of, is, limit }: Target, unit: Measurement["unit"]): string {
    return `${is === "at most" ? "≤" : "≥"} ${limit}${of === "ratio" ? " ×" : ` ${unit}`}`;
}
