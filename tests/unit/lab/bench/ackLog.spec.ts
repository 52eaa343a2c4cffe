import assert from "node:assert/strict";
import {
    type Ack,
    duplicateCount,
    lostIds,
    parseAckLog,
    parseMessages,
    reorderedCount,
    stallsOf,
    type StoredMessage,
} from "../../../../lab/bench/ackLog";
import { resultOf } from "../../../../lab/bench/load";
import { checkPlanted } from "../../../../lab/bench/plantedFaults";

/** Messages of partition 0. */
const stored = (...ids: number[]): StoredMessage[] => ids.map((id) => ({ partition: 0, id }));
const ack = (id: number, partition: number, time: number): Ack => ({ id, partition, time });

describe("the log of a load", () => {
    it("is read with its end", () => {
        assert.deepEqual(parseAckLog("0 0 12.500\n1 1 14.000\nend 20.250 3 1\n"), {
            acks: [ack(0, 0, 12.5), ack(1, 1, 14)],
            end: 20.25,
            sent: 3,
            failed: 1,
        });
    });

    it("may be without any acknowledgement", () => {
        assert.deepEqual(parseAckLog("end 20.250 3 3\n").acks, []);
    });

    for (const text of ["", "0 0 12.500\n1 1 14.0"]) {
        it(`is refused without its end: ${JSON.stringify(text)}`, () => {
            assert.throws(() => parseAckLog(text), {
                message: "the load did not come to its end",
            });
        });
    }
});

describe("stalls of a load", () => {
    const log = { sent: 0, failed: 0 };

    it("last while no partition acknowledges anything", () => {
        const acks = [ack(0, 0, 10), ack(1, 1, 20), ack(2, 0, 70), ack(3, 1, 80)];
        assert.deepEqual(stallsOf({ ...log, acks, end: 80 }), { overall: 50, worstPartition: 60 });
    });

    it("do not begin before the first acknowledgement", () => {
        const acks = [ack(0, 0, 500), ack(1, 0, 510)];
        assert.deepEqual(stallsOf({ ...log, acks, end: 510 }), { overall: 10, worstPartition: 10 });
    });

    it("count until the end when nothing follows", () => {
        const acks = [ack(0, 0, 10), ack(1, 0, 20)];
        assert.equal(stallsOf({ ...log, acks, end: 100 }).overall, 80);
    });

    it("are not cut short by the end when an acknowledgement comes after it", () => {
        const acks = [ack(0, 0, 10), ack(1, 0, 150)];
        assert.equal(stallsOf({ ...log, acks, end: 100 }).overall, 140);
    });

    it("are summed up in seconds with what was lost", () => {
        const acks = [ack(0, 0, 0), ack(1, 1, 1500)];
        assert.deepEqual(resultOf({ acks, end: 1500, sent: 3, failed: 1 }, stored(1)), {
            stall: 1.5,
            worstPartitionStall: 1.5,
            sent: 3,
            acknowledged: 2,
            failed: 1,
            lost: 1,
            duplicates: 0,
            reordered: 0,
        });
    });
});

describe("lost messages", () => {
    const acks = [ack(0, 0, 1), ack(1, 1, 2), ack(10, 0, 3)];

    it("are those that were acknowledged and are not there", () => {
        assert.deepEqual(lostIds(acks, stored(1)), [0, 10]);
    });

    it("are none when more is there than was acknowledged, or some of it twice", () => {
        assert.deepEqual(lostIds(acks, stored(10, 0, 1, 1, 2)), []);
    });
});

describe("messages stored twice", () => {
    it("are counted as often as they are too many", () => {
        assert.equal(duplicateCount(stored(1, 2, 1, 3, 1)), 2);
        assert.equal(duplicateCount(stored(1)), 0);
    });
});

describe("messages out of order", () => {
    it("are those behind a later one, each once", () => {
        assert.equal(reorderedCount(stored(0, 24, 12, 36)), 1);
        assert.equal(reorderedCount(stored(36, 0, 12, 24)), 3);
    });

    it("are none where partitions alternate, or where a message is there once more", () => {
        const other = { partition: 1, id: 1 };
        assert.equal(reorderedCount([...stored(0, 12), other, ...stored(24, 12)]), 0);
    });
});

describe("the messages of a topic", () => {
    it("are read with their partition", () => {
        assert.deepEqual(parseMessages("0 12\n11 23\n"), [
            { partition: 0, id: 12 },
            { partition: 11, id: 23 },
        ]);
        assert.deepEqual(parseMessages(""), []);
    });
});

describe("the counter of losses", () => {
    const found = { stall: 0, worstPartitionStall: 0, sent: 3, acknowledged: 3, failed: 0 };

    it("has to find what was planted", () => {
        checkPlanted({ ...found, lost: 1, duplicates: 1, reordered: 1 });
    });

    for (const [lost, duplicates, reordered] of [
        [0, 1, 1],
        [1, 0, 1],
        [1, 1, 0],
        [2, 1, 1],
    ] as const) {
        const got = `${lost} lost, ${duplicates} twice and ${reordered} out of order`;
        it(`is not believed with ${got}`, () => {
            assert.throws(() => checkPlanted({ ...found, lost, duplicates, reordered }), {
                message:
                    "counter of losses: expected what was planted, 1 lost, 1 twice and 1 out of order, " +
                    `got ${got}`,
            });
        });
    }
});
