import assert from "node:assert/strict";
import { consume } from "../../../../tools/client/consume";
import { createKafka } from "../../../../tools/client/kafka";
import { JOIN_GROUP, startLeader } from "./fakeBroker";

const READ = { topic: "orders", fromBeginning: true, onMessage: () => undefined };

describe("consume", () => {
    // kafkajs alone gives up after its retries, of which there are none here.
    it("goes on while the group's coordinator loads", async () => {
        const ended = new AbortController();
        let joins = 0;
        const { server, address } = await startLeader((key) => {
            joins += key === JOIN_GROUP ? 1 : 0;
            if (joins === 2) {
                ended.abort();
            }
        });
        try {
            const kafka = createKafka({ bootstrap: [address], retries: 0 });
            const consumed = await consume(kafka, {
                ...READ,
                timeoutMs: Infinity,
                signal: ended.signal,
            });
            assert.deepEqual(consumed, { received: 0, timedOut: false });
        } finally {
            server.close();
        }
    });

    it("says that the coordinator loads when time is up", async () => {
        let joins = 0;
        const { server, address } = await startLeader(
            (key) => (joins += Number(key === JOIN_GROUP)),
        );
        try {
            const kafka = createKafka({ bootstrap: [address], retries: 0 });
            // On a busy machine time may be up before the first answer, of which there is nothing to say.
            for (let timeoutMs = 500; joins < 2; timeoutMs *= 2) {
                joins = 0;
                const text = await consume(kafka, { ...READ, timeoutMs }).then(String, String);
                assert.ok(joins < 2 || text.includes("The coordinator is loading"), text);
            }
        } finally {
            server.close();
        }
    });
});
