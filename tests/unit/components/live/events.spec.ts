import assert from "node:assert/strict";
import type { CoreV1Event } from "@kubernetes/client-node";
import { isWarning, newestEvent } from "../../../../components/live/events";

/** An event with the times that its component writes. */
function event(message: string, times: object, type = "Warning"): CoreV1Event {
    return { metadata: {}, involvedObject: { uid: "u" }, message, type, ...times };
}

describe("newest event", () => {
    it("is found by whatever time its component writes, as a text or a date", () => {
        const events = [
            event("first", { lastTimestamp: "2026-01-01T00:00:00Z" }),
            event("second", { lastTimestamp: null, eventTime: "2026-01-01T00:01:00.000000Z" }),
            event("third", {
                eventTime: "2026-01-01T00:00:00.000000Z",
                series: { lastObservedTime: new Date("2026-01-01T00:02:00Z") },
            }),
        ];
        for (const [count, message] of [
            [1, "first"],
            [2, "second"],
            [3, "third"],
        ] as const) {
            const some = events.slice(0, count);
            assert.equal(newestEvent(some, "u")?.message, message);
            assert.equal(newestEvent(some.reverse(), "u")?.message, message);
        }
    });

    it("is of the object and of the sort that is asked for", () => {
        const lastTimestamp = "2026-01-01T00:00:00Z";
        const events = [event("warning", { lastTimestamp }), event("normal", {}, "Normal")];
        assert.equal(newestEvent(events, "u", isWarning)?.message, "warning");
        assert.equal(newestEvent(events, "v"), undefined);
        assert.equal(newestEvent([], "u"), undefined);
    });
});
