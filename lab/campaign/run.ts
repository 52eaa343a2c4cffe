import { explainFault } from "../../tools/client/describeFault";
import type { Campaign, OpenCampaign, Round } from "./campaign";
import { InterruptedError, RoundFailedError } from "./errors";
import { describeLeft, secondsLeft, type Timed } from "./eta";
import { loadNow } from "./machine";
import { randomOf } from "./random";
import type { Run } from "./rawFile";
import { runRound, StuckRoundError } from "./runRound";
import type { RunState } from "./state";

/** How often a round is tried. */
const ATTEMPTS = 2;

/** What {@link runRounds} works with. */
export interface RunArgs {
    readonly campaign: Pick<Campaign, "name" | "open">;
    readonly rounds: readonly Round[];
    /** A run that has begun. */
    readonly state: RunState;
    /** Aborted by Ctrl-C. */
    readonly interrupted: AbortSignal;
    readonly say: (line: string) => void;
}

/**
 * Runs all rounds that have not ended yet, and keeps each result as soon as it is there. After a round that failed,
 * everything is closed and opened anew, and it is tried once more.
 *
 * @returns The run with all its rounds.
 * @throws {@link RoundFailedError} or {@link InterruptedError}; what has ended is kept.
 */
export async function runRounds(args: RunArgs): Promise<Run> {
    const { rounds, state } = args;
    const session = new Session(args);
    try {
        for (const round of rounds.filter(({ name }) => state.recordOf(name) === undefined)) {
            await attempt(args, session, round);
        }
    } finally {
        await session.close();
    }
    return runOf(state, rounds);
}

/** The campaign, open while rounds need it. */
class Session {
    private opened?: OpenCampaign;

    constructor(private readonly args: Pick<RunArgs, "campaign" | "state">) {}

    async open(): Promise<OpenCampaign> {
        const { campaign, state } = this.args;
        this.opened ??= await campaign.open({
            directory: state.work,
            note: (versions) => state.note(versions),
        });
        return this.opened;
    }

    async close(): Promise<void> {
        const { opened } = this;
        this.opened = undefined;
        await opened?.close();
    }
}

async function attempt(args: RunArgs, session: Session, round: Round): Promise<void> {
    const { rounds, state, interrupted, say } = args;
    const position = `round ${rounds.indexOf(round) + 1} of ${rounds.length}`;
    for (let left = ATTEMPTS - 1; ; left--) {
        throwIfInterrupted(args);
        // Not a failure of the round: without what it opens, nothing can be run at all.
        const open = await session.open();
        say(`${position}, ${describeLeft(timeLeft(args))}: ${round.name}`);
        const started = new Date().toISOString();
        const [start, load] = [performance.now(), loadNow()];
        try {
            const outcome = await runRound(open, round, {
                interrupted,
                random: randomOf(state.header!.seed, round.name),
                say: (line) => say(`  ${line}`),
            });
            const seconds = Math.round(performance.now() - start) / 1000;
            const { name, group } = round;
            state.save({ round: name, group, started, seconds, load, ...outcome });
            const reason = "notMeasured" in outcome ? `, not measured: ${outcome.notMeasured}` : "";
            say(`  done in ${seconds.toFixed(1)} s${reason}`);
            return;
        } catch (error) {
            throwIfInterrupted(args);
            state.fail({ round: round.name, at: started, message: explainFault(error) });
            say(`  failed: ${explainFault(error)}`);
            if (left === 0 || error instanceof StuckRoundError) {
                throw new RoundFailedError(
                    `${round.name}: expected to end, got ${explainFault(error)}`,
                    "the same command goes on with this round",
                    { cause: error },
                );
            }
            await session.close();
        }
    }
}

function throwIfInterrupted({ campaign, interrupted }: RunArgs): void {
    if (interrupted.aborted) {
        throw new InterruptedError(
            `${campaign.name}: interrupted; the rounds that are done are kept`,
            "the same command goes on behind them",
        );
    }
}

function timeLeft({ rounds, state }: RunArgs): number {
    const ended = rounds.flatMap(({ name, group, estimate }): Timed[] => {
        const record = state.recordOf(name);
        return record?.samples === undefined ? [] : [{ group, estimate, seconds: record.seconds }];
    });
    return secondsLeft(
        rounds.filter(({ name }) => state.recordOf(name) === undefined),
        ended,
    );
}

function runOf(state: RunState, rounds: readonly Round[]): Run {
    const { identity, dirty, started, seed, versions, machine } = state.header!;
    return {
        commit: identity.commit,
        dirty,
        subject: identity.subject,
        started,
        finished: new Date().toISOString(),
        seed,
        versions,
        machine,
        rounds: rounds.map(({ name }) => state.recordOf(name)!),
        failures: state.failures,
    };
}
