import assert from "node:assert/strict";
import { covers, EVERYWHERE, type Network } from "../../../../tools/impact/networks";

const blocks = (...cidrs: string[]): Network[] => cidrs.map((cidr) => ({ cidr }));

const CASES: readonly (readonly [
    title: string,
    all: readonly Network[],
    some: readonly Network[],
    expected: boolean | undefined,
])[] = [
    ["a block covers itself", blocks("10.0.0.0/8"), blocks("10.0.0.0/8"), true],
    ["the larger one covers", blocks("10.0.0.0/8"), blocks("10.1.0.0/16"), true],
    ["the smaller one does not", blocks("10.1.0.0/16"), blocks("10.0.0.0/8"), false],
    ["two halves are the whole", blocks("10.128.0.0/9", "10.0.0.0/9"), blocks("10.0.0.0/8"), true],
    ["one half is not", blocks("10.0.0.0/9"), blocks("10.0.0.0/8"), false],
    ["both halves of all addresses", blocks("0.0.0.0/1", "128.0.0.0/1"), blocks("0.0.0.0/0"), true],
    ["whatever address stands for the block", blocks("10.9.9.9/8"), blocks("10.0.0.0/8"), true],
    ["nobody is covered by nobody", [], [], true],
    ["nobody covers none", [], blocks("10.0.0.0/32"), false],
    ["the families are apart", blocks("0.0.0.0/0"), blocks("::/0"), false],
    ["everywhere has both", EVERYWHERE, blocks("10.0.0.0/8", "2001:db8::/32"), true],
    ["a block of IPv6", blocks("2001:db8::/32"), blocks("2001:db8:1::/48"), true],
    ["its neighbour", blocks("2001:db8::/32"), blocks("2001:db9::/32"), false],
    [
        "an address of IPv4 inside of IPv6",
        blocks("::ffff:0:0/96"),
        blocks("::ffff:10.0.0.1/128"),
        true,
    ],
    [
        "an exception is not covered",
        [{ cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] }],
        blocks("10.1.2.0/24"),
        false,
    ],
    [
        "but what is beside it is",
        [{ cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] }],
        blocks("10.0.0.0/16", "10.2.0.0/16"),
        true,
    ],
    [
        "an exception need not be covered",
        blocks("10.0.0.0/9", "10.192.0.0/10"),
        [{ cidr: "10.0.0.0/8", except: ["10.128.0.0/10"] }],
        true,
    ],
    ["no network", blocks("10.0.0.0/8"), blocks("office"), undefined],
    ["no length", blocks("10.0.0.0"), blocks("10.0.0.0/8"), undefined],
    ["too long", blocks("10.0.0.0/33"), blocks("10.0.0.0/8"), undefined],
];

describe("networks", () => {
    for (const [title, all, some, expected] of CASES) {
        it(`know that ${title}`, () => assert.equal(covers(all, some), expected));
    }
});
