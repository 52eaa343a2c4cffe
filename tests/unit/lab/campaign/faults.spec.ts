import assert from "node:assert/strict";
import { FAULTS } from "../../../../lab/campaign/faults/campaign";
import { ROUNDS } from "../../../../lab/campaign/faults/plan";
import { selectRounds } from "../../../../lab/campaign/selection";
import { type FaultGroup, INJECTED } from "../../../../lab/faults/samples";
import { RUN } from "./fixtures";

const injection = {
    stall: 1,
    worstPartitionStall: 1,
    sent: 9,
    acknowledged: 9,
    failed: 0,
    lost: 0,
    duplicates: 0,
    reordered: 0,
    recovery: 10,
};
const round = (group: FaultGroup, outcome: object) => ({
    ...RUN.rounds[0]!,
    round: group,
    group,
    samples: undefined,
    ...outcome,
});

describe("the campaign of the faults", () => {
    const counter = round("counter", { samples: { ...injection, lost: 1 } });
    const run = {
        ...RUN,
        rounds: [
            counter,
            round("zookeeper", { samples: injection }),
            round("claim", { samples: injection }),
            round("disk", { notMeasured: "no space" }),
            round("deploy", { samples: { killedAfter: 3, seconds: 60 } }),
        ],
    };

    it("injects about 20 faults beside those of up, and takes at most 80 minutes", () => {
        const faults = ROUNDS.filter(
            ({ group }) => !["counter", "update", "deploy"].includes(group),
        );
        assert.equal(faults.length, 23);
        const seconds = ROUNDS.reduce((sum, { estimate }) => sum + estimate, 0);
        assert.ok(seconds <= 80 * 60, `${seconds} s`);
    });

    it("kills up at ten moments", () => {
        const killed = ROUNDS.filter(({ group }) => ["update", "deploy"].includes(group));
        assert.equal(killed.length, 10);
    });

    for (const group of INJECTED) {
        it(`proves its counter before it counts losses: ${group}`, () => {
            const [first] = selectRounds(FAULTS, [group]);
            assert.equal(first?.group, "counter");
        });
    }

    it("sums up all faults of all runs, and tells what was not measured", () => {
        const { rows } = FAULTS.tables.results!([run, run]);
        assert.deepEqual(
            rows.map(([fault, times]) => [fault, times]),
            [
                ["kill -9 of ZooKeeper's leader", "2"],
                ["a broker's claim and volume lost", "2"],
                ["a broker's volume full", "not measured: no space"],
                ["all", "4"],
            ],
        );
    });

    it("shows one kind of fault alone, without a sum", () => {
        assert.deepEqual(
            FAULTS.tables.claim!([run]).rows.map(([fault]) => fault),
            ["a broker's claim and volume lost"],
        );
    });

    it("says what became of killed ups", () => {
        assert.deepEqual(FAULTS.tables.up!([run]).rows, [
            ["`up` of a first deployment killed", "1", "3–3 s", "1 of 1", ""],
        ]);
    });

    it("fails for a loss, and not for the one that is planted", () => {
        const lost = round("broker", { samples: { ...injection, lost: 1 } });
        assert.deepEqual(FAULTS.faults!(run), []);
        assert.deepEqual(FAULTS.faults!({ ...run, rounds: [counter, lost] }), [
            "acknowledged messages lost: expected 0, got 1",
        ]);
    });
});
