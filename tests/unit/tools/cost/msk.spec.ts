import assert from "node:assert/strict";
import { INSTANCE_TYPES } from "../../../../components/eks/instanceTypes";
import type { EksStack } from "../../../../tools/cost/eksItems";
import { isFirstHand, total } from "../../../../tools/cost/item";
import { mskAlternatives, mskSize } from "../../../../tools/cost/msk";
import { trafficOf } from "../../../../tools/cost/traffic";
import { bill, eksStack, fileStack } from "./stacks";

function alternatives(stack: EksStack, throughput = 1) {
    return mskAlternatives(stack, trafficOf(stack, throughput));
}

const of = (stack: EksStack) => alternatives(stack).map((each) => each.of);

/** The size for nodes of a type; the configuration refuses types that brokers have no room on. */
const sizeFor = (instanceType: keyof typeof INSTANCE_TYPES) => {
    const { config, eks } = eksStack();
    return mskSize({ config, eks: { ...eks, brokerNodes: { instanceType, perZone: 1 } } }).name;
};

const CLIENTS = [
    ["producers in other zones", "1752 GB × 2 sides", 35.04],
    ["consumers in other zones", "1752 GB × 2 sides", 35.04],
];

describe("mskAlternatives", () => {
    const [standard, express, serverless] = alternatives(fileStack("prod"));

    it("has Standard brokers with the same volumes, and no replication", () =>
        assert.deepEqual(bill(standard!.items), [
            ["brokers", "3 × kafka.m7g.xlarge", 893.52],
            ["storage", "1500 GB", 150],
            ...CLIENTS,
        ]));

    it("has Express brokers with one copy, billed by what is written", () =>
        assert.deepEqual(bill(express!.items), [
            ["brokers", "3 × express.m7g.xlarge", 1787.04],
            ["storage", "500 GB", 50],
            ["written", "2628 GB", 26.28],
            ...CLIENTS,
        ]));

    it("has Serverless with one copy, billed by what is written and read", () =>
        assert.deepEqual(bill(serverless!.items), [
            ["cluster", "1", 547.5],
            ["partitions", "50 partitions (assumed)", 54.75],
            ["storage", "500 GB", 50],
            ["written", "2628 GB", 262.8],
            ["read", "2628 GB", 131.4],
            ...CLIENTS,
        ]));

    it("says of every price but that of Standard's storage and of traffic that it is second hand", () =>
        assert.deepEqual(
            [standard, express, serverless].map((each) =>
                each!.items.filter(isFirstHand).map(({ what }) => what),
            ),
            [
                ["storage", ...CLIENTS.map(([what]) => what)],
                CLIENTS.map(([what]) => what),
                CLIENTS.map(([what]) => what),
            ],
        ));

    it("takes the smallest size with the vCPUs and the memory of the nodes", () => {
        const sizes = Object.keys(INSTANCE_TYPES).map((type) => [
            type,
            sizeFor(type as keyof typeof INSTANCE_TYPES),
        ]);
        assert.deepEqual(Object.fromEntries(sizes), {
            "t4g.medium": "m7g.large",
            "t4g.large": "m7g.large",
            "m6g.large": "m7g.large",
            "m7g.large": "m7g.large",
            "m7g.xlarge": "m7g.xlarge",
            "m7g.2xlarge": "m7g.2xlarge",
            "m8g.large": "m7g.large",
            "m8g.xlarge": "m7g.xlarge",
            "r7g.large": "m7g.xlarge",
            "r7g.xlarge": "m7g.2xlarge",
            "r7g.2xlarge": "m7g.4xlarge",
            "r8g.large": "m7g.xlarge",
            "r8g.xlarge": "m7g.2xlarge",
            "t3.medium": "m7g.large",
        });
    });

    it("has the smallest brokers beside a stack of the smallest size", () => {
        const [small] = alternatives(eksStack());
        assert.equal(small!.of, "3 × kafka.t3.small");
        assert.deepEqual(bill(small!.items).slice(0, 2), [
            ["brokers", "3 × kafka.t3.small", 99.86],
            ["storage", "150 GB", 15],
        ]);
        assert.equal(small!.items.filter(isFirstHand)[0]!.what, "storage");
    });

    it("has them for as many partitions as they should have", () => {
        const topics = (partitions: number) => ({ topics: [{ name: "a", partitions }] });
        assert.equal(of(eksStack(topics(300)))[0], "3 × kafka.t3.small");
        assert.equal(of(eksStack(topics(301)))[0], "3 × kafka.m7g.large");
    });

    it("bills Serverless for each time that messages are read", () => {
        const stack = eksStack();
        const read = mskAlternatives(stack, trafficOf(stack, 1, 3)).at(-1)!.items[4]!;
        assert.deepEqual([read.what, read.amount], ["read", "7884 GB"]);
    });

    it("has as many brokers in each zone", () => {
        const four = eksStack({ kafka: { replicas: 4 } }, { brokerNodes: { perZone: 2 } });
        assert.equal(of(four)[1], "6 × kafka.m7g.large");
        const one = eksStack({ kafka: { replicas: 1 } });
        assert.equal(of(one)[1], "3 × kafka.m7g.large");
    });

    it("has three zones at most", () => {
        const zones = ["a", "b", "c", "d"].map((letter) => `us-east-1${letter}`);
        assert.equal(of(eksStack({}, { zones }))[1], "3 × kafka.m7g.large");
    });

    it("stores one copy of the stack's own volumes, however many brokers MSK needs", () => {
        const [, , one] = alternatives(eksStack({ kafka: { replicas: 1 } }));
        assert.deepEqual(bill(one!.items)[1], ["storage", "50 GB", 5]);
    });

    it("counts the partitions of the stack's topics", () => {
        const topics = [{ name: "a", partitions: 12 }, { name: "b" }];
        assert.equal(of(eksStack({ topics }))[3], "13 partitions");
        const kafka = { config: { "num.partitions": 6 } };
        assert.equal(of(eksStack({ topics, kafka }))[3], "18 partitions");
    });

    it("costs what brokers and volumes cost where nothing is produced", () =>
        assert.equal(total(alternatives(fileStack("prod"), 0)[0]!.items), 1043.52));
});
