import type { Acceptance } from "./accepted";
import type { Finding, Score } from "./kubeScore";

/** What comes of the scores and of the table of what is accepted. */
export interface Verdict {
    /** How many objects each stack has, how many of them the linter knows, and how many findings they have. */
    readonly stacks: readonly {
        readonly stack: string;
        readonly objects: number;
        readonly scored: number;
        readonly findings: number;
    }[];
    /** What is accepted, and how many findings that are. */
    readonly accepted: readonly (Acceptance & { readonly times: number })[];
    /** Findings that nobody has accepted. */
    readonly open: readonly Finding[];
    /** What is accepted of an object, or of objects, none of which has it. */
    readonly stale: readonly {
        readonly object: string;
        readonly check: string;
        readonly says: string;
    }[];
}

/** Compares what was found with what is accepted. */
export function judge(scores: readonly Score[], table: readonly Acceptance[]): Verdict {
    const findings = scores.flatMap((score) => score.findings);
    const accepts = (acceptance: Acceptance) => (finding: Finding) =>
        acceptance.objects.some((object) => matches(finding, acceptance, object));
    return {
        stacks: scores.map((score) => ({ ...score, findings: score.findings.length })),
        accepted: table.map((each) => ({ ...each, times: findings.filter(accepts(each)).length })),
        open: findings.filter((finding) => !table.some((each) => accepts(each)(finding))),
        stale: table.flatMap((each) =>
            each.objects
                .filter((object) => !findings.some((finding) => matches(finding, each, object)))
                .map((object) => ({ object, check: each.check, says: each.says })),
        ),
    };
}

/** Whether nothing is left to do. */
export function isClean({ open, stale }: Verdict): boolean {
    return open.length === 0 && stale.length === 0;
}

function matches(finding: Finding, { check, says }: Acceptance, object: string): boolean {
    const [before, after] = object.split("*");
    const isSame =
        after === undefined
            ? finding.object === object
            : finding.object.startsWith(before!) && finding.object.endsWith(after);
    return isSame && finding.check === check && finding.says === says;
}
