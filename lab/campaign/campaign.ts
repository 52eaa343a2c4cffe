import type { Run, Versions } from "./rawFile";
import type { Table } from "./table";

/** A step of a campaign. When the campaign is killed, it goes on behind the last one that has ended. */
export interface Round {
    /** Unique in its campaign: lower-case letters, digits and hyphens. */
    readonly name: string;
    /** What it is measured for; `--only` chooses groups. */
    readonly group: string;
    /** Seconds that it takes, as far as one knows beforehand. */
    readonly estimate: number;
    /** Seconds after which it is given up. */
    readonly limit: number;
}

/** What a round found out, or why it could not; either is an end of it. */
export type Outcome = { readonly samples: unknown } | { readonly notMeasured: string };

/** What a round works with. */
export interface RoundContext {
    /** Aborted by Ctrl-C and when time is up. */
    readonly signal: AbortSignal;
    /** Numbers from 0 to 1 that follow from the campaign's seed and the round's name. */
    readonly random: () => number;
    /** Shows a line about what goes on. */
    readonly say: (line: string) => void;
}

/** What a campaign works with as long as a process runs it. */
export interface CampaignContext {
    /** Directory that stays until all rounds are done, whatever becomes of the process. */
    readonly directory: string;
    /**
     * Writes down the versions of what really runs.
     *
     * @throws Error when an earlier process of the same campaign had other ones.
     */
    readonly note: (versions: Versions) => void;
}

/** A campaign while it runs. */
export interface OpenCampaign {
    /** Runs a round. Whatever it needs and is not there yet, it makes first: the process may be a new one. */
    run(round: Round, context: RoundContext): Promise<Outcome>;
    /** Leaves everything as it was found. */
    close(): Promise<void>;
}

/** Whole runs of slow proof: what they are, and what is made of what they found. */
export interface Campaign {
    readonly name: string;
    readonly title: string;
    /** Files and directories of the repository, or patterns of them, that the figures depend on. When one changes, the tables are stale. */
    readonly subject: readonly string[];
    /** All rounds in their order. */
    readonly rounds: readonly Round[];
    /** Groups that a group is worth nothing without. */
    readonly needs?: Readonly<Record<string, readonly string[]>>;
    /** Tables for documents, by name. One with the name of a group is shown when that was chosen. */
    readonly tables: Readonly<Record<string, (runs: readonly Run[]) => Table>>;
    /** Names of the tables that are shown after a whole run. */
    readonly shown: readonly string[];
    /** What must not have been found; the command fails with it. */
    readonly faults?: (run: Run) => readonly string[];
    /** Loads what the rounds need. */
    readonly open: (context: CampaignContext) => Promise<OpenCampaign>;
}
