import type { Round } from "../campaign";

const MINUTE = 60;

/** A provider for Kubernetes that a round runs with. */
export type ProviderGroup = "built" | "newer";

/** One round for each provider. */
export interface KilledRound extends Round {
    readonly group: ProviderGroup;
}

const round = (group: ProviderGroup): KilledRound => ({
    name: group,
    group,
    estimate: 5 * MINUTE,
    limit: 15 * MINUTE,
});

/** All rounds. */
export const ROUNDS: readonly KilledRound[] = [round("built"), round("newer")];
