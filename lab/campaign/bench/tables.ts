import { measurementsOf } from "../../bench/measurements";
import { type Group, NO_SAMPLES, type Samples } from "../../bench/samples";
import { HEAD, rowOf } from "../../bench/table";
import type { Campaign } from "../campaign";
import type { Run } from "../rawFile";
import type { Table } from "../table";

/** Groups that are compared with something else, or with a target; those of a table of their own are left out. */
const MAIN: readonly Group[] = ["deploy", "throughput", "preview", "roll", "node", "lab"];

/** Tables of the benchmarks: `results` has the main groups, each group has its own, and `run` says what ran. */
export const TABLES: Campaign["tables"] = {
    results: (runs) => figures(runs, MAIN),
    ...Object.fromEntries(
        [...MAIN, "security" as const].map((group) => [
            group,
            (runs: readonly Run[]) => figures(runs, [group]),
        ]),
    ),
    run: versions,
};

/** What some runs have measured, together. */
export function samplesOf(runs: readonly Run[]): Samples {
    const rounds = runs.flatMap((run) => run.rounds).filter(({ samples }) => samples !== undefined);
    const of = (group: string) =>
        rounds.filter((round) => round.group === group).map(({ samples }) => samples);
    return Object.fromEntries(
        Object.keys(NO_SAMPLES).map((group) => [group, of(group)]),
    ) as unknown as Samples;
}

function figures(runs: readonly Run[], groups: readonly Group[]): Table {
    const measurements = measurementsOf(samplesOf(runs));
    return {
        head: HEAD,
        rows: groups.flatMap((group) => [
            ...measurements.filter((each) => each.group === group).map(rowOf),
            ...reasons(runs, group).map((reason) => [group, `not measured: ${reason}`]),
        ]),
    };
}

/** Why rounds of a group were not measured. */
function reasons(runs: readonly Run[], group: Group): string[] {
    const rounds = runs.flatMap((run) => run.rounds).filter((round) => round.group === group);
    return [...new Set(rounds.flatMap(({ notMeasured }) => notMeasured ?? []))];
}

function versions(runs: readonly Run[]): Table {
    const names = [...new Set(runs.flatMap((run) => Object.keys(run.versions)))];
    const row = (name: string, value: (run: Run) => string) => [name, ...runs.map(value)];
    return {
        head: ["what", ...runs.map(({ started }) => started.slice(0, 10))],
        rows: [
            ...names.map((name) => row(name, (run) => run.versions[name] ?? "")),
            row("seed", ({ seed }) => String(seed)),
            row("attempts that failed and were run again", ({ failures }) =>
                String(failures.length),
            ),
        ],
    };
}
