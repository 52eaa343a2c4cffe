import assert from "node:assert/strict";
import { showChange, showProperty } from "../../../../tools/impact/fields";

const LONG = "0123456789".repeat(10);

describe("showChange", () => {
    for (const [title, from, to, shownFrom, shownTo] of [
        ["short values", "a", "b", "a", "b"],
        ["no value", undefined, { a: 1 }, "-", '{"a":1}'],
        [
            "a difference at the beginning",
            `a${LONG}`,
            `b${LONG}`,
            `a${LONG.slice(0, 58)}…`,
            `b${LONG.slice(0, 58)}…`,
        ],
        [
            "a difference in the middle",
            `${LONG}a${LONG}`,
            `${LONG}b${LONG}`,
            `…1234567890123456789a${LONG.slice(0, 38)}…`,
            `…1234567890123456789b${LONG.slice(0, 38)}…`,
        ],
        [
            "a difference at the end",
            `${LONG}a`,
            `${LONG}b`,
            `…${LONG.slice(-58)}a`,
            `…${LONG.slice(-58)}b`,
        ],
        [
            "more at the end",
            LONG,
            `${LONG},more`,
            `…${LONG.slice(-54)}`,
            `…${LONG.slice(-54)},more`,
        ],
        ["blanks", "a\nb", "a b", '"a\\nb"', '"a b"'],
    ] as const) {
        it(`shows ${title}`, () => {
            assert.deepEqual(showChange(from, to), { from: shownFrom, to: shownTo });
        });
    }

    it("hides passwords, and whether there is one it does not", () => {
        const hidden = { from: "-", to: "(hidden)" };
        assert.deepEqual(showProperty("ssl.keystore.password", undefined, "a"), hidden);
        assert.deepEqual(showProperty("num.io.threads", undefined, "1"), { from: "-", to: "1" });
    });
});
