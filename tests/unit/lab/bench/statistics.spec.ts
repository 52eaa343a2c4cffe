import assert from "node:assert/strict";
import { longestGap, median } from "../../../../lab/bench/statistics";

describe("statistics of the benchmarks", () => {
    it("takes the middle number, whatever the order", () => {
        assert.equal(median([9, 1, 5]), 5);
    });

    it("takes the mean of the two middle numbers of an even count", () => {
        assert.equal(median([4, 1, 3, 100]), 3.5);
    });

    it("refuses the median of nothing", () => {
        assert.throws(() => median([]), { message: "the median of no numbers" });
    });

    it("leaves the numbers as they are", () => {
        const values = [3, 1, 2];
        median(values);
        longestGap(values);
        assert.deepEqual(values, [3, 1, 2]);
    });

    for (const [times, gap] of [
        [[], 0],
        [[7], 0],
        [[0, 2, 4, 10, 11], 6],
        [[11, 0, 10, 4, 2], 6],
    ] as const) {
        it(`finds the longest gap of ${JSON.stringify(times)}`, () => {
            assert.equal(longestGap(times), gap);
        });
    }
});
