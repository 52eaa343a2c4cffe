import type { Campaign } from "../campaign";
import type { Run } from "../rawFile";
import { notMeasured, samplesIn } from "../runTables";
import type { Table } from "../table";

/** What the suite found with one provider. */
export interface KilledSample {
    /** Version of the provider. */
    readonly provider: string;
    readonly tests: readonly { readonly title: string; readonly passed: boolean }[];
}

/** Of the provider that is built, and of a newer one. */
const GROUPS = ["built", "newer"] as const;

/** `results` says what went through, by provider. */
export const TABLES: Campaign["tables"] = { results };

function results(runs: readonly Run[]): Table {
    const columns = GROUPS.map((group) => {
        const [sample] = samplesIn(runs, group) as KilledSample[];
        return { group, sample };
    });
    const titles = new Set(
        columns.flatMap(({ sample }) => sample?.tests.map(({ title }) => title) ?? []),
    );
    return {
        head: [
            "the next `up`",
            ...columns.map(({ group, sample }) =>
                sample === undefined
                    ? `not run: ${notMeasured(runs, group).join("; ")}`
                    : `provider ${sample.provider}`,
            ),
        ],
        rows: [...titles].map((title) => [
            title,
            ...columns.map(({ sample }) => {
                const test = sample?.tests.find((each) => each.title === title);
                return test === undefined ? "" : test.passed ? "yes" : "no";
            }),
        ]),
    };
}

/** What did not go through. */
export function failuresIn(runs: readonly Run[]): string[] {
    return GROUPS.flatMap((group) =>
        (samplesIn(runs, group) as KilledSample[]).flatMap(({ provider, tests }) =>
            tests
                .filter(({ passed }) => !passed)
                .map(({ title }) => `with the provider ${provider}, the next up ${title}: failed`),
        ),
    );
}
