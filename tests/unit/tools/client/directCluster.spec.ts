import assert from "node:assert/strict";
import { DirectCluster, withDirectCluster } from "../../../../tools/client/directCluster";
import { createKafka } from "../../../../tools/client/kafka";
import { Authority } from "../../../support/certificates";
import {
    DESCRIBE_CONFIGS,
    startBroker,
    startHungBroker,
    startObservedBroker,
    startSecureBroker,
} from "./fakeBroker";

describe("DirectCluster", () => {
    // Also fails when the parts of kafkajs that are not public have moved.
    it("reads the metadata of a partition without a leader, where kafkajs throws", async () => {
        const { server, address } = await startBroker({ id: 7, host: "broker", port: 9092 });
        try {
            const kafka = createKafka({ bootstrap: [address] });
            const metadata = await withDirectCluster(kafka, (cluster) => cluster.metadata());
            assert.deepEqual(metadata.brokers, [
                { nodeId: 7, host: "broker", port: 9092, rack: "zone-a" },
            ]);
            assert.equal(metadata.controllerId, 7);
            assert.deepEqual(metadata.topicMetadata, [
                {
                    topicErrorCode: 0,
                    topic: "orders",
                    isInternal: false,
                    partitionMetadata: [
                        {
                            partitionErrorCode: 5,
                            partitionId: 0,
                            leader: -1,
                            replicas: [8],
                            isr: [8],
                            offlineReplicas: [8],
                        },
                    ],
                },
            ]);
        } finally {
            server.close();
        }
    });

    it("speaks TLS, with a certificate of its own, to an address without a name", async () => {
        const testCa = new Authority("ca");
        const certificate = testCa.issue({ commonName: "kafka", names: ["IP:127.0.0.1"] });
        const own = testCa.issue({ commonName: "bob" });
        const { server, address } = await startSecureBroker(
            { ...certificate, requestCert: true, ca: testCa.cert },
            { id: 7, host: "broker", port: 9092 },
        );
        try {
            const tls = { ca: testCa.cert, ...own };
            const kafka = createKafka({ bootstrap: [address], tls });
            const { brokers } = await withDirectCluster(kafka, (cluster) => cluster.metadata());
            assert.deepEqual(
                brokers.map(({ nodeId }) => nodeId),
                [7],
            );
        } finally {
            server.close();
            testCa.delete();
        }
    });

    it("goes on to the next broker where the first one accepts connections and never answers", async () => {
        const hung = await startHungBroker();
        const { server, address } = await startBroker({ id: 7, host: "broker", port: 9092 });
        try {
            const kafka = createKafka({ bootstrap: [hung.address, address] });
            const cluster = new DirectCluster(kafka, 20);
            const { controllerId } = await cluster.metadata();
            await cluster.close();
            assert.equal(controllerId, 7);
        } finally {
            hung.close();
            server.close();
        }
    });

    it("asks for a setting of thousands of topics in parts", async () => {
        const requests: number[] = [];
        const { server, address } = await startObservedBroker((key) => requests.push(key), {
            id: 7,
            host: "broker",
            port: 9092,
        });
        try {
            const topics = Array.from({ length: 2_500 }, (_, index) => `topic-${index}`);
            const settings = await withDirectCluster(
                createKafka({ bootstrap: [address] }),
                (cluster) => cluster.topicSetting(topics, "min.insync.replicas"),
            );
            assert.deepEqual(
                [...settings],
                topics.map((topic) => [topic, "2"]),
            );
            assert.equal(requests.filter((key) => key === DESCRIBE_CONFIGS).length, 3);
        } finally {
            server.close();
        }
    });
});
