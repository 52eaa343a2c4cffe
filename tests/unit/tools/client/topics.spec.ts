import assert from "node:assert/strict";
import { advertisedUnreachable, bootstrapUnreachable } from "../../../../tools/client/diagnose";
import { describeMetadata, unknownTopic } from "../../../../tools/client/topics";

describe("describeMetadata", () => {
    it("keeps a partition without a leader, and sorts", () => {
        const partition = { partitionErrorCode: 0, replicas: [0, 1], isr: [1] };
        const description = describeMetadata(
            {
                brokers: [
                    { nodeId: 1, host: "b", port: 2, rack: null },
                    { nodeId: 0, host: "a", port: 1, rack: "zone-a" },
                ],
                controllerId: 1,
                topicMetadata: [
                    {
                        topicErrorCode: 0,
                        topic: "t",
                        isInternal: false,
                        partitionMetadata: [
                            { ...partition, partitionId: 1, leader: 0 },
                            { ...partition, partitionErrorCode: 5, partitionId: 0, leader: -1 },
                        ],
                    },
                    { topicErrorCode: 0, topic: "a", isInternal: true, partitionMetadata: [] },
                ],
            },
            new Map([["t", "2"]]),
        );
        assert.deepEqual(description, {
            brokers: [
                { id: 0, host: "a", port: 1, isController: false, rack: "zone-a" },
                { id: 1, host: "b", port: 2, isController: true },
            ],
            topics: [
                { topic: "a", isInternal: true, minInsyncReplicas: 1, partitions: [] },
                {
                    topic: "t",
                    isInternal: false,
                    minInsyncReplicas: 2,
                    partitions: [
                        { partition: 0, replicas: [0, 1], isr: [1] },
                        { partition: 1, leader: 0, replicas: [0, 1], isr: [1] },
                    ],
                },
            ],
        });
    });
});

describe("errors about addresses and topics", () => {
    it("list the topics that exist", () => {
        assert.equal(
            unknownTopic("x", ["a", "b"]).message,
            'there is no topic "x" (topics that exist: a, b)',
        );
        assert.match(unknownTopic("x", []).message, /\(topics that exist: none\)/);
        assert.match(unknownTopic("x", []).next, /add it to kafka-eks:topics and run pulumi up/);
    });

    it("name each bootstrap address and why it can't be reached", () => {
        const unreachable = [
            { address: "a:1", why: "refused" },
            { address: "b:2", why: "unknown" },
        ];
        assert.equal(
            bootstrapUnreachable(unreachable).message,
            "no broker can be reached: a:1 (refused), b:2 (unknown)",
        );
    });

    it("name the advertised address, and the trap of an internal listener", () => {
        const inside = { address: "kafka-0.kafka-headless.kafka.svc.cluster.local:9092", why: "w" };
        const error = advertisedUnreachable(["lb:9092"], [inside]);
        assert.match(error.message, /^the bootstrap lb:9092 answers, but Kafka advertises broker/);
        assert.ok(error.message.includes(`${inside.address} (w)`));
        assert.match(error.next, /external listener/);
        const outside = advertisedUnreachable(["lb:1"], [{ address: "b0.example:1", why: "w" }]);
        assert.match(outside.next, /make these names resolve/);
    });
});
