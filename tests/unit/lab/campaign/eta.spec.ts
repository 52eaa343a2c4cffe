import assert from "node:assert/strict";
import { describeLeft, secondsLeft } from "../../../../lab/campaign/eta";
import { roundsOf } from "./fixtures";

const ended = (group: string, estimate: number, seconds: number) => ({ group, estimate, seconds });

describe("time that is left", () => {
    const pending = roundsOf("roll-2", "roll-3", "node-1");

    it("is what was estimated before any round has ended", () => {
        assert.equal(secondsLeft(pending, []), 30);
    });

    it("follows the rounds of the same group, and all where there are none", () => {
        // Rolls take twice as long as estimated; all together 1.5 times as long.
        const rounds = [ended("roll", 10, 20), ended("lab", 10, 10)];
        assert.equal(secondsLeft(pending, rounds), 20 + 20 + 15);
    });

    it("is none when nothing is pending", () => {
        assert.equal(secondsLeft([], [ended("roll", 10, 20)]), 0);
    });

    for (const [seconds, text] of [
        [0, "less than a minute left"],
        [59, "less than a minute left"],
        [60, "about 1 minute left"],
        [1_860, "about 31 minutes left"],
    ] as const) {
        it(`of ${seconds} s is shown as "${text}"`, () => {
            assert.equal(describeLeft(seconds), text);
        });
    }
});
