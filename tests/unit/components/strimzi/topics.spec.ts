import assert from "node:assert/strict";
import fc from "fast-check";
import { topicResourceName, topicSpec } from "../../../../components/strimzi/topics";

describe("topics of Strimzi", () => {
    it("say only what is given", () => {
        assert.deepEqual(topicSpec({ name: "Orders_v1", config: {} }), {
            topicName: "Orders_v1",
            config: {},
        });
        assert.deepEqual(
            topicSpec({
                name: "a",
                partitions: 6,
                replicationFactor: 3,
                config: { "retention.ms": "1000" },
            }),
            { topicName: "a", partitions: 6, replicas: 3, config: { "retention.ms": "1000" } },
        );
    });

    /** What Kubernetes asks of an object's name: a DNS-1123 subdomain. */
    const isObjectName = (name: string) =>
        name.length <= 253 &&
        name.split(".").every((label) => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(label));
    const topicName = fc
        .oneof(
            fc.stringMatching(/^[A-Za-z0-9._-]{1,249}$/),
            fc.stringMatching(/^[Aa._-]{1,4}$/),
            fc.stringMatching(/^[A-Z._-]{230,249}$/),
        )
        .filter((name) => ![".", ".."].includes(name));

    it("have the names of their objects where Kubernetes takes them", () => {
        for (const name of ["orders", "orders.v1", "a-b.c-9", "0", "x".repeat(249)]) {
            assert.equal(topicResourceName(name), name);
        }
        fc.assert(
            fc.property(topicName, (name) =>
                assert.equal(topicResourceName(name) === name, isObjectName(name)),
            ),
        );
    });

    it("have objects with readable names otherwise", () => {
        for (const [name, readable] of [
            ["Orders_v1", "orders-v1"],
            ["_orders", "orders"],
            ["orders_", "orders"],
            ["ORDERS..V1", "orders-v1"],
        ] as const) {
            assert.match(topicResourceName(name), new RegExp(`^${readable}-[0-9a-f]{16}$`));
        }
    });

    it("have objects whose names Kubernetes takes", () => {
        fc.assert(
            fc.property(topicName, (name) => {
                const object = topicResourceName(name);
                assert.ok(isObjectName(object), object);
            }),
            { examples: [["_"], ["-"], ["..."], ["X".repeat(249)], ["_".repeat(249)]] },
        );
    });

    it("have objects of different names", () => {
        const similar = ["Orders_v1", "orders-v1", "ORDERS.V1", "orders_v1", "orders.v1", "_", "-"];
        assert.equal(new Set(similar.map(topicResourceName)).size, similar.length);
        fc.assert(
            fc.property(fc.uniqueArray(topicName), (names) => {
                assert.equal(new Set(names.map(topicResourceName)).size, names.length);
            }),
        );
    });
});
