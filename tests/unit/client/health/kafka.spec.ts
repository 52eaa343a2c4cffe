import assert from "node:assert/strict";
import { podOfBroker } from "../../../../client/health";
import { judgeBrokers } from "../../../../client/health/brokers";
import { isOpen, judgeAddresses, judgeRoundTrip } from "../../../../client/health/listeners";
import { judgePartitions } from "../../../../client/health/partitions";
import { judgeZookeeper, parseMode } from "../../../../client/health/zookeeper";
import type { ListenerEntry } from "../../../../client/listenerDirectory";
import type { PartitionDescription } from "../../../../client/topics";

const NAMESPACE = "kafka";
const POD = (id: number) => `kafka-${id}`;
const EXTERNAL: ListenerEntry = {
    name: "external",
    type: "loadBalancer",
    tls: false,
    bootstrap: ["lb:9092"],
    brokers: ["b0:9094", "b1:9094"],
};

describe("ZooKeeper", () => {
    /** Members of an ensemble that answer with these modes. */
    function members(...modes: (string | undefined)[]) {
        return modes.map((mode, index) => ({ pod: `zookeeper-${index}`, mode }));
    }

    it("reads the mode from the answer to srvr", () => {
        const answer = "Zookeeper version: 3.6.4\nOutstanding: 0\nMode: follower\nNode count: 5\n";
        assert.equal(parseMode(answer), "follower");
        const idle = "This ZooKeeper instance is not currently serving requests\n";
        assert.equal(parseMode(idle), undefined);
    });

    it("passes one leader with followers", () => {
        const checks = judgeZookeeper(members("follower", "leader", "follower"), NAMESPACE);
        assert.ok(checks.every(({ ok }) => ok));
        assert.deepEqual(checks.at(-1), {
            area: "zookeeper",
            name: "quorum",
            ok: true,
            detail: "leader zookeeper-1, 2 of 2 followers",
        });
    });

    it("fails two leaders", () => {
        const quorum = judgeZookeeper(members("leader", "leader", "follower"), NAMESPACE).at(-1);
        assert.equal(quorum?.ok, false);
        assert.equal(quorum?.detail, "2 leaders (zookeeper-0, zookeeper-1): the ensemble is split");
    });

    it("fails an ensemble without a leader, and each member that serves nobody", () => {
        const checks = judgeZookeeper(members(undefined, undefined, undefined), NAMESPACE);
        assert.ok(checks.every(({ ok }) => !ok));
        assert.equal(checks[0]?.detail, "serves no requests: it is in no quorum");
        assert.equal(checks[0]?.next, "kubectl logs zookeeper-0 -n kafka");
        assert.equal(checks.at(-1)?.detail, "no leader, 0 of 2 followers");
    });

    it("fails the quorum that lacks a follower, and says why there is no answer", () => {
        const lost = { pod: "zookeeper-2", fault: "there is no such pod" };
        const checks = judgeZookeeper([...members("leader", "follower"), lost], NAMESPACE);
        assert.deepEqual(
            checks.map(({ ok }) => ok),
            [true, true, false, false],
        );
        assert.equal(checks[2]?.detail, "there is no such pod");
    });

    it("wants a single member to stand alone", () => {
        assert.deepEqual(judgeZookeeper(members("standalone"), NAMESPACE), [
            { area: "zookeeper", name: "zookeeper-0", ok: true, detail: "standalone" },
        ]);
        assert.equal(judgeZookeeper(members("leader"), NAMESPACE)[0]?.ok, false);
        const many = judgeZookeeper(members("standalone", "leader", "follower"), NAMESPACE);
        assert.equal(many[0]?.ok, false);
    });

    it("is left out where there is none", () => {
        assert.deepEqual(judgeZookeeper([], NAMESPACE), []);
    });
});

describe("judgeBrokers", () => {
    function broker(id: number, isController = false) {
        return { id, host: `b${id}`, port: 9092, isController, rack: `zone-${id}` };
    }

    it("passes when all are registered and one is the controller", () => {
        assert.deepEqual(judgeBrokers([broker(0), broker(1, true)], 2, POD, NAMESPACE), [
            {
                area: "brokers",
                name: "registered",
                ok: true,
                detail: "2 of 2 brokers (0, 1), racks zone-0, zone-1",
            },
            { area: "brokers", name: "controller", ok: true, detail: "broker 1" },
        ]);
    });

    it("names the missing broker and its log, and a missing controller", () => {
        const [registered, controller] = judgeBrokers([broker(0), broker(2)], 3, POD, NAMESPACE);
        assert.equal(registered?.ok, false);
        assert.match(registered?.detail ?? "", /^2 of 3 brokers \(0, 2\), missing 1/);
        assert.equal(registered?.next, "kubectl logs kafka-1 -n kafka");
        assert.equal(controller?.ok, false);
    });
});

