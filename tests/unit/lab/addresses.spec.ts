import assert from "node:assert/strict";
import { hostsOf, nodeNumbered, NODES, overlap, RANGES } from "../../../lab/cluster/addresses";

describe("lab addresses", () => {
    it("derives all of a node from its number", () => {
        assert.deepEqual(nodeNumbered(2), {
            number: 2,
            name: "lab-node-2",
            address: "10.254.0.12",
            zone: "b",
            podCidr: "10.244.2.0/24",
        });
    });

    it("names the valid nodes when asked for another", () => {
        assert.throws(() => nodeNumbered(4), /no node 4; nodes are 1 to 3/);
    });

    it("puts each node and its pods into the ranges that are checked to be free", () => {
        for (const node of NODES) {
            assert.ok(overlap(node.address, RANGES.nodes));
            assert.ok(overlap(node.podCidr, RANGES.pods));
        }
    });

    it("uses ranges that do not overlap", () => {
        const ranges = Object.values(RANGES);
        for (const [index, range] of ranges.entries()) {
            for (const other of ranges.slice(index + 1)) {
                assert.ok(!overlap(range, other), `${range} and ${other}`);
            }
        }
    });

    for (const [left, right, expected] of [
        ["10.0.0.0/8", "10.254.0.0/24", true],
        ["10.254.0.0/24", "10.254.0.255", true],
        ["10.254.0.0/24", "10.254.1.0/24", false],
        ["192.168.0.0/16", "10.96.0.0/16", false],
        ["0.0.0.0/0", "255.255.255.255", true],
    ] as const) {
        it(`sees ${expected ? "an" : "no"} overlap of ${left} and ${right}`, () => {
            assert.equal(overlap(left, right), expected);
            assert.equal(overlap(right, left), expected);
        });
    }

    it("lists the usable addresses of a range", () => {
        assert.deepEqual([...hostsOf("10.254.1.0/29")].slice(0, 2), ["10.254.1.1", "10.254.1.2"]);
        assert.equal([...hostsOf(RANGES.loadBalancers)].length, 254);
    });
});
