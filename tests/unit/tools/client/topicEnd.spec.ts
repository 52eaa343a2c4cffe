import assert from "node:assert/strict";
import { TopicEnd } from "../../../../tools/client/topicEnd";

const OFFSETS = [
    { partition: 0, low: "0", high: "2" },
    { partition: 1, low: "5", high: "5" },
    { partition: 2, low: "9007199254740993", high: "9007199254740995" },
];

describe("TopicEnd", () => {
    it("is reached where nothing is there", () => {
        assert.ok(new TopicEnd([]).isReached);
        assert.ok(new TopicEnd([{ partition: 0, low: "7", high: "7" }]).isReached);
    });

    it("is reached once every partition that has messages is read", () => {
        const end = new TopicEnd(OFFSETS);
        end.note(0, "0");
        end.note(2, "9007199254740993");
        assert.ok(!end.isReached);
        end.note(0, "1");
        assert.ok(!end.isReached);
        end.note(2, "9007199254740994");
        assert.ok(end.isReached);
    });

    it("is reached by an offset behind it, as one batch may go on", () => {
        const end = new TopicEnd(OFFSETS.slice(0, 1));
        end.note(0, "10");
        assert.ok(end.isReached);
    });

    it("knows which messages were there", () => {
        const end = new TopicEnd(OFFSETS);
        assert.deepEqual(
            [
                end.includes(0, "1"),
                end.includes(0, "2"),
                end.includes(1, "5"),
                end.includes(3, "0"),
            ],
            [true, false, false, false],
        );
        assert.ok(end.includes(2, "9007199254740994"));
        assert.ok(!end.includes(2, "9007199254740995"));
    });
});
