import assert from "node:assert/strict";
import { BENCH } from "../../../../lab/campaign/bench/campaign";
import { ROUNDS } from "../../../../lab/campaign/bench/plan";
import { samplesOf } from "../../../../lab/campaign/bench/tables";
import { type Group, NO_SAMPLES } from "../../../../lab/bench/samples";
import { RUN } from "./fixtures";

const load = {
    stall: 0.5,
    worstPartitionStall: 1,
    sent: 9,
    acknowledged: 9,
    failed: 0,
    lost: 0,
    duplicates: 0,
    reordered: 0,
};
const round = (group: Group, samples: unknown) => ({
    ...RUN.rounds[0]!,
    round: group,
    group,
    samples,
});

describe("the campaign of the benchmarks", () => {
    const run = {
        ...RUN,
        rounds: [
            round("roll", { side: "ours", duration: 50, ...load }),
            { ...RUN.rounds[0]!, group: "preview", samples: undefined, notMeasured: "no host" },
        ],
    };

    it("has rounds of every group that there are samples of", () => {
        assert.deepEqual(
            new Set(ROUNDS.map(({ group }) => group)),
            new Set(Object.keys(NO_SAMPLES)),
        );
    });

    it("takes what all runs have measured together", () => {
        assert.equal(samplesOf([run, run]).roll.length, 2);
        assert.deepEqual(samplesOf([run]).preview, []);
    });

    it("tells in its tables what was not measured, and why", () => {
        assert.deepEqual(BENCH.tables.preview!([run]).rows, [["preview", "not measured: no host"]]);
        assert.deepEqual(BENCH.tables.results!([run]).rows.at(0), [
            "preview",
            "not measured: no host",
        ]);
    });

    it("says what ran", () => {
        assert.deepEqual(BENCH.tables.run!([run]), {
            head: ["what", "2026-11-30"],
            rows: [
                ["Node.js", "24.21.0"],
                ["seed", "7"],
                ["attempts that failed and were run again", "0"],
            ],
        });
    });

    it("fails when our deployment has lost a message, and not when another one has", () => {
        const lost = (side: string) => ({
            ...run,
            rounds: [round("roll", { side, duration: 50, ...load, lost: 1 })],
        });
        assert.deepEqual(BENCH.faults!(run), []);
        assert.deepEqual(BENCH.faults!(lost("reference")), []);
        assert.deepEqual(BENCH.faults!(lost("ours")), [
            "acknowledged messages lost: expected 0, got 1",
        ]);
    });
});
