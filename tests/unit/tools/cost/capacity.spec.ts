import assert from "node:assert/strict";
import { capacityOf } from "../../../../tools/cost/capacity";
import type { EksStack } from "../../../../tools/cost/eksItems";
import { trafficOf } from "../../../../tools/cost/traffic";
import { duration, warningsOf } from "../../../../tools/cost/warnings";
import { eksStack, type Keys } from "./stacks";

/** A day on which no price is old. */
const FRESH = new Date("2026-01-20");

function capacity(stack: EksStack, throughput = 1) {
    return capacityOf(stack, throughput, trafficOf(stack, throughput).replicationFactor);
}

function warnings(stack: EksStack, throughput = 1, now = FRESH): string[] {
    return warningsOf(stack, throughput, capacity(stack, throughput), now);
}

/** Enough for a week at 1 MB/s. */
const LARGE = { storage: { size: "1Ti" } };
const withConfig = (config: Keys) => eksStack({ kafka: { ...LARGE, config } });

describe("capacityOf", () => {
    it("has every broker write each message where all have a replica", () => {
        assert.deepEqual(capacity(eksStack(), 2), {
            perBroker: 2,
            carried: 78.75,
            limitedBy: "node",
            retentionDays: 7,
            daysUntilFull: (50 * 2 ** 30) / 2e6 / 86_400,
        });
    });

    it("spreads what is written over more brokers", () => {
        const stack = eksStack({ kafka: { replicas: 6 } }, { brokerNodes: { perZone: 2 } });
        const { perBroker, carried } = capacity(stack, 2);
        assert.deepEqual([perBroker, carried], [1, 157.5]);
    });

    it("shares a node among its brokers", () => {
        const stack = eksStack(
            { kafka: { replicas: 6, spread: "preferred" } },
            { brokerNodes: { instanceType: "r7g.2xlarge" }, volumes: { throughput: 750 } },
        );
        assert.equal(capacity(stack).carried, 312.5);
    });

    it("is bound by volumes on large nodes", () => {
        const large = { brokerNodes: { instanceType: "m7g.2xlarge" } };
        const { carried, limitedBy } = capacity(eksStack({}, large));
        assert.deepEqual([carried, limitedBy], [131.072, "volume"]);
    });

    it("does not judge volumes of another class", () => {
        const kafka = { storage: { size: "50Gi", storageClass: "fast" } };
        const large = { brokerNodes: { instanceType: "m7g.2xlarge" } };
        assert.equal(capacity(eksStack({ kafka }, large)).limitedBy, "node");
    });

    it("has disks that are never full where nothing is produced", () =>
        assert.equal(capacity(eksStack(), 0).daysUntilFull, Infinity));

    for (const [config, days] of [
        [{ "log.retention.hours": 12 }, 0.5],
        [{ "log.retention.hours": 12, "log.retention.minutes": 1440 }, 1],
        [{ "log.retention.minutes": 1440, "log.retention.ms": 86_400_000 * 3 }, 3],
        [{ "log.retention.ms": -1 }, Infinity],
    ] as const) {
        it(`knows how long messages are kept with ${JSON.stringify(config)}`, () =>
            assert.equal(capacity(withConfig(config)).retentionDays, days));
    }
});

describe("warningsOf", () => {
    it("is nothing where all is well", () =>
        assert.deepEqual(warnings(eksStack({ kafka: LARGE })), []));

    it("says in how many days disks are full, before messages are deleted", () => {
        assert.deepEqual(warnings(eksStack({ kafka: { storage: { size: "500Gi" } } })), [
            "a broker's volume of 500 GB is full in 6.2 days at 1 MB/s, and messages are kept for 7 days. " +
                "Next: raise kafka.storage.size, or lower log.retention.hours",
        ]);
        assert.match(
            warnings(withConfig({ "log.retention.ms": -1 }))[0]!,
            /are kept for ever\. Next/,
        );
        assert.deepEqual(warnings(eksStack(), 0), []);
    });

    it("says what can't be carried, and by what", () => {
        const kafka = { storage: { size: "64Ti" } };
        assert.deepEqual(warnings(eksStack({ kafka }), 100), [
            "the disks can't carry 100 MB/s: each of 3 brokers would write 100 MB/s. The EBS bandwidth of m7g.large " +
                "allows for 79 MB/s produced. Next: take a larger eks.brokerNodes.instanceType, or more brokers",
        ]);
        const large = { brokerNodes: { instanceType: "m7g.2xlarge" } };
        assert.match(
            warnings(eksStack({ kafka: { storage: { size: "64Ti" } } }, large), 100.5).join(),
            /^$/,
        );
        assert.match(
            warnings(eksStack({ kafka }, large), 200)[0]!,
            /Its volume allows for 131 MB\/s produced\. Next: raise eks\.volumes\.throughput, or more brokers$/,
        );
    });

    it("warns of prices from the day on which they are six months old", () => {
        const stack = eksStack({ kafka: LARGE });
        assert.deepEqual(warnings(stack, 1, new Date("2026-07-19")), []);
        assert.deepEqual(warnings(stack, 1, new Date("2026-07-20")), [
            "prices older than 6 months: instances (2026-01-19). Compare them with AWS's pages",
        ]);
        assert.match(
            warnings(stack, 1, new Date("2027-06-01"))[0]!,
            /: instances \(2026-01-19\), EKS, volumes, network and logs \(2026-11-25\), public IPv4/,
        );
    });

    it("names the region whose prices they are", () =>
        assert.deepEqual(warnings(eksStack({ kafka: LARGE }, zonesOf("eu-west-1"), "eu-west-1")), [
            "no prices are known for eu-west-1: all amounts are those of us-east-1, the only region whose prices are " +
                "known. Others often cost more",
        ]));

    it("speaks of hours where days would be few", () => {
        assert.equal(duration(0.25), "6 hours");
        assert.equal(duration(1.5), "36 hours");
        assert.equal(duration(2), "2 days");
        assert.equal(duration(13.26), "13 days");
        assert.equal(duration(365), "365 days");
    });
});

function zonesOf(region: string) {
    return { zones: ["a", "b", "c"].map((letter) => `${region}${letter}`) };
}
