import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Machine } from "./machine";
import type { Digests } from "./subject";

/** Versions of what ran, by name. */
export type Versions = Readonly<Record<string, string>>;

/** A round that has ended. */
export interface RoundRecord {
    readonly round: string;
    readonly group: string;
    readonly started: string;
    readonly seconds: number;
    /** Load average of the last minute when it began: what others, and what ran before, did to the machine. */
    readonly load: number;
    /** Everything that was measured, as it was measured. */
    readonly samples?: unknown;
    /** Why nothing was. */
    readonly notMeasured?: string;
}

/** An attempt at a round that came to no end; the round was run again. */
export interface Failure {
    readonly round: string;
    readonly at: string;
    readonly message: string;
}

/** A whole run of a campaign. */
export interface Run {
    readonly commit: string;
    /** Whether the subject had changes that were not committed. */
    readonly dirty: boolean;
    /** Digest of each path of the subject. */
    readonly subject: Digests;
    readonly started: string;
    readonly finished: string;
    readonly seed: number;
    readonly versions: Versions;
    readonly machine: Machine;
    readonly rounds: readonly RoundRecord[];
    readonly failures: readonly Failure[];
}

/** What campaigns leave in the repository: the only place that figures in documents come from. */
export interface RawFile {
    readonly campaign: string;
    readonly runs: readonly Run[];
}

/** Where the raw file of a campaign is, in the repository. */
export function rawPath(campaign: string): string {
    return join("docs", "campaigns", `${campaign}.json`);
}

/** The runs of a campaign, oldest first; none where it has not run yet. */
export function readRuns(root: string, campaign: string): readonly Run[] {
    const file = join(root, rawPath(campaign));
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as RawFile).runs : [];
}

/** Writes the raw file of a campaign. */
export function writeRuns(root: string, campaign: string, runs: readonly Run[]): void {
    const file = join(root, rawPath(campaign));
    mkdirSync(dirname(file), { recursive: true });
    const content: RawFile = { campaign, runs };
    writeFileSync(file, `${JSON.stringify(content, undefined, 1)}\n`);
}
