import assert from "node:assert/strict";
import { type Clock, secondsUntilWhole } from "../../../../lab/faults/recovery";

/** A clock that goes on only where somebody sleeps. */
function fakeClock(): Clock {
    let time = 100;
    return {
        now: () => time,
        sleep: (seconds) => {
            time += seconds;
            return Promise.resolve();
        },
    };
}

/** Waits for something that is whole where a function of the seconds since the beginning says so. */
function wait(isWhole: (seconds: number) => boolean): Promise<number | undefined> {
    const clock = fakeClock();
    const start = clock.now();
    return secondsUntilWhole(() => Promise.resolve(isWhole(clock.now() - start)), clock);
}

describe("seconds until all is whole again", () => {
    it("are none when nothing was ever missed", async () => {
        assert.equal(await wait(() => true), 0);
    });

    it("count to the end of what is missed only after a while", async () => {
        assert.equal(await wait((seconds) => seconds < 9 || seconds >= 20), 20);
    });

    it("count to the last time that something was missed", async () => {
        assert.equal(await wait((seconds) => seconds >= 5 && seconds !== 15), 15.5);
    });

    it("are unknown when it takes more than five minutes", async () => {
        assert.equal(await wait((seconds) => seconds >= 301), undefined);
        assert.equal(await wait((seconds) => seconds >= 299), 299);
    });

    it("go on where nobody answers", async () => {
        const clock = fakeClock();
        let asked = 0;
        const isWhole = () => {
            asked += 1;
            return asked < 3 ? Promise.reject(new Error("no answer")) : Promise.resolve(true);
        };
        assert.equal(await secondsUntilWhole(isWhole, clock), 1);
    });
});
