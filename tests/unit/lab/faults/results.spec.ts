import assert from "node:assert/strict";
import {
    type AllFaults,
    injectionRow,
    lossBound,
    reactionRows,
    upRow,
    violationsOf,
} from "../../../../lab/faults/results";
import type { FullStart, Injection, KilledUp } from "../../../../lab/faults/samples";

const injection = (more: Partial<Injection> = {}): Injection => ({
    stall: 1,
    worstPartitionStall: 2,
    sent: 110,
    acknowledged: 100,
    failed: 10,
    lost: 0,
    duplicates: 0,
    reordered: 0,
    recovery: 20,
    ...more,
});
const victim = { broker: 0, isController: false };
const killedUp = (more: Partial<KilledUp> = {}): KilledUp => ({
    killedAfter: 10,
    seconds: 60,
    ...more,
});
const drain = (brokersGone: number, zookeepersGone: number) => ({
    ...injection(),
    brokersGone,
    zookeepersGone,
});
const fullStart = (more: Partial<FullStart> = {}): FullStart => ({
    ...injection(),
    ...victim,
    said: "kafka-0: expected at least 25 MiB free on its volume, got 0 MiB: on a full one Kafka would lose its indexes",
    ...more,
});
const NONE: AllFaults = {
    broker: [],
    zookeeper: [],
    pause: [],
    hang: [],
    node: [],
    drain: [],
    claim: [],
    disk: [],
    startup: [],
    update: [],
    deploy: [],
};

describe("results of faults", () => {
    it("are sums of messages, and the worst of times", () => {
        const rows = [
            injection(),
            injection({ stall: 12.5, lost: 1, duplicates: 2, reordered: 3 }),
        ];
        assert.deepEqual(injectionRow("a fault", rows), [
            "a fault",
            "2",
            "200",
            "1",
            "2",
            "3",
            "20",
            "12.50 s (1.00–12.50)",
            "20.00 s",
            "lost in 1 of 2",
        ]);
    });

    it("tell how often Kafka was not whole again", () => {
        const broken = injection({ recovery: undefined });
        assert.equal(injectionRow("", [injection(), broken])[8], "20.00 s; 1 not within 300 s");
        assert.equal(injectionRow("", [broken])[8], "1 not within 300 s");
    });

    for (const [times, bound] of [
        [1, "≤ 100 %"],
        [3, "≤ 100 %"],
        [6, "≤ 50 %"],
        [200, "≤ 1.5 %"],
    ] as const) {
        it(`bound the probability of a loss by ${bound} after ${times} without one`, () => {
            assert.equal(lossBound(Array.from({ length: times }, () => injection())), bound);
        });
    }

    it("have what follows from some faults, with its target", () => {
        const hang = { ...injection(), ...victim };
        assert.deepEqual(
            reactionRows({
                ...NONE,
                hang: [{ ...hang, notReady: 60, restarted: 170 }],
                drain: [drain(1, 0), drain(2, 1)],
                disk: [{ ...injection(), ...victim, stopped: 3 }],
                startup: [
                    fullStart(),
                    fullStart({ said: "locked" }),
                    fullStart({ said: undefined }),
                ],
            }),
            [
                ["a broker hangs: not ready after", "60.00 s", "", ""],
                ["a broker hangs: restarted after", "170.00 s", "≤ 180 s", "yes"],
                ["a volume is full: the broker ends after", "3.00 s", "", ""],
                ["a broker starts on a full volume: `up` says so", "1 of 3", "all", "no"],
                ["two drains: brokers that went", "2", "≤ 1", "no"],
                ["two drains: members of ZooKeeper that went", "1", "≤ 1", "yes"],
            ],
        );
        assert.deepEqual(reactionRows({ ...NONE, hang: [hang, { ...hang, restarted: 100 }] }), [
            ["a broker hangs: not ready after", "2 of 2 never", "", ""],
            ["a broker hangs: restarted after", "100.00 s; 1 of 2 never", "≤ 180 s", "no"],
        ]);
        assert.deepEqual(reactionRows(NONE), []);
    });

    it("have each reason of an up that did not go through once", () => {
        const fault = "it exists already";
        const killed = [killedUp(), killedUp({ killedAfter: 44.6, fault }), killedUp({ fault })];
        assert.deepEqual(upRow("up", killed), ["up", "3", "10–45 s", "1 of 3", fault]);
    });
});

describe("violations", () => {
    it("are none where nothing is lost and all goes on", () => {
        const found = {
            ...NONE,
            broker: [{ ...injection(), ...victim }],
            drain: [drain(1, 1)],
            startup: [fullStart()],
        };
        assert.deepEqual(violationsOf({ ...found, deploy: [killedUp()] }), []);
    });

    for (const [what, found, violation] of [
        [
            "a lost message of any fault",
            {
                claim: [injection({ lost: 1 })],
                update: [{ ...injection({ lost: 2 }), ...killedUp() }],
            },
            "acknowledged messages lost: expected 0, got 3",
        ],
        [
            "a Kafka that is not whole again",
            { zookeeper: [injection({ recovery: undefined })] },
            "faults after which Kafka was not whole again: expected 0, got 1",
        ],
        [
            "two brokers that drains take",
            { drain: [drain(2, 1)] },
            "pods of an application that two drains took: expected 1, got 2",
        ],
        [
            "an up that does not go through",
            { deploy: [killedUp({ fault: "locked" }), killedUp()] },
            "up after a fault: expected to go through, got 1 that did not: locked",
        ],
        [
            "an up that does not go through when a volume is free again",
            { startup: [fullStart({ fault: "locked" })] },
            "up after a fault: expected to go through, got 1 that did not: locked",
        ],
        [
            "a full volume that up does not name",
            { startup: [fullStart({ said: "locked" })] },
            "up with a full volume: expected to be told so, got locked",
        ],
        [
            "an up that goes through although a broker starts on a full volume",
            { startup: [fullStart({ said: undefined })] },
            "up with a full volume: expected to be told so, got none that failed",
        ],
    ] as const) {
        it(`are ${what}`, () => {
            assert.deepEqual(violationsOf({ ...NONE, ...found }), [violation]);
        });
    }
});
