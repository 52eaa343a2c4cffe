/** What a change can do to Kafka, in rising order. */
export const SEVERITIES = [
    "nothing",
    "dynamic",
    "rolling-restart",
    "data-moves",
    "cluster-stops",
    "data-may-be-lost",
] as const;

/** One of {@link SEVERITIES}. */
export type Severity = (typeof SEVERITIES)[number];

/** The classes that fail a check unless they are allowed. */
export const FAILING = ["cluster-stops", "data-may-be-lost"] as const satisfies Severity[];

/** One of {@link FAILING}. */
export type FailingSeverity = (typeof FAILING)[number];

/** The highest of some classes; `nothing` when there are none. */
export function highest(severities: readonly Severity[]): Severity {
    return SEVERITIES.findLast((severity) => severities.includes(severity)) ?? "nothing";
}
