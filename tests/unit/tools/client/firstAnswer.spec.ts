import assert from "node:assert/strict";
import { firstAnswer } from "../../../../tools/client/firstAnswer";

const NEVER = new Promise<string>(() => undefined);

/** Asks, and remembers who was asked. */
function asking(answers: Readonly<Record<string, Promise<string>>>) {
    const asked: string[] = [];
    const ask = (candidate: string) => {
        asked.push(candidate);
        return answers[candidate]!;
    };
    return { asked, ask, candidates: Object.keys(answers) };
}

describe("firstAnswer", () => {
    it("asks nobody else when the first one answers", async () => {
        const { asked, ask, candidates } = asking({ a: Promise.resolve("yes"), b: NEVER });
        assert.equal(await firstAnswer(candidates, ask, 60_000), "yes");
        assert.deepEqual(asked, ["a"]);
    });

    it("goes on at once after a failure, and after a while without an answer", async () => {
        const { asked, ask, candidates } = asking({
            a: Promise.reject(new Error("refused")),
            b: NEVER,
            c: Promise.resolve("yes"),
            d: NEVER,
        });
        assert.equal(await firstAnswer(candidates, ask, 1), "yes");
        assert.deepEqual(asked, ["a", "b", "c"]);
    });

    it("fails with the first failure when all have failed", async () => {
        const { asked, ask, candidates } = asking({
            a: Promise.reject(new Error("refused")),
            b: Promise.reject(new Error("gone")),
        });
        await assert.rejects(firstAnswer(candidates, ask, 60_000), new Error("refused"));
        assert.deepEqual(asked, ["a", "b"]);
    });
});
