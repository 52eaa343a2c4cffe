import assert from "node:assert/strict";
import { measurePair, type Side } from "../../../../lab/bench/pair";

describe("both sides of a comparison", () => {
    for (const [random, order] of [
        [0.2, ["ours", "reference"]],
        [0.7, ["reference", "ours"]],
    ] as const) {
        it(`are measured one after the other, ${order[0]} first by ${random}`, async () => {
            const begun: Side[] = [];
            const measure = (side: Side, value: number) => () => {
                begun.push(side);
                return Promise.resolve(value);
            };
            const pair = await measurePair(() => random, {
                ours: measure("ours", 1),
                reference: measure("reference", 2),
            });
            assert.deepEqual(pair, { ours: 1, reference: 2 });
            assert.deepEqual(begun, order);
        });
    }
});
