import type { Campaign } from "./campaign";
import { DocumentError } from "./errors";
import { short } from "./identity";
import { rawPath, type Run } from "./rawFile";
import { changedPaths, type Digests } from "./subject";
import { markdownTable } from "./table";

/** What is known of the repository when a table is rendered. */
export interface TableSource {
    readonly runs: readonly Run[];
    /** Digests of the campaign's subject as it is now. */
    readonly subject: Digests;
}

/**
 * A table of a campaign in Markdown, with what it was measured on, and whether that is gone by now.
 *
 * @throws {@link DocumentError} when the campaign has no such table.
 */
export function tableText(
    campaign: Pick<Campaign, "name" | "tables">,
    table: string,
    { runs, subject }: TableSource,
): string {
    const { name, tables } = campaign;
    const make = tables[table];
    if (make === undefined) {
        throw new DocumentError(
            `a table of campaign ${name}: expected one of ${Object.keys(tables).join(", ")}, got ${table}`,
            "correct the marker",
        );
    }
    const last = runs.at(-1);
    if (last === undefined) {
        return `Not measured yet: \`npm run campaign -- ${name}\`.`;
    }
    const changed = changedPaths(last.subject, subject);
    return [
        ...(changed.length > 0 ? [staleText(changed, last)] : []),
        markdownTable(make(runs)),
        runs.map((run) => `${originOf(run)}.`).join("\n"),
        `Every sample is in [${name}.json](${link(name)}).`,
    ].join("\n\n");
}

function staleText(changed: readonly string[], { commit, started }: Run): string {
    const what = changed.map((path) => `\`${path}\``).join(", ");
    return `**Stale:** ${what} changed since these figures were measured at ${short(commit)} on ${day(started)}.`;
}

/** When, where and under which load a run was made. */
function originOf({ commit, dirty, started, machine, rounds }: Run): string {
    const loads = rounds.map(({ load }) => load);
    const { cores, memoryGib, kernel } = machine;
    return [
        `Measured on ${day(started)} at ${short(commit)}${dirty ? " with changes that were not committed" : ""}`,
        `${cores} cores, ${memoryGib} GiB, ${kernel}`,
        `load average before the rounds ${Math.min(...loads)} to ${Math.max(...loads)}`,
    ].join("; ");
}

function day(time: string): string {
    return new Date(time).toLocaleDateString("en-GB", {
        day: "numeric",
        month: "long",
        year: "numeric",
        timeZone: "UTC",
    });
}

/** From a document in `docs`. */
function link(name: string): string {
    return rawPath(name).replace(/^docs./, "");
}
