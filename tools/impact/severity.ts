/** What a change can do to Kafka and its clients, in rising order. */
export const SEVERITIES = [
    "nothing",
    "dynamic",
    "rolling-restart",
    "data-moves",
    "cluster-stops",
    "data-may-be-lost",
    "clients-cut-off",
    "cluster-opens",
] as const;

/** One of {@link SEVERITIES}. */
export type Severity = (typeof SEVERITIES)[number];

/** The classes of which nobody has to hear before a change is made. */
export const UNNOTICED: readonly string[] = ["nothing", "dynamic"] satisfies Severity[];

/** The classes of who gets in and who does not. Whoever reviews a change can't see them anywhere else, so they come first. */
export const ACCESS = ["clients-cut-off", "cluster-opens"] as const satisfies Severity[];

/** The classes that fail a check unless they are allowed. */
export const FAILING = [
    "cluster-stops",
    "data-may-be-lost",
    ...ACCESS,
] as const satisfies Severity[];

/** One of {@link FAILING}. */
export type FailingSeverity = (typeof FAILING)[number];

/** The highest of some classes; `nothing` when there are none. */
export function highest(severities: readonly Severity[]): Severity {
    return SEVERITIES.findLast((severity) => severities.includes(severity)) ?? "nothing";
}
