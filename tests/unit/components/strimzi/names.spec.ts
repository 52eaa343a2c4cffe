import assert from "node:assert/strict";
import type { Listener } from "../../../../components/kafka/listeners";
import {
    bootstrapServiceName,
    brokerServiceName,
    NODE_IDS,
    nodePod,
} from "../../../../components/strimzi/names";

const INTERNAL: Listener = { name: "internal", port: 9092, type: "internal", tls: false };
const EXTERNAL: Listener = { name: "external", port: 9094, type: "loadBalancer", tls: true };
const NODES: Listener = {
    name: "nodes",
    port: 9095,
    type: "nodePort",
    tls: false,
    advertisedHosts: ["a.example.com", "b.example.com"],
    basePort: 30100,
};

describe("names that Strimzi makes", () => {
    it("of pods", () => assert.equal(nodePod("broker", 11), "kafka-broker-11"));

    it("of bootstrap Services: internal listeners share one", () => {
        assert.equal(bootstrapServiceName(INTERNAL), "kafka-kafka-bootstrap");
        assert.equal(bootstrapServiceName({ ...INTERNAL, name: "more" }), "kafka-kafka-bootstrap");
        assert.equal(bootstrapServiceName(EXTERNAL), "kafka-kafka-external-bootstrap");
        assert.equal(bootstrapServiceName(NODES), "kafka-kafka-nodes-bootstrap");
    });

    it("of a broker's Service: the listener external on port 9094 has no part of its own", () => {
        assert.equal(brokerServiceName(EXTERNAL, 2), "kafka-broker-2");
        assert.equal(brokerServiceName({ ...EXTERNAL, port: 9095 }, 2), "kafka-broker-external-2");
        assert.equal(brokerServiceName({ ...EXTERNAL, name: "lb" }, 2), "kafka-broker-lb-2");
        assert.equal(brokerServiceName(NODES, 0), "kafka-broker-nodes-0");
    });
});

describe("ids of nodes", () => {
    it("are given out by one pool only, for all brokers there may be", () => {
        assert.deepEqual(NODE_IDS, { broker: "[0-899]", controller: "[900-999]" });
    });
});
