import assert from "node:assert/strict";
import { withDeadline } from "../../../../tools/cli/deadline";
import { TimeoutError } from "../../../../tools/cli/errors";

describe("withDeadline", () => {
    const never = new Promise<never>(() => undefined);
    /** Settles after a timer of no time that was set when it was called. */
    const soon = () =>
        new Promise<string>((resolve) => setTimeout(() => setTimeout(() => resolve("done"), 1), 1));

    it("says what was waited for, and for how long", () =>
        assert.rejects(
            withDeadline(never, 10, "the broker", "read its log"),
            (error) =>
                error instanceof TimeoutError &&
                error.message === "timed out after 0 s waiting for the broker" &&
                error.next === "read its log",
        ));

    // Node takes a longer time than its timers know for no time at all.
    for (const limit of [Infinity, 2 ** 31, 1e12]) {
        it(`waits for ${limit} ms`, async () =>
            assert.equal(await withDeadline(soon(), limit, "it"), "done"));
    }
});
