import assert from "node:assert/strict";
import { podOfBroker } from "../../../../tools/health";
import { judgeBrokers, judgeController } from "../../../../tools/health/brokers";
import type { HealthContext } from "../../../../tools/health/check";
import { judgeRoundTrip } from "../../../../tools/health/listeners";
import { judgeMinIsr } from "../../../../tools/health/minIsr";
import { judgePartitions } from "../../../../tools/health/partitions";
import { checkZookeeper, judgeZookeeper, parseMode } from "../../../../tools/health/zookeeper";
import type { ListenerEntry } from "../../../../components/kafka/clientAccess";
import { ordinals } from "../../../../components/kafka/names";
import type { PartitionDescription } from "../../../../tools/client/topics";

const NAMESPACE = "kafka";
const POD = (id: number) => `kafka-${id}`;
const EXTERNAL: ListenerEntry = {
    name: "external",
    type: "loadBalancer",
    tls: false,
    bootstrap: "lb:9092",
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

    it("is left out where there is none", async () => {
        const context = { namespace: NAMESPACE } as HealthContext;
        const pool = {
            kind: "kafkanodepool",
            name: "broker",
            replicas: 1,
            pods: ["kafka-broker-0"],
            claims: [],
        } as const;
        assert.deepEqual(await checkZookeeper(context, [pool]), []);
    });
});

describe("brokers", () => {
    function broker(id: number, isController = false) {
        return { id, host: `b${id}`, port: 9092, isController, rack: `zone-${id}` };
    }

    it("passes when all are registered", () => {
        assert.deepEqual(judgeBrokers([broker(0), broker(1, true)], [0, 1], POD, NAMESPACE), {
            area: "brokers",
            name: "registered",
            ok: true,
            detail: "2 of 2 brokers (0, 1), racks zone-0, zone-1",
        });
    });

    it("names the missing broker and its log", () => {
        assert.deepEqual(judgeBrokers([broker(0), broker(2)], [0, 1, 2], POD, NAMESPACE), {
            area: "brokers",
            name: "registered",
            ok: false,
            detail: "2 of 3 brokers (0, 2), missing 1, racks zone-0, zone-2",
            next: "kubectl logs kafka-1 -n kafka",
        });
    });

    it("does not count a broker that is about to go for one that is missing", () => {
        assert.deepEqual(judgeBrokers([broker(0), broker(2)], [0, 1], POD, NAMESPACE), {
            area: "brokers",
            name: "registered",
            ok: false,
            detail: "1 of 2 brokers (0, 2), missing 1, racks zone-0, zone-2",
            next: "kubectl logs kafka-1 -n kafka",
        });
    });

    it("passes when one is the controller, and fails without", () => {
        assert.deepEqual(judgeController([broker(0), broker(1, true)], NAMESPACE), {
            area: "brokers",
            name: "controller",
            ok: true,
            detail: "broker 1",
        });
        assert.deepEqual(judgeController([broker(0), broker(1)], NAMESPACE), {
            area: "brokers",
            name: "controller",
            ok: false,
            detail: "no broker is the controller",
            next: "kubectl logs -n kafka -l app.kubernetes.io/name=kafka --tail 50 --prefix",
        });
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

    /** Whether each of offline, under min ISR, under-replicated and enough replicas for min ISR passed. */
    function verdicts(checks: ReturnType<typeof judge>) {
        return checks.map(({ ok }) => ok);
    }

    it("passes when every replica is in sync", () => {
        const checks = judge({});
        assert.deepEqual(verdicts(checks), [true, true, true, true]);
        assert.equal(checks[0]?.detail, "none of 2 in 1 topics");
    });

    it("fails an under-replicated partition and points to the broker that lags", () => {
        const checks = judge({ isr: [0, 2] });
        assert.deepEqual(verdicts(checks), [true, true, false, true]);
        assert.equal(checks[2]?.detail, "1 of 2: t-0 (replicas 0,1,2, in sync 0,2)");
        assert.equal(checks[2]?.next, "kubectl logs kafka-1 -n kafka");
    });

    it("fails a partition that acks=all can't be written to", () => {
        assert.deepEqual(verdicts(judge({ isr: [0] })), [true, false, false, true]);
    });

    it("fails an offline partition and points to the broker that has its data", () => {
        const checks = judge({ leader: undefined, isr: [2] });
        assert.deepEqual(verdicts(checks), [false, false, false, true]);
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

describe("replicas for min ISR", () => {
    /** A topic whose partitions have so many replicas, all in sync. */
    function topic(name: string, minInsyncReplicas: number, ...replicas: number[]) {
        const partitions = replicas.map((count, partition) => {
            const ids = ordinals(count);
            return { partition, leader: 0, replicas: ids, isr: ids };
        });
        return { topic: name, isInternal: false, minInsyncReplicas, partitions };
    }

    const base = { area: "partitions", name: "replicas for min ISR" };

    it("pass where there are more, and where one replica is all that is wanted", () => {
        const topics = [topic("a", 2, 3, 3), topic("b", 1, 1)];
        assert.deepEqual(judgeMinIsr(topics), {
            ...base,
            ok: true,
            detail: "enough in all 2 topics",
        });
    });

    it("pass where there are just as many, and say when writes stop", () => {
        const topics = [topic("a", 2, 3, 2), topic("b", 2, 3)];
        assert.deepEqual(judgeMinIsr(topics), {
            ...base,
            ok: true,
            detail: "enough in all 2 topics; 1 topic takes no writes with acks=all while a broker restarts: a (replicas 2, min ISR 2)",
        });
    });

    it("fail where there are fewer, with the way out", () => {
        const topics = [topic("a", 2, 1), topic("__consumer_offsets", 2, 3, 1), topic("c", 2, 2)];
        assert.deepEqual(judgeMinIsr(topics), {
            ...base,
            ok: false,
            detail:
                "2 topics take no writes with acks=all: a (replicas 1, min ISR 2), " +
                "__consumer_offsets (replicas 1, min ISR 2); " +
                "1 topic takes no writes with acks=all while a broker restarts: c (replicas 2, min ISR 2)",
            next:
                'raise their replicas with kafka-reassign-partitions, as docs/operations.md says under "A topic has ' +
                'too few replicas", or lower min.insync.replicas',
        });
    });

    it("are no reason to look for a broker that is missing", () => {
        assert.deepEqual(
            judgePartitions([topic("a", 2, 1)], POD, NAMESPACE).map(({ ok }) => ok),
            [true, true, true, false],
        );
    });
});

describe("listeners", () => {
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

    it("expects no addresses that the brokers alone can know", () => {
        const trip = { trips: [{ partition: 0 }], advertised: ["lb-0:9094"], milliseconds: 5 };
        assert.deepEqual(judgeRoundTrip({ ...EXTERNAL, brokers: [] }, trip, NAMESPACE), [
            {
                area: "listeners",
                name: "external: round trip",
                ok: true,
                detail: "1 of 1 partitions in 5 ms",
            },
        ]);
    });
});

describe("podOfBroker", () => {
    it("takes the pod from the internal listener, whoever named it", () => {
        const internal: ListenerEntry = {
            ...EXTERNAL,
            type: "internal",
            brokers: [0, 1].map(
                (id) => `kafka-broker-${id}.kafka-kafka-brokers.kafka.svc.cluster.local:9092`,
            ),
        };
        const unknown = { ...EXTERNAL, brokers: [] };
        assert.equal(podOfBroker([unknown, internal])(1), "kafka-broker-1");
        assert.equal(podOfBroker([EXTERNAL])(1), "kafka-1");
    });
});
