import assert from "node:assert/strict";
import { SecurityError, SilentPortError } from "../../../../tools/client/errors";
import { createKafka, retriesWithin } from "../../../../tools/client/kafka";
import { produce } from "../../../../tools/client/produce";
import { Authority } from "../../../support/certificates";
import { startHungBroker, startSecureBroker } from "./fakeBroker";

const MESSAGE = { topic: "orders", value: "Hello", timeoutMs: 200 };

describe("retriesWithin", () => {
    it("leaves time for the reason of the last failure", () =>
        assert.deepEqual(
            [100, 500, 1_000, 2_500, 5_000, 10_000].map(retriesWithin),
            [0, 1, 2, 3, 4, 5],
        ));

    it("is as often as ever without a limit", () => assert.equal(retriesWithin(Infinity), 5));
});

describe("produce, when time is up", () => {
    it("names a port that accepts connections and answers nothing", async () => {
        const hung = await startHungBroker();
        try {
            const kafka = createKafka({ bootstrap: [hung.address], silenceMs: 100 });
            await assert.rejects(
                produce(kafka, MESSAGE),
                (error) =>
                    error instanceof SilentPortError &&
                    error.message.startsWith(
                        `broker ${hung.address} accepts connections and answers nothing`,
                    ),
            );
        } finally {
            hung.close();
        }
    });

    it("names what the port speaks", async () => {
        const testCa = new Authority("ca");
        const certificate = testCa.issue({ commonName: "kafka", names: ["IP:127.0.0.1"] });
        const { server, address } = await startSecureBroker(certificate);
        server.on("tlsClientError", () => undefined);
        try {
            const kafka = createKafka({ bootstrap: [address] });
            await assert.rejects(
                produce(kafka, MESSAGE),
                (error) =>
                    error instanceof SecurityError &&
                    error.message ===
                        `broker ${address} speaks TLS on this port, and the client does not`,
            );
        } finally {
            server.close();
            testCa.delete();
        }
    });
});