describe("judgePartitions", () => {
    function judge(partition: Partial<PartitionDescription>, minInsyncReplicas = 2) {
        const well = { partition: 0, leader: 0, replicas: [0, 1, 2], isr: [0, 1, 2] };
        const partitions = [
            { ...well, partition: 1 },
            { ...well, ...partition },
        ];
        const topics = [{ topic: "t", isInternal: false, minInsyncReplicas, partitions }];
        return judgePartitions(topics, POD, NAMESPACE);
    }

    /** Whether each of offline, under min ISR and under-replicated passed. */
    function verdicts(checks: ReturnType<typeof judge>) {
        return checks.map(({ ok }) => ok);
    }

    it("passes when every replica is in sync", () => {
        const checks = judge({});
        assert.deepEqual(verdicts(checks), [true, true, true]);
        assert.equal(checks[0]?.detail, "none of 2 in 1 topics");
    });

    it("fails an under-replicated partition and points to the broker that lags", () => {
        const checks = judge({ isr: [0, 2] });
        assert.deepEqual(verdicts(checks), [true, true, false]);
        assert.equal(checks[2]?.detail, "1 of 2: t-0 (replicas 0,1,2, in sync 0,2)");
        assert.equal(checks[2]?.next, "kubectl logs kafka-1 -n kafka");
    });

    it("fails a partition that acks=all can't be written to", () => {
        assert.deepEqual(verdicts(judge({ isr: [0] })), [true, false, false]);
    });

    it("fails an offline partition and points to the broker that has its data", () => {
        const checks = judge({ leader: undefined, isr: [2] });
        assert.deepEqual(verdicts(checks), [false, false, false]);
        assert.equal(checks[0]?.next, "kubectl logs kafka-2 -n kafka");
    });

    it("takes broker 0 for a leader like any other", () => {
        assert.equal(judge({ leader: 0 })[0]?.ok, true);
    });

    it("shortens a long list", () => {
        const partitions = Array.from({ length: 12 }, (_, partition) => ({
            partition,
            replicas: [0],
            isr: [],
        }));
        const topics = [{ topic: "t", isInternal: false, minInsyncReplicas: 1, partitions }];
        assert.match(
            judgePartitions(topics, POD, NAMESPACE)[0]!.detail,
            /^12 of 12: .* and 4 more$/,
        );
    });
});

describe("listeners", () => {
    it("passes when all addresses answer", () => {
        const probed = [{ address: "lb:9092" }, { address: "b0:9094" }, { address: "b1:9094" }];
        const check = judgeAddresses(EXTERNAL, probed, NAMESPACE);
        assert.equal(check.ok, true);
        assert.match(check.detail, /^loadBalancer, all 3 addresses answer: lb:9092, b0:9094,/);
    });

    it("names every address that fails, and why", () => {
        const probed = [
            { address: "lb:9092", fault: "refused" },
            { address: "b0:9094" },
            { address: "b1:9094", fault: "the name does not resolve" },
        ];
        const check = judgeAddresses(EXTERNAL, probed, NAMESPACE);
        assert.equal(check.ok, false);
        assert.equal(
            check.detail,
            "2 of 3 can't be reached from here: bootstrap lb:9092: refused; " +
                "broker 1 b1:9094: the name does not resolve",
        );
        assert.equal(check.next, "kubectl get services -n kafka -o wide");
    });

    it("passes a round trip through all partitions", () => {
        const trips = [{ partition: 0 }, { partition: 1 }];
        const trip = { trips, advertised: EXTERNAL.brokers, milliseconds: 5 };
        assert.deepEqual(judgeRoundTrip(EXTERNAL, trip, NAMESPACE), [
            {
                area: "listeners",
                name: "external: round trip",
                ok: true,
                detail: "2 of 2 partitions in 5 ms",
            },
        ]);
    });

    it("fails a round trip that one partition failed or that had none", () => {
        const trips = [{ partition: 0 }, { partition: 1, fault: "no leader" }];
        const trip = { trips, advertised: EXTERNAL.brokers, milliseconds: 5 };
        const [check] = judgeRoundTrip(EXTERNAL, trip, NAMESPACE);
        assert.equal(check?.ok, false);
        assert.equal(check?.detail, "1 of 2 partitions failed: 1: no leader");
        assert.equal(judgeRoundTrip(EXTERNAL, { ...trip, trips: [] }, NAMESPACE)[0]?.ok, false);
    });

    it("fails brokers that advertise other addresses than the program gave them", () => {
        const trip = {
            trips: [{ partition: 0 }],
            advertised: ["b0:9094", "old:9094"],
            milliseconds: 5,
        };
        const check = judgeRoundTrip(EXTERNAL, trip, NAMESPACE)[1];
        assert.equal(check?.ok, false);
        assert.equal(check?.detail, "brokers advertise old:9094, expected b0:9094, b1:9094");
    });

    it("tells the listeners that ask for TLS or credentials", () => {
        assert.equal(isOpen(EXTERNAL), true);
        assert.equal(isOpen({ ...EXTERNAL, tls: true }), false);
        assert.equal(isOpen({ ...EXTERNAL, authentication: { type: "tls" } }), false);
    });
});

describe("podOfBroker", () => {
    it("takes the pod from the internal listener, whoever named it", () => {
        const internal: ListenerEntry = {
            ...EXTERNAL,
            type: "internal",
            brokers: ["my-pool-0.brokers.kafka.svc:9092"],
        };
        assert.equal(podOfBroker([EXTERNAL, internal])(0), "my-pool-0");
        assert.equal(podOfBroker([EXTERNAL])(1), "kafka-1");
    });
});
