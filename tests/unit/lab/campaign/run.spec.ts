import assert from "node:assert/strict";
import { join } from "node:path";
import { InterruptedError, RoundFailedError } from "../../../../lab/campaign/errors";
import type { OpenCampaign } from "../../../../lab/campaign/campaign";
import { runRounds } from "../../../../lab/campaign/run";
import { runRound, StuckRoundError } from "../../../../lab/campaign/runRound";
import { type Beginning, RunState } from "../../../../lab/campaign/state";
import { campaignOf, measured, roundsOf, RUN, temporaryDirectory } from "./fixtures";

const BEGINNING: Beginning = {
    identity: { commit: RUN.commit, subject: RUN.subject, rounds: "bbbb" },
    dirty: false,
    started: RUN.started,
    seed: 7,
    machine: RUN.machine,
};

describe("a run of a campaign", () => {
    const root = temporaryDirectory();
    let count = 0;
    const newState = () => {
        const state = new RunState(join(root, String(count++)));
        state.begin(BEGINNING);
        return state;
    };
    const run = async (
        state: RunState,
        round: OpenCampaign["run"],
        { interrupted = new AbortController().signal, close = () => Promise.resolve() } = {},
    ) => {
        const lines: string[] = [];
        const rounds = roundsOf("a", "b", "c");
        const campaign = campaignOf(rounds, round, {
            open: () => Promise.resolve({ run: round, close }),
        });
        const args = {
            campaign,
            rounds,
            state,
            interrupted,
            say: (line: string) => lines.push(line),
        };
        try {
            return { lines, result: await runRounds(args) };
        } catch (error) {
            return { lines, error };
        }
    };

    it("has all rounds in their order, with what was known when it began", async () => {
        const { result, lines } = await run(newState(), ({ name }) => measured(name));
        assert.equal(result?.seed, 7);
        assert.equal(result.commit, RUN.commit);
        assert.deepEqual(
            result.rounds.map(({ round, samples }) => ({ round, samples })),
            ["a", "b", "c"].map((name) => ({ round: name, samples: name })),
        );
        assert.equal(typeof result.rounds[0]!.load, "number");
        assert.equal(lines[0], "round 1 of 3, less than a minute left: a");
    });

    it("gives a round the same random numbers in whichever process it runs", async () => {
        const numbers = async () =>
            (await run(newState(), (_, { random }) => measured([random(), random()]))).result!
                .rounds;
        const [one, two] = [await numbers(), await numbers()];
        assert.deepEqual(
            one.map(({ samples }) => samples),
            two.map(({ samples }) => samples),
        );
        assert.notDeepEqual(one[0]!.samples, one[1]!.samples);
    });

    it("keeps why something was not measured, and learns no time from it", async () => {
        const { result } = await run(newState(), () => Promise.resolve({ notMeasured: "no host" }));
        assert.deepEqual(
            result!.rounds.map(({ notMeasured }) => notMeasured),
            Array(3).fill("no host"),
        );
    });

    it("tries a round again that failed, with everything opened anew, and keeps that it failed", async () => {
        let closed = 0;
        let tries = 0;
        const round: OpenCampaign["run"] = ({ name }) =>
            name === "b" && ++tries === 1 ? Promise.reject(new Error("no")) : measured(name);
        const close = () => Promise.resolve(void closed++);
        const { result } = await run(newState(), round, { close });
        assert.deepEqual(
            result!.failures.map((failure) => [failure.round, failure.message]),
            [["b", "no"]],
        );
        assert.equal(closed, 2);
    });

    it("ends with a round that failed twice, and goes on with it", async () => {
        const state = newState();
        const { error } = await run(state, ({ name }) =>
            name === "b" ? Promise.reject(new Error("no")) : measured(1),
        );
        assert.ok(error instanceof RoundFailedError);
        assert.equal(error.message, "b: expected to end, got no");
        assert.deepEqual(await namesRun(state), ["b", "c"]);
    });

    it("ends after Ctrl-C behind the round that runs, and goes on behind it", async () => {
        const state = newState();
        const controller = new AbortController();
        let closed = false;
        const { error } = await run(
            state,
            ({ name }) => {
                controller.abort();
                return measured(name);
            },
            { interrupted: controller.signal, close: () => Promise.resolve(void (closed = true)) },
        );
        assert.ok(error instanceof InterruptedError);
        assert.ok(closed);
        assert.deepEqual(await namesRun(state), ["b", "c"]);
    });

    it("does not count a round as failed that Ctrl-C has ended", async () => {
        const state = newState();
        const controller = new AbortController();
        await run(
            state,
            (_, { signal }) => {
                controller.abort();
                return Promise.reject(new Error(`ended: ${signal.aborted}`));
            },
            { interrupted: controller.signal },
        );
        assert.deepEqual(state.failures, []);
        assert.deepEqual(await namesRun(state), ["a", "b", "c"]);
    });

    it("refuses other versions than those of its earlier rounds", () => {
        const state = newState();
        state.note({ Kafka: "3.5.2" });
        state.note({ Kafka: "3.5.2", Kubernetes: "v1.34.4" });
        assert.throws(() => state.note({ Kafka: "4.0.0" }), {
            message: "Kafka: expected 3.5.2, as in the rounds that are done, got 4.0.0",
        });
    });

    async function namesRun(state: RunState): Promise<string[]> {
        const names: string[] = [];
        await run(state, ({ name }) => {
            names.push(name);
            return measured(name);
        });
        return names;
    }
});

describe("a round", () => {
    const context = {
        interrupted: new AbortController().signal,
        random: () => 0.5,
        say: () => undefined,
    };
    const round = { name: "a", group: "a", estimate: 0.01, limit: 0.02 };
    const open = (run: OpenCampaign["run"]): OpenCampaign => ({
        run,
        close: () => Promise.resolve(),
    });

    it("is told to end when its time is up, and has failed", async () => {
        const waits = open(
            (_, { signal }) =>
                new Promise((_resolve, reject) => {
                    signal.onabort = () => reject(new Error("ended"));
                }),
        );
        await assert.rejects(runRound(waits, round, context), {
            message: "a: expected to end within 0.02 s, got more",
        });
    });

    it("is left alone when it does not end then either", async () => {
        const hangs = open(() => new Promise(() => undefined));
        await assert.rejects(runRound(hangs, round, { ...context, graceMs: 20 }), StuckRoundError);
    });
});
