import assert from "node:assert/strict";
import { noteKafka } from "../../../../components/strimzi/noteKafka";
import type { KafkaSpec } from "../../../../components/strimzi/kafkaSpec";
import { AnsweringCluster } from "../../../support/answeringCluster";

describe("what the namespace remembers of a Kafka resource", () => {
    it("is what it has of new topics and of writes, and nothing that is the operator's", async () => {
        const annotations = { "kafka-eks/cluster-id": "of-statefulsets", "kafka-eks/brokers": "4" };
        const live = new AnsweringCluster([
            { apiVersion: "v1", kind: "Namespace", metadata: { name: "kafka", annotations } },
        ]);
        const config = { "default.replication.factor": "3", "min.insync.replicas": "1" };
        await noteKafka(live, "kafka", { kafka: { config } } as unknown as KafkaSpec);
        assert.deepEqual(live.objects[0]!.metadata!.annotations, {
            ...annotations,
            "kafka-eks/replication-factor": "3",
            "kafka-eks/min-insync-replicas": "1",
        });
    });
});
