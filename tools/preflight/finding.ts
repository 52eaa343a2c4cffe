/** What is asked before a stack is deployed, in the order of a report. */
export const AREAS = [
    "versions",
    "capacity",
    "storage",
    "pod security",
    "operators",
    "names",
    "permissions",
    "quotas",
    "name resolution",
] as const;

/** One of {@link AREAS}. */
export type Area = (typeof AREAS)[number];

/** What became of a check. `unknown` is no failure and no proof either: something could not be read. */
export type Outcome = "ok" | "warning" | "fails" | "unknown";

/** The verdict on one thing. */
export interface Judgement {
    /** Key of the configuration that decides it, or what was looked at. */
    readonly key: string;
    readonly outcome: Outcome;
    /** What was found; where that is not fine, what was expected, too. */
    readonly found: string;
    /** What to do next. */
    readonly next?: string;
}

/** A verdict, and what it belongs to. */
export interface Finding extends Judgement {
    readonly area: Area;
}

/** What was expected and found instead, and what to do about it. */
export interface Difference {
    readonly expected: string;
    readonly got: string;
    readonly next: string;
}

/** Something that is as the stack needs it. */
export function ok(key: string, found: string): Judgement {
    return { key, outcome: "ok", found };
}

/** Something that `up` would fail at, or wait for without end. */
export function fails(key: string, difference: Difference): Judgement {
    return { key, outcome: "fails", ...sentenceOf(difference) };
}

/** Something that `up` puts up with, and somebody should know. */
export function warning(key: string, difference: Difference): Judgement {
    return { key, outcome: "warning", ...sentenceOf(difference) };
}

/** Something that could not be found out. */
export function notKnown(key: string, reason: string): Judgement {
    return { key, outcome: "unknown", found: reason };
}

function sentenceOf({ expected, got, next }: Difference): Pick<Judgement, "found" | "next"> {
    return { found: `expected ${expected}, got ${got}`, next };
}

const LONGEST_LIST = 5;

/** The first items of a list in one line, and how many more there are. */
export function listOf(items: readonly string[]): string {
    const shown = items.slice(0, LONGEST_LIST).join(", ");
    const more = items.length - LONGEST_LIST;
    return more > 0 ? `${shown} and ${more} more` : shown;
}

/** A number with its noun, such as `1 node` and `2 nodes`. */
export function count(number: number, noun: string): string {
    return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
