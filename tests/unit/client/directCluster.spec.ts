import assert from "node:assert/strict";
import net from "node:net";
import { withDirectCluster } from "../../../client/directCluster";
import { createKafka } from "../../../client/kafka";

function int16(value: number): Buffer {
    const buffer = Buffer.alloc(2);
    buffer.writeInt16BE(value);
    return buffer;
}

function int32(value: number): Buffer {
    const buffer = Buffer.alloc(4);
    buffer.writeInt32BE(value);
    return buffer;
}

function text(value: string): Buffer {
    return Buffer.concat([int16(value.length), Buffer.from(value)]);
}

function array(...items: Buffer[]): Buffer {
    return Buffer.concat([int32(items.length), ...items]);
}

const API_VERSIONS = 18;
const METADATA = 3;
const NO_ERROR = int16(0);
const LEADER_NOT_AVAILABLE = int16(5);
const UNTHROTTLED = int32(0);

/** What a broker answers, by the number of the request: its versions, and a topic without a leader. */
const ANSWERS: Readonly<Record<number, Buffer>> = {
    [API_VERSIONS]: Buffer.concat([
        NO_ERROR,
        array(
            Buffer.concat([int16(API_VERSIONS), int16(0), int16(2)]),
            Buffer.concat([int16(METADATA), int16(0), int16(5)]),
        ),
        UNTHROTTLED,
    ]),
    [METADATA]: Buffer.concat([
        UNTHROTTLED,
        array(Buffer.concat([int32(7), text("broker"), int32(9092), text("zone-a")])),
        text("cluster"),
        int32(7),
        array(
            Buffer.concat([
                NO_ERROR,
                text("orders"),
                Buffer.from([0]),
                array(
                    Buffer.concat([
                        LEADER_NOT_AVAILABLE,
                        int32(0),
                        int32(-1),
                        array(int32(8)),
                        array(int32(8)),
                        array(int32(8)),
                    ]),
                ),
            ]),
        ),
    ]),
};

/** A server that speaks as much of Kafka's protocol as {@link ANSWERS} has. */
async function startBroker(): Promise<{ server: net.Server; address: string }> {
    const server = net.createServer((socket) => {
        socket.on("error", () => undefined);
        socket.on("data", (request) => {
            // Size, API key, version, correlation id.
            const answer = ANSWERS[request.readInt16BE(4)]!;
            const correlation = request.subarray(8, 12);
            socket.write(Buffer.concat([int32(answer.length + 4), correlation, answer]));
        });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return { server, address: `127.0.0.1:${(server.address() as net.AddressInfo).port}` };
}

describe("DirectCluster", () => {
    // Also fails when the parts of kafkajs that are not public have moved.
    it("reads the metadata of a partition without a leader, where kafkajs throws", async () => {
        const { server, address } = await startBroker();
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
});
