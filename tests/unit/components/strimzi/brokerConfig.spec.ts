import assert from "node:assert/strict";
import { brokerConfig, isOwnedByStrimzi } from "../../../../components/strimzi/brokerConfig";

describe("broker properties of the Kafka resource", () => {
    it("are the user's before the defaults, and the program's before the user's", () => {
        const config = brokerConfig({
            brokers: 5,
            config: {
                "default.replication.factor": "5",
                "num.recovery.threads.per.data.dir": "1",
                "auto.create.topics.enable": "true",
                "unclean.leader.election.enable": "true",
            },
        });
        assert.deepEqual(config, {
            "default.replication.factor": "5",
            // The offsets topic has three copies.
            "min.insync.replicas": "2",
            "offsets.topic.replication.factor": "3",
            "transaction.state.log.replication.factor": "3",
            "transaction.state.log.min.isr": "2",
            "num.recovery.threads.per.data.dir": "1",
            "auto.create.topics.enable": "false",
            "unclean.leader.election.enable": "false",
        });
    });

    it("have the min ISR that is remembered where more brokers would allow a higher one", () => {
        const minIsrOf = (args: object) =>
            brokerConfig({ brokers: 3, config: {}, ...args })["min.insync.replicas"];
        assert.equal(minIsrOf({ minInsyncReplicas: 1 }), "1");
        assert.equal(minIsrOf({ minInsyncReplicas: 2 }), "2");
        const config = { "min.insync.replicas": "2" };
        assert.equal(minIsrOf({ minInsyncReplicas: 1, config }), "2");
    });

    it("are the user's to change, but for those that keep messages safe", () => {
        const owned = Object.keys(brokerConfig({ brokers: 3, config: {} })).filter(
            isOwnedByStrimzi,
        );
        assert.deepEqual(owned.sort(), [
            "auto.create.topics.enable",
            "unclean.leader.election.enable",
        ]);
    });
});
