import type { Assessment } from "./assess";
import type { Finding, Restart } from "./finding";
import { ACCESS, FAILING, type Severity } from "./severity";

/**
 * Seconds from the restart of one small pod to that of the next, with room for faster and slower machines;
 * docs/benchmarks.md measures it. Brokers with more data take longer to catch up, which nobody knows beforehand.
 */
export const SECONDS_PER_POD = { least: 15, most: 40 } as const;

/** The class of a preview that failed: nobody knows what it did not get to. */
export const PREVIEW_FAILED = "preview failed";

/** The class of a change of which nothing else is known. */
const NOT_JUDGED = "not judged";

/** The class of the whole change. It is never `nothing` where something is not judged. */
export function classOf(
    assessment: Assessment,
): Severity | typeof NOT_JUDGED | typeof PREVIEW_FAILED {
    return assessment.errors.length === 0 ? judgedClass(assessment) : PREVIEW_FAILED;
}

/** The class of what the preview got to. */
export function judgedClass(assessment: Assessment): Severity | typeof NOT_JUDGED {
    const { severity } = assessment;
    return severity === "nothing" && countNotJudged(assessment) > 0 ? NOT_JUDGED : severity;
}

/** How many findings say that the tool does not know. */
export function countNotJudged({ findings }: Assessment): number {
    return findings.filter(({ severity }) => severity === NOT_JUDGED).length;
}

/** What a change means for Kafka, on one line: class, what, how many pods. */
export function verdictOf(assessment: Assessment): string {
    const failure = failureOf(assessment);
    const judged = judgedOf(assessment);
    return failure === undefined ? judged : `${failure}; ${judged}`;
}

/** That the preview failed; `undefined` where it did not. */
export function failureOf({ errors }: Assessment): string | undefined {
    return errors.length === 0
        ? undefined
        : `${PREVIEW_FAILED}: ${errors.length} ${errors.length === 1 ? "error" : "errors"}`;
}

/** The verdict on what the preview got to, which is all of it unless it failed. */
export function judgedOf(assessment: Assessment): string {
    const { errors, changes } = assessment;
    if (errors.length === 0) {
        return judgedChanges(assessment);
    }
    return changes.length === 0
        ? "it got to no change"
        : `judged as far as it got: ${judgedChanges(assessment)}`;
}

function judgedChanges(assessment: Assessment): string {
    const { isNew, restarts } = assessment;
    const notJudged = countNotJudged(assessment);
    const parts = isNew
        ? [notJudged > 0 ? "new cluster" : "new cluster; nothing running is affected"]
        : [...headline(assessment), ...restarts.map(describeRestart)];
    const found = judgedClass(assessment);
    if (found === NOT_JUDGED) {
        parts.push(
            notJudged === 1
                ? "this tool does not know what 1 change does to Kafka"
                : `this tool does not know what ${notJudged} changes do to Kafka`,
        );
    } else if (notJudged > 0) {
        parts.push(`${notJudged} ${notJudged === 1 ? "change is" : "changes are"} not judged`);
    }
    return `${found}: ${parts.length === 0 ? "Kafka does not notice it" : parts.join("; ")}`;
}

/**
 * The worst findings; restarts speak for themselves. Who gets in or is cut off does not hide what becomes of Kafka itself: that
 * follows with the name of its class.
 */
function headline({ severity, findings, restarts }: Assessment): string[] {
    if (severity === "nothing" || (severity === "rolling-restart" && restarts.length > 0)) {
        return [];
    }
    const isAccess = ACCESS.some((each) => each === severity);
    const others = FAILING.filter((each) => each !== severity).reverse();
    return [
        worst(findings, severity)!,
        ...(isAccess ? others : []).flatMap((other) => {
            const text = worst(findings, other);
            return text === undefined ? [] : [`${other}: ${text}`];
        }),
    ];
}

function worst(findings: readonly Finding[], severity: Severity): string | undefined {
    const [first, ...others] = mergeNumbered(
        findings.filter((finding) => finding.severity === severity),
    );
    const more = others.length > 0 ? ` (and ${others.length} more)` : "";
    return first && `${first.subject}: ${first.what}${more}`;
}

function describeRestart({ of, count, by }: Restart): string {
    if (by === "drain") {
        return `${of} restart one by one, as their nodes are drained`;
    }
    const order = by === "StatefulSet" ? "highest first" : "in the operator's order";
    if (count === undefined) {
        return `all ${of} restart one by one, ${order} (how many, tells a preview with --show-sames)`;
    }
    const { least, most } = SECONDS_PER_POD;
    const what =
        count === 1
            ? `the only one of the ${of} restarts`
            : `${count} ${of} restart one by one, ${order}`;
    return `${what}, in about ${duration(count * least)} to ${duration(count * most)} plus the time to catch up`;
}

function duration(seconds: number): string {
    return seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}

/** A line of a table. */
export type Row = Omit<Finding, "urn" | "restarts">;

/** Findings as lines; those that differ in one number, or zone, of their subject alone share a line. */
export function mergeNumbered(findings: readonly Finding[]): readonly Row[] {
    const groups = new Map<string, { readonly first: Finding; readonly numbers: string[] }>();
    for (const finding of findings) {
        const { subject, from, to, what, severity } = finding;
        const key = JSON.stringify([subject.replace(NUMBER, "#"), from, to, what, severity]);
        const [number] = NUMBER.exec(subject) ?? [];
        const group = groups.get(key);
        if (group === undefined) {
            groups.set(key, { first: finding, numbers: number === undefined ? [] : [number] });
        } else if (number !== undefined && !group.numbers.includes(number)) {
            group.numbers.push(number);
        }
    }
    return [...groups.values()].map(({ first, numbers }) => ({
        ...first,
        subject: first.subject.replace(NUMBER, numbers.join(", ")),
    }));
}

/** The number at the end of a subject such as `volume of broker 2`, or the zone at the end of `subnets in eu-west-1a`. */
const NUMBER = /(\d+|[a-z]{2}(-[a-z]+)+-\d+[a-z])$/;
