import type { Run } from "./rawFile";
import type { Table } from "./table";

/** What the rounds of a group have found in some runs, together. */
export function samplesIn(runs: readonly Run[], group: string): unknown[] {
    return runs
        .flatMap((run) => run.rounds)
        .filter((round) => round.group === group && round.samples !== undefined)
        .map(({ samples }) => samples);
}

/** Why rounds of a group were not measured, each reason once. */
export function notMeasured(runs: readonly Run[], group: string): string[] {
    const rounds = runs.flatMap((run) => run.rounds).filter((round) => round.group === group);
    return [...new Set(rounds.flatMap((round) => round.notMeasured ?? []))];
}

/** What ran in each run. */
export function versionsTable(runs: readonly Run[]): Table {
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
