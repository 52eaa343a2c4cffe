import { CATALOGUE } from "../../../tools/impact/catalogue";
import type { Campaign } from "../campaign";
import type { Run } from "../rawFile";
import { notMeasured, versionsTable } from "../runTables";
import type { Table } from "../table";
import { type ChangeSample, compare, describeSeen, entryOf, type Verdict } from "./compare";
import { NO_JUDGEMENT, reasonNotRun } from "./notRun";
import { CHANGES, type ChangeRound } from "./plan";

const HEAD = ["judgement", "class", "what was changed", "what was seen", "judged"];

const ORDER: readonly (Verdict | "not run")[] = ["wrong", "right", "not seen", "not run"];

interface Row {
    readonly verdict: Verdict | "not run";
    readonly cells: readonly string[];
}

/** `results` compares each judgement with what was seen, the wrong ones first; `run` says what ran. */
export const TABLES: Campaign["tables"] = { results, run: versionsTable };

function results(runs: readonly Run[]): Table {
    const rows = [
        ...CATALOGUE.flatMap(({ name }) => rowsOf(runs, name)),
        ...NO_JUDGEMENT.map(([about, reason]) => notRun("-", "-", about, reason)),
    ];
    return {
        head: HEAD,
        rows: ORDER.flatMap((verdict) =>
            rows.filter((row) => row.verdict === verdict).map(({ cells }) => cells),
        ),
    };
}

/** What was judged wrongly. */
export function wrongIn(run: Run): string[] {
    return CHANGES.flatMap((change) =>
        samplesOf([run], change).flatMap((sample) =>
            Object.entries(change.judgements).flatMap(([judgement, subject]) => {
                const { verdict, wrong } = compare(judgement, subject, sample);
                return verdict === "wrong"
                    ? [`${judgement}, ${change.title}: ${wrong.join("; ")}`]
                    : [];
            }),
        ),
    );
}

function rowsOf(runs: readonly Run[], judgement: string): Row[] {
    const { severity } = entryOf(judgement);
    const changes = CHANGES.filter(({ judgements }) => judgement in judgements);
    if (changes.length === 0) {
        return [notRun(judgement, severity, "-", reasonNotRun(judgement)!)];
    }
    return changes.flatMap((change) => {
        const samples = samplesOf(runs, change);
        if (samples.length === 0) {
            const reasons = notMeasured(runs, change.group);
            const reason = reasons.length === 0 ? "no result yet" : reasons.join("; ");
            return [notRun(judgement, severity, change.title, reason)];
        }
        return samples.map((sample): Row => {
            const { verdict, wrong } = compare(judgement, change.judgements[judgement]!, sample);
            const judged = wrong.length === 0 ? verdict : `wrong: ${wrong.join("; ")}`;
            const seen = describeSeen(sample.seen);
            return { verdict, cells: [judgement, severity, change.title, seen, judged] };
        });
    });
}

function samplesOf(runs: readonly Run[], { name }: ChangeRound): ChangeSample[] {
    return runs
        .flatMap(({ rounds }) => rounds)
        .filter(({ round, samples }) => round === name && samples !== undefined)
        .map(({ samples }) => samples as ChangeSample);
}

function notRun(judgement: string, severity: string, title: string, reason: string): Row {
    return {
        verdict: "not run",
        cells: [judgement, severity, title, "-", `not run: ${reason}`],
    };
}
