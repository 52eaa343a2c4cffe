import assert from "node:assert/strict";
import { healthTopic } from "../../../../tools/health/roundTrip";

describe("healthTopic", () => {
    for (const [brokers, replicationFactor, minIsr] of [
        [1, 1, "1"],
        [2, 2, "1"],
        [3, 3, "2"],
        [6, 3, "2"],
    ] as const) {
        it(`takes writes while a broker restarts, also if only ${brokers} of them run when it is made`, () => {
            assert.deepEqual(healthTopic(brokers), {
                topic: "kafka-eks-health",
                partitions: brokers,
                replicationFactor,
                config: { "retention.ms": "3600000", "min.insync.replicas": minIsr },
            });
        });
    }
});
