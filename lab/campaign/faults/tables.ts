import {
    type AllFaults,
    type Fault,
    INJECTION_HEAD,
    injectionRow,
    REACTION_HEAD,
    reactionRows,
    TITLES,
    UP_HEAD,
    upRow,
} from "../../faults/results";
import { INJECTED, type Injection, type InjectedGroup } from "../../faults/samples";
import type { Campaign } from "../campaign";
import type { Run } from "../rawFile";
import { notMeasured, samplesIn, versionsTable } from "../runTables";
import type { Table } from "../table";

const KINDS = Object.keys(TITLES) as Fault[];
const UP_GROUPS = ["update", "deploy"] as const;

/**
 * Tables of the faults: `results` has all that a load ran through, each of these groups has its own, `reactions` says what
 * followed from some, `up` what became of killed ones, and `run` what ran.
 */
export const TABLES: Campaign["tables"] = {
    results: (runs) => injections(runs, INJECTED),
    ...Object.fromEntries(
        INJECTED.map((group) => [group, (runs: readonly Run[]) => injections(runs, [group])]),
    ),
    reactions: (runs) => ({ head: REACTION_HEAD, rows: reactionRows(faultsIn(runs)) }),
    up,
    deploy: up,
    run: versionsTable,
};

/** What some runs have found, together. */
export function faultsIn(runs: readonly Run[]): AllFaults {
    return Object.fromEntries(
        KINDS.map((kind) => [kind, samplesIn(runs, kind)]),
    ) as unknown as AllFaults;
}

function injections(runs: readonly Run[], groups: readonly InjectedGroup[]): Table {
    const found = faultsIn(runs);
    const all = groups.flatMap((group): readonly Injection[] => found[group]);
    return {
        head: INJECTION_HEAD,
        rows: [
            ...groups.flatMap((group) => [
                ...(found[group].length > 0 ? [injectionRow(TITLES[group], found[group])] : []),
                ...reasons(runs, group),
            ]),
            ...(groups.length > 1 && all.length > 0 ? [injectionRow("all", all)] : []),
        ],
    };
}

function up(runs: readonly Run[]): Table {
    const found = faultsIn(runs);
    return {
        head: UP_HEAD,
        rows: UP_GROUPS.flatMap((group) => [
            ...(found[group].length > 0 ? [upRow(TITLES[group], found[group])] : []),
            ...reasons(runs, group),
        ]),
    };
}

/** Rows about what was not measured. */
function reasons(runs: readonly Run[], group: Fault): string[][] {
    return notMeasured(runs, group).map((reason) => [TITLES[group], `not measured: ${reason}`]);
}
