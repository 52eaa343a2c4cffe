import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { beginOrGoOn } from "../../../../lab/campaign/begin";
import { checkUnchanged, writeDown } from "../../../../lab/campaign/finish";
import { readRuns } from "../../../../lab/campaign/rawFile";
import { runRounds } from "../../../../lab/campaign/run";
import { RunState } from "../../../../lab/campaign/state";
import {
    campaignOf,
    commit,
    measured,
    put,
    repository,
    roundsOf,
    RUN,
    temporaryDirectory,
} from "./fixtures";

const NONE = { anew: false, allowDirty: false };
const ROUNDS = roundsOf("a", "b");
const CAMPAIGN = campaignOf(ROUNDS, ({ name }) => measured(name));

describe("the beginning of a campaign", () => {
    let root: string;
    let state: RunState;
    let committed: string;
    before(() => {
        committed = repository();
    });
    beforeEach(() => {
        root = temporaryDirectory();
        cpSync(committed, root, { recursive: true });
        state = new RunState(join(temporaryDirectory(), "state"));
    });
    const begin = (options: object = {}, rounds = ROUNDS) => {
        const lines: string[] = [];
        const say = (line: string) => lines.push(line);
        beginOrGoOn({
            root,
            campaign: CAMPAIGN,
            rounds,
            state,
            options: { ...NONE, ...options },
            say,
        });
        return lines;
    };
    const endFirstRound = () =>
        state.save({ round: "a", group: "a", started: "", seconds: 1, load: 0, samples: 1 });

    it("refuses changes of the subject that are not committed, new files among them", () => {
        put(root, "program/new.ts", "new");
        assert.throws(() => begin(), {
            name: "RefusedError",
            message: "program/new.ts: expected as committed, got changes",
            next: "commit them, or --allow-dirty, or --only, which writes nothing",
        });
        put(root, "program/index.ts", "two");
        assert.throws(() => begin(), { message: /\(and 1 more\)$/ });
    });

    it("does not mind changes elsewhere", () => {
        put(root, "other/index.ts", "two");
        begin();
        assert.equal(state.header?.dirty, false);
    });

    it("takes changes where it is told to, and tells it", () => {
        put(root, "program/index.ts", "two");
        begin({ allowDirty: true });
        assert.equal(state.header?.dirty, true);
    });

    it("takes changes where nothing is written", () => {
        put(root, "program/index.ts", "two");
        begin({ only: ["a"] });
        assert.equal(state.header?.dirty, true);
    });

    it("has the seed that is given, or a new one", () => {
        begin({ seed: 7 });
        assert.equal(state.header?.seed, 7);
        begin({ anew: true });
        assert.notEqual(state.header?.seed, 7);
    });

    it("goes on with an unfinished run of the same", () => {
        begin();
        endFirstRound();
        const [line] = begin();
        assert.match(
            line!,
            /^campaign test: goes on with an unfinished run \(1 of 2 rounds, begun /,
        );
        assert.equal(state.recordOf("a")?.samples, 1);
    });

    for (const [what, change, difference] of [
        [
            "another commit",
            () => (put(root, "other/x", "x"), commit(root)),
            /: expected commit \w{7}, got \w{7}$/,
        ],
        [
            "a changed subject",
            () => put(root, "program/index.ts", "two"),
            /: expected program as when it began, got changes$/,
        ],
    ] as const) {
        it(`refuses to go on with ${what}, unless it is told to begin anew`, () => {
            begin();
            endFirstRound();
            change();
            assert.throws(() => begin({ allowDirty: true }), {
                name: "RefusedError",
                message: difference,
            });
            begin({ allowDirty: true, anew: true });
            assert.equal(state.recordOf("a"), undefined);
        });
    }

    it("has nothing to go on with before a round has ended", () => {
        begin({ seed: 7 });
        assert.deepEqual(begin({ seed: 8 }), []);
        assert.equal(state.header?.seed, 8);
    });

    it("refuses to go on with other rounds or another seed", () => {
        begin({ seed: 7 });
        endFirstRound();
        assert.throws(() => begin({ seed: 8 }), { message: /: expected seed 8, got 7$/ });
        assert.throws(() => begin({}, roundsOf("a", "b", "c")), {
            message: /: expected the same rounds, got others$/,
        });
    });

    it("is written down at the end unless the subject has changed meanwhile", async () => {
        begin();
        const interrupted = new AbortController().signal;
        const result = await runRounds({
            campaign: CAMPAIGN,
            rounds: ROUNDS,
            state,
            interrupted,
            say: () => undefined,
        });
        checkUnchanged(root, CAMPAIGN, ROUNDS, state);
        assert.equal(
            writeDown(root, CAMPAIGN, result, { append: false }),
            "docs/campaigns/test.json",
        );
        assert.deepEqual(readRuns(root, "test"), [result]);
        put(root, "program/index.ts", "two");
        assert.throws(() => checkUnchanged(root, CAMPAIGN, ROUNDS, state), {
            message:
                "test is done, and not written down: expected program as when it began, got changes",
        });
    });
});

describe("the raw file of a campaign", () => {
    it("has one run, or more of the same subject", () => {
        const root = temporaryDirectory();
        const write = (run: typeof RUN, append: boolean) =>
            writeDown(root, CAMPAIGN, run, { append });
        write(RUN, true);
        write({ ...RUN, seed: 8 }, true);
        assert.deepEqual(
            readRuns(root, "test").map(({ seed }) => seed),
            [7, 8],
        );
        const other = { ...RUN, subject: { program: "bbbb" } };
        assert.throws(() => write(other, true), {
            message:
                "--append: expected runs of the same subject, got program changed since 0123456",
        });
        write(other, false);
        assert.deepEqual(readRuns(root, "test"), [other]);
    });
});
