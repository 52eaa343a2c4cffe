import type { Assessment } from "../../../tools/impact/assess";
import type { Restart } from "../../../tools/impact/finding";
import type { Severity } from "../../../tools/impact/severity";
import { verdictOf } from "../../../tools/impact/verdict";

/** A line of the report, as far as it is checked. */
export interface Line {
    readonly subject: string;
    readonly severity: Severity | "not judged";
}

/** What `impact` said of a change. */
export interface Said {
    readonly verdict: string;
    readonly lines: readonly Line[];
    /** How many brokers restart. */
    readonly brokers: number;
    /** How many members of ZooKeeper restart. */
    readonly members: number;
}

/** The part of an assessment that is checked. */
export function saidBy(assessment: Assessment): Said {
    const count = (of: Restart["of"]) =>
        assessment.restarts
            .filter((restart) => restart.of === of)
            .reduce((sum, restart) => sum + (restart.count ?? NaN), 0);
    return {
        verdict: verdictOf(assessment),
        lines: assessment.findings.map(({ subject, severity }) => ({ subject, severity })),
        brokers: count("brokers"),
        members: count("ZooKeeper members"),
    };
}
