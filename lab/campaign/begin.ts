import type { Campaign, Round } from "./campaign";
import { RefusedError } from "./errors";
import { uncommitted } from "./git";
import { differenceOf, identityNow } from "./identity";
import { describeMachine } from "./machine";
import type { RunOptions } from "./options";
import { newSeed } from "./random";
import type { RunState } from "./state";

/** What {@link beginOrGoOn} works with. */
export interface BeginArgs {
    readonly root: string;
    readonly campaign: Pick<Campaign, "name" | "subject">;
    readonly rounds: readonly Round[];
    readonly state: RunState;
    readonly options: Pick<RunOptions, "only" | "anew" | "allowDirty" | "seed">;
    readonly say: (line: string) => void;
}

/**
 * Begins a run, or says that an unfinished one goes on.
 *
 * @throws {@link RefusedError} when what would be measured is in no commit, or the unfinished run is one of something
 * else.
 */
export function beginOrGoOn(args: BeginArgs): void {
    const { root, campaign, rounds, state, options, say } = args;
    const changes = uncommitted(root, campaign.subject);
    // What is written nowhere may be of anything.
    if (options.only === undefined && changes.length > 0 && !options.allowDirty) {
        throw new RefusedError(
            `${changes[0]}: expected as committed, got changes${others(changes.length - 1)}`,
            `commit them, or --allow-dirty, or --only, which writes nothing`,
        );
    }
    const identity = identityNow(root, campaign, rounds);
    const { header } = state;
    const done = rounds.filter(({ name }) => state.recordOf(name) !== undefined).length;
    const nothing = done === 0 && state.failures.length === 0;
    if (header === undefined || nothing || options.anew) {
        state.begin({
            identity,
            dirty: changes.length > 0,
            started: new Date().toISOString(),
            seed: options.seed ?? newSeed(),
            machine: describeMachine(),
        });
        return;
    }
    const difference = differenceOf(header.identity, identity) ?? seedDifference(args);
    const unfinished = `${done} of ${rounds.length} rounds, begun ${header.started}`;
    if (difference !== undefined) {
        throw new RefusedError(
            `the unfinished run of campaign ${campaign.name} (${unfinished}): ${difference}`,
            "put that back to go on with it, or --anew drops it",
        );
    }
    say(`campaign ${campaign.name}: goes on with an unfinished run (${unfinished})`);
}

function seedDifference({ state, options: { seed } }: BeginArgs): string | undefined {
    const before = state.header!.seed;
    return seed === undefined || seed === before
        ? undefined
        : `expected seed ${seed}, got ${before}`;
}

function others(count: number): string {
    return count === 0 ? "" : ` (and ${count} more)`;
}
