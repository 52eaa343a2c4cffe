import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { allEnded } from "../../../../components/live/afterwards";
import { takeRejections } from "../../../support/rejections";

/** An output, and how it comes to its end. */
function pending() {
    let resolve = () => {};
    let reject: (error: Error) => void = resolve;
    const promise = new Promise<void>((...ends) => ([resolve, reject] = ends));
    return { output: pulumi.output(promise), resolve, reject };
}

/** What was logged as an error meanwhile. */
async function loggedBy(act: () => Promise<unknown>): Promise<string[]> {
    const logged: string[] = [];
    const { error } = pulumi.log;
    (pulumi.log as { error: unknown }).error = (text: string) => logged.push(text);
    try {
        await act();
    } finally {
        (pulumi.log as { error: unknown }).error = error;
    }
    return logged;
}

describe("allEnded", () => {
    // The SDK rejects more promises of an output than its value.
    afterEach(takeRejections);

    it("waits for what still runs, after another one has failed", async () => {
        const [first, second] = [pending(), pending()];
        const events: string[] = [];
        const end = allEnded([first.output, second.output]).catch(({ message }: Error) =>
            events.push(message),
        );
        first.reject(new Error("no"));
        await new Promise((resolve) => setImmediate(resolve));
        events.push("second ends");
        second.resolve();
        await end;
        assert.deepEqual(events, ["second ends", "no"]);
    });

    it("fails with the first one of the list, and logs the others once", async () => {
        const [first, second, third] = [pending(), pending(), pending()];
        const logged = await loggedBy(async () => {
            const end = allEnded([first, second, third, second].map(({ output }) => output));
            third.reject(new Error("third"));
            second.reject(new Error("second"));
            first.reject(new Error("first"));
            await assert.rejects(end, { message: "first" });
        });
        assert.deepEqual(logged, ["second", "third"]);
    });

    it("fails where none but the last one has failed", async () => {
        const last = pending();
        last.reject(new Error("last"));
        await assert.rejects(allEnded([pulumi.output(1), last.output]), { message: "last" });
    });
});
