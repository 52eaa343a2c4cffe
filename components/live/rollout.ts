import { setTimeout as delay } from "node:timers/promises";
import { brief } from "./brief";
import type { LiveObjects } from "./objects";
import { Cure } from "./rollout/cure";
import { Durations } from "./rollout/durations";
import { type Enough, EnoughPods } from "./rollout/enough";
import { judge, type Unfinished } from "./rollout/judge";
import { isReady, uidOf } from "./rollout/pods";
import { type RolloutState, RolloutWatch, type WantedStatefulSet } from "./rollout/state";

/** Arguments of {@link awaitRollout}. */
export interface RolloutArgs {
    readonly live: LiveObjects;
    readonly wanted: WantedStatefulSet;
    /** How long is waited for what an autoscaler or a person may heal, in minutes. */
    readonly blockedMinutes: number;
    /** Longest time for one pod to become ready, in minutes. */
    readonly podMinutes: number;
    /**
     * With how few pods others can go on.
     *
     * @default - With all of them, when this is over.
     */
    readonly enough?: Enough;
    /** Takes what happens at the moment, whenever that changes. */
    readonly say: (progress: string) => void;
    /** Takes what somebody has to heal. */
    readonly warn: (text: string) => void;
    /**
     * Time, for tests.
     *
     * @default - The real one.
     */
    readonly clock?: Clock;
}

/** Time that passes. */
export interface Clock {
    /** Milliseconds since some moment. */
    now(): number;
    sleep(ms: number): Promise<unknown>;
}

const REAL: Clock = { now: () => performance.now(), sleep: (ms) => delay(ms) };

const POLL_MS = 2_000;
/** Looks in a row that may fail, each of which was tried several times: the API server may restart. */
const FAILED_LOOKS = 10;
/** Until something that may heal is said aloud, in seconds: new nodes and volumes take their time. */
const WARN_SECONDS = 120;
/** A trouble that was away for so long is a new one: a container that crashes runs in between, for a while. */
const AWAY_SECONDS = { hopeless: 10, blocked: 120, waiting: 0 };

/**
 * Waits until a StatefulSet runs as it is wanted. A pod of an earlier revision that can't become ready is deleted: the
 * StatefulSet would wait for it.
 *
 * @throws Error whose message is all that has to be said, as soon as waiting can't help any more.
 */
export async function awaitRollout(args: RolloutArgs): Promise<void> {
    const { clock = REAL } = args;
    const rollout = new Rollout(args, clock);
    try {
        while (!(await rollout.isOver())) {
            await clock.sleep(POLL_MS);
        }
    } finally {
        await rollout.end();
    }
}

class Rollout {
    private readonly watch: RolloutWatch;
    private readonly durations: Durations;
    private readonly milestones = new Set<string>();
    private readonly warned = new Set<string>();
    private readonly cure: Cure;
    private readonly enough: EnoughPods;
    /** When the time for one pod began: at the last milestone, or at the end of what kept pods from starting since. */
    private progressAt: number;
    private milestoneAt: number;
    private failedLooks = 0;
    private said = "";

    constructor(
        private readonly args: RolloutArgs,
        private readonly clock: Clock,
    ) {
        this.watch = new RolloutWatch(args.live, args.wanted, () => clock.now());
        this.durations = new Durations(() => clock.now());
        this.cure = new Cure(args);
        this.enough = new EnoughPods(args.enough, args.wanted, args.warn);
        this.progressAt = clock.now();
        this.milestoneAt = clock.now();
    }

    /** Looks once, and does what helps. */
    async isOver(): Promise<boolean> {
        const state = await this.look();
        if (state === undefined) {
            return false;
        }
        const verdict = judge(state);
        await this.enough.see(verdict);
        if (verdict.kind === "done") {
            return true;
        }
        this.note(state);
        this.endWhereWaitingIsInVain(verdict);
        if (verdict.kind !== "hopeless") {
            await this.cure.step(state, (progress) => this.say(progress));
        }
        return false;
    }

    /** Leaves nothing behind, however it ended. */
    end(): Promise<void> {
        return this.cure.end();
    }

    /** How it is; `undefined` when nobody says. */
    private async look(): Promise<RolloutState | undefined> {
        try {
            const state = await this.watch.look();
            this.failedLooks = 0;
            this.cure.see(state);
            return state;
        } catch (error) {
            const why = brief((error as Error).message);
            if (++this.failedLooks >= FAILED_LOOKS) {
                throw new Error(
                    `${this.args.wanted.name}: expected an answer of the Kubernetes API, got "${why}". ` +
                        "Next: pulumi up once it answers; Kubernetes goes on meanwhile",
                    { cause: error },
                );
            }
            this.say(`the Kubernetes API does not answer: ${why}`);
            return undefined;
        }
    }

    private endWhereWaitingIsInVain(found: Unfinished): void {
        const { blockedMinutes, podMinutes } = this.args;
        // A pod that runs for a while between two troubles would begin both times anew, again and again.
        const inAll = blockedMinutes + podMinutes;
        if (this.clock.now() - this.milestoneAt >= inAll * 60_000) {
            this.fail(found, inAll);
        }
        const seconds = this.durations.secondsOf(found.situation, AWAY_SECONDS[found.kind]);
        switch (found.kind) {
            case "hopeless":
                if (seconds >= found.hopelessAfterSeconds) {
                    this.fail(found);
                }
                break;
            case "blocked":
                this.progressAt = this.clock.now();
                if (seconds >= blockedMinutes * 60) {
                    this.fail(found, blockedMinutes);
                }
                if (seconds >= WARN_SECONDS) {
                    this.warnOnce(found);
                }
                break;
            case "waiting":
                if (this.clock.now() - this.progressAt >= podMinutes * 60_000) {
                    this.fail(found, podMinutes);
                }
        }
        this.say(found.progress);
    }

    private warnOnce(found: Unfinished): void {
        const { blockedMinutes, wanted, warn } = this.args;
        if (!this.enough.meetTrouble(found) && !this.warned.has(found.situation)) {
            warn(
                `${wanted.name}: ${found.reason}. It is waited for, ${blockedMinutes} minutes in all. ` +
                    `Next: ${found.next}`,
            );
        }
        this.warned.add(found.situation);
    }

    private fail(found: Unfinished, afterMinutes?: number): never {
        this.enough.meetTrouble(found);
        const { expected, got, reason, next } = found;
        const after = afterMinutes === undefined ? "" : ` after ${afterMinutes} minutes`;
        throw new Error(
            `${this.args.wanted.name}: expected ${expected}, got ${got}${after}: ${reason}. Next: ${next}`,
        );
    }

    /** Each new revision, each pod that gets ready, and each one that goes begins the time for one pod anew. */
    private note({ set, pods }: RolloutState): void {
        const revision = set?.status?.updateRevision ?? "";
        const ready = pods.filter(isReady).map(uidOf);
        for (const milestone of [`${revision} ${pods.length}`, ...ready]) {
            if (!this.milestones.has(milestone)) {
                this.milestones.add(milestone);
                this.progressAt = this.clock.now();
                this.milestoneAt = this.clock.now();
            }
        }
    }

    private say(progress: string): void {
        if (progress !== this.said) {
            this.said = progress;
            this.args.say(progress);
        }
    }
}
