import type { Campaign, Round } from "./campaign";
import { RefusedError } from "./errors";
import { differenceOf, identityNow, short } from "./identity";
import type { RunOptions } from "./options";
import { rawPath, readRuns, type Run, writeRuns } from "./rawFile";
import { changedPaths } from "./subject";
import type { RunState } from "./state";

/**
 * Refuses to keep figures of a program that changed while they were measured.
 *
 * @throws {@link RefusedError}
 */
export function checkUnchanged(
    root: string,
    campaign: Pick<Campaign, "name" | "subject">,
    rounds: readonly Round[],
    state: RunState,
): void {
    const difference = differenceOf(state.header!.identity, identityNow(root, campaign, rounds));
    if (difference !== undefined) {
        throw new RefusedError(
            `${campaign.name} is done, and not written down: ${difference}`,
            "put that back and run the same command, or begin anew with --anew",
        );
    }
}

/**
 * Writes a run to the raw file of its campaign, in place of those before it or beside them.
 *
 * @returns The path of the raw file in the repository.
 * @throws {@link RefusedError} when it is to be kept beside one of something else.
 */
export function writeDown(
    root: string,
    { name }: Pick<Campaign, "name">,
    run: Run,
    { append }: Pick<RunOptions, "append">,
): string {
    const before = append ? readRuns(root, name) : [];
    const other = before.find(({ subject }) => changedPaths(subject, run.subject).length > 0);
    if (other !== undefined) {
        throw new RefusedError(
            `--append: expected runs of the same subject, got ${changedPaths(other.subject, run.subject).join(", ")} ` +
                `changed since ${short(other.commit)}`,
            "the same command without --append, which writes this run alone",
        );
    }
    writeRuns(root, name, [...before, run]);
    return rawPath(name);
}
