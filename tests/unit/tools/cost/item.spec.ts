import assert from "node:assert/strict";
import { hundredths } from "../../../../tools/cost/item";

describe("hundredths", () => {
    for (const [value, expected] of [
        [16.425, 16.43],
        [1.005, 1.01],
        [0.1 + 0.2, 0.3],
        [0.004, 0],
        [1043.52, 1043.52],
    ] as const) {
        it(`makes ${expected} of ${value}`, () => assert.equal(hundredths(value), expected));
    }
});
