import assert from "node:assert/strict";
import { identify, isAlive, parseStat } from "../../../lab/cluster/processes";

describe("identity of a process", () => {
    it("reads state and start time behind a name with blanks and parentheses", () => {
        const fields = [
            "S",
            ...Array.from({ length: 18 }, (_, index) => String(index)),
            "4711",
            "0",
        ];
        assert.deepEqual(parseStat(`42 (a) b (c)) ${fields.join(" ")}`), {
            state: "S",
            startTime: "4711",
        });
    });

    describe("on Linux", () => {
        before(function () {
            if (process.platform !== "linux") {
                this.skip();
            }
        });

        it("recognises a running process", () => {
            const identity = identify(process.pid);
            assert.ok(identity);
            assert.ok(isAlive(identity));
        });

        it("does not take a later process with the same pid for the recorded one", () => {
            const identity = identify(process.pid);
            assert.ok(identity);
            assert.ok(!isAlive({ ...identity, startTime: "1" }));
            assert.ok(!isAlive({ ...identity, boot: "another" }));
        });
    });

    it("has none for a process that does not exist", () => {
        assert.equal(identify(2 ** 30), undefined);
    });
});
