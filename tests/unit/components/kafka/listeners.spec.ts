import assert from "node:assert/strict";
import fc from "fast-check";
import { type NodePortListener, nodePorts } from "../../../../components/kafka/listeners";
import { valid } from "../validConfigs";

describe("listeners of a valid configuration", () => {
    it("never share a node port and stay in the range of node ports", () => {
        fc.assert(
            fc.property(valid, ({ config }) => {
                const ports = config.listeners
                    .filter(
                        (listener): listener is NodePortListener => listener.type === "nodePort",
                    )
                    .flatMap((listener) => nodePorts(listener, config.kafka.replicas));
                assert.equal(new Set(ports).size, ports.length);
                assert.ok(ports.every((port) => port >= 30000 && port <= 32767));
            }),
        );
    });
});
