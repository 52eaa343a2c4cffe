import assert from "node:assert/strict";
import fc from "fast-check";
import { replicationDefaults } from "../../../../components/kafka/replication";
import { brokerCount } from "../validConfigs";

describe("replication by default", () => {
    it("keep acknowledged messages while one broker is away, for any number of brokers", () => {
        fc.assert(
            fc.property(brokerCount, (brokers) => {
                const defaults = replicationDefaults(brokers, {});
                for (const [factorKey, minInSyncKey] of [
                    ["default.replication.factor", "min.insync.replicas"],
                    ["transaction.state.log.replication.factor", "transaction.state.log.min.isr"],
                ] as const) {
                    const factor = Number(defaults[factorKey]);
                    const minInSync = Number(defaults[minInSyncKey]);
                    assert.equal(factor, Math.min(3, brokers));
                    assert.ok(minInSync >= 1 && minInSync <= factor && factor <= brokers);
                    assert.ok(factor === 1 || minInSync < factor);
                }
                assert.equal(
                    defaults["offsets.topic.replication.factor"],
                    defaults["default.replication.factor"],
                );
            }),
        );
    });

    it("let min ISR follow a replication factor that is set", () => {
        fc.assert(
            fc.property(brokerCount, fc.integer({ min: 1, max: 50 }), (brokers, factor) => {
                const set = { "default.replication.factor": String(factor) };
                const defaults = replicationDefaults(brokers, set);
                // The offsets topic, whose factor is not set here, has the same min ISR.
                const least = Math.min(factor, brokers, 3);
                assert.equal(defaults["min.insync.replicas"], String(Math.max(1, least - 1)));
            }),
        );
    });

    it("never raise the min ISR that is remembered, and lower it where brokers go", () => {
        fc.assert(
            fc.property(brokerCount, fc.integer({ min: 1, max: 5 }), (brokers, remembered) => {
                const { "min.insync.replicas": minInSync, ...others } = replicationDefaults(
                    brokers,
                    {},
                );
                const { "min.insync.replicas": kept, ...same } = replicationDefaults(
                    brokers,
                    {},
                    remembered,
                );
                assert.equal(kept, String(Math.min(remembered, Number(minInSync))));
                assert.deepEqual(same, others);
            }),
        );
    });
});
