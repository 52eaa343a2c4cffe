import type { Round } from "./campaign";

/** A round that has ended, and how long it took. */
export type Timed = Pick<Round, "group" | "estimate"> & { readonly seconds: number };

/**
 * Seconds that some rounds will take. Rounds of the same group that have ended tell by how much the estimates are wrong;
 * where there is none, all that have ended do.
 */
export function secondsLeft(pending: readonly Round[], ended: readonly Timed[]): number {
    const overall = factorOf(ended) ?? 1;
    return pending.reduce((sum, { group, estimate }) => {
        const factor = factorOf(ended.filter((round) => round.group === group)) ?? overall;
        return sum + estimate * factor;
    }, 0);
}

/** A time for people who wait. */
export function describeLeft(seconds: number): string {
    const minutes = Math.round(seconds / 60);
    return seconds < 60
        ? "less than a minute left"
        : `about ${minutes} ${minutes === 1 ? "minute" : "minutes"} left`;
}

function factorOf(rounds: readonly Timed[]): number | undefined {
    const estimated = rounds.reduce((sum, { estimate }) => sum + estimate, 0);
    const taken = rounds.reduce((sum, { seconds }) => sum + seconds, 0);
    return estimated === 0 ? undefined : taken / estimated;
}
