import assert from "node:assert/strict";
import { clientItems, replicationItems, trafficOf } from "../../../../tools/cost/traffic";
import { bill, eksStack, Keys } from "./stacks";

const RACK_AWARE = {
    "replica.selector.class": "org.apache.kafka.common.replica.RackAwareReplicaSelector",
};

function traffic(throughput: number, kafka: Keys = {}, eks: Keys = {}, more: Keys = {}) {
    const { produced, replication, fromProducers, toConsumers } = trafficOf(
        eksStack({ kafka, ...more }, eks),
        throughput,
    );
    return { produced, replication, fromProducers, toConsumers };
}

const SIX_ZONES = {
    zones: ["a", "b", "c", "d", "e", "f"].map((letter) => `us-east-1${letter}`),
};

describe("trafficOf", () => {
    it("turns MB/s into GB of a month, of which two more copies and two thirds of the clients' cross zones", () =>
        assert.deepEqual(traffic(1), {
            produced: 2628,
            replication: 5256,
            fromProducers: 1752,
            toConsumers: 1752,
        }));

    it("is nothing where nothing is produced", () =>
        assert.deepEqual(traffic(0), {
            produced: 0,
            replication: 0,
            fromProducers: 0,
            toConsumers: 0,
        }));

    it("has no noise of binary numbers", () =>
        assert.deepEqual(traffic(0.1), {
            produced: 262.8,
            replication: 525.6,
            fromProducers: 175.2,
            toConsumers: 175.2,
        }));

    it("follows the replication factor that is set", () =>
        assert.equal(
            traffic(1, {
                config: { "default.replication.factor": 2, "min.insync.replicas": 1 },
            }).replication,
            2628,
        ));

    it("follows the number of brokers where none is set", () =>
        assert.equal(traffic(1, { replicas: 1 }).replication, 0));

    it("sends each message to as many consumers as read it", () => {
        const { read, toConsumers, fromProducers } = trafficOf(eksStack(), 1, 4);
        assert.deepEqual([read, toConsumers, fromProducers], [10_512, 7008, 1752]);
        assert.equal(trafficOf(eksStack(), 1, 0).toConsumers, 0);
    });

    it("has fewer clients at home in more zones", () =>
        assert.equal(traffic(1, {}, SIX_ZONES).fromProducers, 2190));

    for (const kafkaDeploymentType of ["strimzi", "statefulset"]) {
        it(`knows that consumers stay in their zone with the rack-aware selector (${kafkaDeploymentType})`, () =>
            assert.deepEqual(traffic(1, { config: RACK_AWARE }, {}, { kafkaDeploymentType }), {
                produced: 2628,
                replication: 5256,
                fromProducers: 1752,
                toConsumers: 0,
            }));
    }

    it("lets them leave it where their zone has no replica", () =>
        assert.equal(traffic(1, { config: RACK_AWARE }, SIX_ZONES).toConsumers, 1314));

    it("does not believe the selector where brokers have no racks", () =>
        assert.equal(traffic(1, { config: RACK_AWARE, rackAwareness: false }).toConsumers, 1752));
});

describe("the bill of the traffic", () => {
    const month = trafficOf(eksStack(), 1);

    it("has both sides of replication", () =>
        assert.deepEqual(bill(replicationItems(month)), [
            ["replication between zones", "5256 GB × 2 sides", 105.12],
        ]));

    it("has both sides of what clients move", () =>
        assert.deepEqual(bill(clientItems(month)), [
            ["producers in other zones", "1752 GB × 2 sides", 35.04],
            ["consumers in other zones", "1752 GB × 2 sides", 35.04],
        ]));
});
