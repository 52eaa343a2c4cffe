import { setTimeout as sleep } from "node:timers/promises";
import type { OpenCampaign, Outcome, Round, RoundContext } from "./campaign";
import { RoundFailedError } from "./errors";

/** How long a round may take to end that was told to. */
const GRACE_MS = 60_000;

/** A round does not end at all, and whatever comes next would meet it. */
export class StuckRoundError extends RoundFailedError {}

/**
 * Runs one round within its limit. When time is up or Ctrl-C was pressed, it is told to end and awaited.
 *
 * @throws {@link StuckRoundError} when it does not end then either.
 */
export async function runRound(
    open: OpenCampaign,
    round: Round,
    {
        interrupted,
        graceMs = GRACE_MS,
        ...context
    }: Omit<RoundContext, "signal"> & {
        readonly interrupted: AbortSignal;
        readonly graceMs?: number;
    },
): Promise<Outcome> {
    const { name, limit } = round;
    const settled = new AbortController();
    const timeUp = AbortSignal.timeout(limit * 1000);
    const signal = AbortSignal.any([interrupted, timeUp]);
    const late = () =>
        timeUp.aborted && !interrupted.aborted
            ? new Error(`${name}: expected to end within ${limit} s, got more`)
            : undefined;
    const stuck = async () => {
        await sleep(limit * 1000 + graceMs, undefined, { signal: settled.signal });
        throw new StuckRoundError(
            `${name}: expected to end within ${limit} s, got no end ${graceMs / 1000} s later either`,
            "see what it waits for; then run the same command, which goes on with this round",
        );
    };
    try {
        const outcome = await Promise.race([open.run(round, { ...context, signal }), stuck()]);
        const tooLate = late();
        if (tooLate) {
            throw tooLate;
        }
        return outcome;
    } catch (error) {
        throw error instanceof StuckRoundError ? error : (late() ?? error);
    } finally {
        settled.abort();
    }
}
