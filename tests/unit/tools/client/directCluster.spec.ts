import assert from "node:assert/strict";
import { withDirectCluster } from "../../../../tools/client/directCluster";
import { createKafka } from "../../../../tools/client/kafka";
import { Authority } from "../../../support/certificates";
import { startBroker, startSecureBroker } from "./fakeBroker";

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
});
