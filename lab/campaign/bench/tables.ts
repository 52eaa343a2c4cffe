import { measurementsOf } from "../../bench/measurements";
import { type Group, NO_SAMPLES, type Samples } from "../../bench/samples";
import { HEAD, rowOf } from "../../bench/table";
import type { Campaign } from "../campaign";
import type { Run } from "../rawFile";
import { notMeasured, samplesIn, versionsTable } from "../runTables";
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
    run: versionsTable,
};

/** What some runs have measured, together. */
export function samplesOf(runs: readonly Run[]): Samples {
    return Object.fromEntries(
        Object.keys(NO_SAMPLES).map((group) => [group, samplesIn(runs, group)]),
    ) as unknown as Samples;
}

function figures(runs: readonly Run[], groups: readonly Group[]): Table {
    const measurements = measurementsOf(samplesOf(runs));
    return {
        head: HEAD,
        rows: groups.flatMap((group) => [
            ...measurements.filter((each) => each.group === group).map(rowOf),
            ...notMeasured(runs, group).map((reason) => [group, `not measured: ${reason}`]),
        ]),
    };
}
