import assert from "node:assert/strict";
import { NODE_PORTS } from "../support/nodePorts";

/** The last node port that Kubernetes gives to no Service by itself: https://kubernetes.io/blog/2023/05/11/nodeport-dynamic-and-static-allocation/ */
const LAST_STATIC_PORT = 30085;
/** A bootstrap Service and four brokers. */
const PORTS_OF_A_STACK = 5;

describe("node ports of the integration tests", () => {
    it("leave room for each stack, and are never given to another Service", () => {
        const first = Object.values(NODE_PORTS).sort((a, b) => a - b);
        for (const [n, port] of first.entries()) {
            const next = first[n + 1] ?? LAST_STATIC_PORT + 1;
            assert.ok(port + PORTS_OF_A_STACK <= next, `${port} to ${next}`);
        }
    });
});
