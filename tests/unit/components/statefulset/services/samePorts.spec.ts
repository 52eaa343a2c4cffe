import assert from "node:assert/strict";
import {
    hasSamePorts,
    type ServicePort,
} from "../../../../../components/statefulset/services/samePorts";

const PORT: ServicePort = { name: "internal", port: 9092, targetPort: 9092 };
const NODE_PORT: ServicePort = { name: "nodes", port: 9095, targetPort: "nodes", nodePort: 30100 };

describe("ports of a Service", () => {
    it("are the same where a number becomes the name of the pods' port", () => {
        const named = { ...PORT, targetPort: "internal" };
        assert.equal(hasSamePorts([PORT], [PORT]), true);
        assert.equal(hasSamePorts([PORT], [named]), true);
        assert.equal(hasSamePorts([{ name: "internal", port: 9092 }], [named]), true);
    });

    it("are the same as the API server has them, with those of others", () => {
        const live = {
            port: 9092,
            name: "internal",
            targetPort: 9092,
            protocol: "TCP",
            nodePort: 31000,
        };
        const others = { ...live, name: "metrics", port: 9404 };
        const sent = { name: "internal", port: 9092 };
        assert.equal(hasSamePorts([others, live], [sent], [sent]), true);
        assert.equal(hasSamePorts([others, live], [sent]), false);
    });

    for (const [what, before, after] of [
        ["a port", [PORT], [{ ...PORT, port: 9192 }]],
        ["a listener", [PORT], [{ ...PORT, name: "clients" }]],
        ["the pods' port, as a number", [PORT], [{ ...PORT, targetPort: 9192 }]],
        ["a node port", [NODE_PORT], [{ ...NODE_PORT, nodePort: 30200 }]],
        ["a listener more", [PORT], [PORT, NODE_PORT]],
        ["a listener less", [PORT, NODE_PORT], [PORT]],
    ] as const) {
        it(`are others with another: ${what}`, () => {
            assert.equal(hasSamePorts(before, after), false);
        });
    }
});
