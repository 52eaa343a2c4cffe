import assert from "node:assert/strict";
import type { KafkaFacts } from "../../../../../components/statefulset/admin/facts";
import {
    type BrokerChange,
    type Objections,
    objections,
} from "../../../../../components/statefulset/brokers/objections";
import { WHOLE } from "../live";

const RESTART: BrokerChange = { brokers: [0, 1, 2], broken: [], restarts: true };
const CURE: BrokerChange = { ...RESTART, broken: [2] };

const found = (...examples: string[]) => ({ count: examples.length, examples });
const topics = (...examples: { topic: string; replicas: number }[]) => ({
    count: examples.length,
    examples,
});

type Case = readonly [
    what: string,
    facts: Partial<KafkaFacts>,
    change: Partial<BrokerChange>,
    expected: Partial<Objections>,
];

const MORE_ROOM =
    'give these topics more replicas, or a lower min ISR in the running Kafka: docs/operations.md, "A topic has too few replicas"';

/** What speaks against a change, by a key that can overrule it, or by none. */
const REFUSED: readonly Case[] = [
    [
        "no controller answers",
        { controller: null, controllerProblem: "broker 1 gave no answer within 5 s" },
        {},
        {
            degraded: [
                "expected a controller that answers, got broker 1 gave no answer within 5 s",
            ],
        },
    ],
    [
        "there is no controller",
        { controller: null },
        {},
        { degraded: ["expected a controller that answers, got none"] },
    ],
    [
        "a broker is not in the metadata",
        { brokers: [0, 2] },
        {},
        { degraded: ["expected all brokers in Kafka's metadata, got all but broker 1"] },
    ],
    [
        "a replica is behind",
        { underReplicated: { ...found("orders-0"), missing: [2] } },
        {},
        {
            degraded: [
                "expected every replica in sync, got 1 partition without broker 2 (orders-0)",
            ],
        },
    ],
    [
        "many replicas are behind",
        { underReplicated: { count: 7, examples: ["a-0", "a-1"], missing: [0, 2] } },
        {},
        {
            degraded: [
                "expected every replica in sync, got 7 partitions without broker 0, 2 (a-0, a-1, …)",
            ],
        },
    ],
    [
        "a partition has no leader",
        { offline: found("orders-1") },
        {},
        { degraded: ["expected a leader everywhere, got 1 partition without one (orders-1)"] },
    ],
    [
        "a topic stops whenever any of its brokers does",
        { noRoom: found("orders", "audit") },
        {},
        {
            degraded: [
                "expected more replicas than their min ISR in all topics, got 2 topics that any restart stops (orders, audit)",
            ],
            waysOn: [MORE_ROOM],
        },
    ],
    [
        "a topic stops with the next broker that restarts after the cure of another one",
        { noRoom: found("orders"), missingOther: [], belowMinIsrWithout: found() },
        CURE,
        {
            degraded: [
                "expected more replicas than their min ISR in all topics, got 1 topic that any restart stops (orders)",
            ],
            waysOn: [MORE_ROOM],
        },
    ],
    [
        "others lag beside those that can't start",
        { missingOther: [0, 1] },
        CURE,
        { degraded: ["expected only broker 2 out of sync, got broker 0, 1, too"] },
    ],
    [
        "the others don't hold without those that can't start",
        { belowMinIsrWithout: found("orders-0", "orders-1") },
        CURE,
        {
            degraded: [
                "expected all partitions to hold their min ISR without broker 2, got 2 partitions below it (orders-0, orders-1)",
            ],
        },
    ],
    [
        "another broker is away beside those that can't start",
        { brokers: [0] },
        CURE,
        { degraded: ["expected all brokers in Kafka's metadata, got all but broker 1"] },
    ],
    [
        "a broker is registered and does not answer",
        { silent: [1] },
        {},
        { degraded: ["expected all brokers to answer, got no answer from broker 1"] },
    ],
    [
        "another broker does not answer beside those that can't start",
        { silent: [0] },
        CURE,
        { degraded: ["expected all brokers to answer, got no answer from broker 0"] },
    ],
    [
        "a broker that is to go holds replicas",
        { replicasFrom: { ...found("orders-2"), brokers: [3] } },
        { restarts: false, keep: 3 },
        {
            unsafe: [
                "kafka.replicas: expected no replicas on brokers that are to go, got 1 partition on broker 3 (orders-2). " +
                    "Next: Move them to the brokers 0 to 2 with kafka-reassign-partitions first, as docs/operations.md says",
            ],
        },
    ],
    [
        "only one broker is to stay",
        { replicasFrom: { ...found("a-0", "a-1"), brokers: [1, 2] } },
        { restarts: false, keep: 1 },
        {
            unsafe: [
                "kafka.replicas: expected no replicas on brokers that are to go, got 2 partitions on broker 1, 2 (a-0, a-1). " +
                    "Next: Move them to broker 0 with kafka-reassign-partitions first, as docs/operations.md says",
            ],
        },
    ],
    [
        "the min ISR would rise over a topic's head",
        { fewerThan: topics({ topic: "orders", replicas: 1 }, { topic: "audit", replicas: 2 }) },
        { restarts: false, minInsyncReplicas: 2 },
        {
            unsafe: [
                'kafka.config["min.insync.replicas"]: expected topics of more than 2 replicas, got 2 topics of no more ' +
                    "(orders (1), audit (2)). Next: Raise their replicas first, as docs/operations.md says, or set it back",
            ],
        },
    ],
    [
        "all of that comes together",
        {
            offline: found("orders-1"),
            replicasFrom: { ...found("orders-2"), brokers: [3] },
            fewerThan: { count: 9, examples: [{ topic: "orders", replicas: 1 }] },
            single: found("orders"),
        },
        { keep: 3, minInsyncReplicas: 1 },
        {
            degraded: ["expected a leader everywhere, got 1 partition without one (orders-1)"],
            unsafe: [
                "kafka.replicas: expected no replicas on brokers that are to go, got 1 partition on broker 3 (orders-2). " +
                    "Next: Move them to the brokers 0 to 2 with kafka-reassign-partitions first, as docs/operations.md says",
                'kafka.config["min.insync.replicas"]: expected topics of more than 1 replica, got 9 topics of no more ' +
                    "(orders (1), …). Next: Raise their replicas first, as docs/operations.md says, or set it back",
            ],
            warnings: [
                "1 topic of one replica: nobody writes or reads while its broker restarts (orders)",
            ],
        },
    ],
];

/** The neighbours of those above. */
const PASSES: readonly Case[] = [
    ["Kafka is whole", {}, {}, {}],
    ["partitions are at risk by a second loss only", { atRisk: found("orders-0") }, {}, {}],
    ["partitions are being moved", { reassigning: 3 }, {}, {}],
    ["there is one broker more than there are pods", { brokers: [0, 1, 2, 3] }, {}, {}],
    [
        "a topic has one replica, which is said",
        { single: found("orders") },
        {},
        {
            warnings: [
                "1 topic of one replica: nobody writes or reads while its broker restarts (orders)",
            ],
        },
    ],
    [
        "only the broker lags that can't start, and the others hold",
        {
            brokers: [0, 1],
            underReplicated: { ...found("orders-0"), missing: [2] },
            offline: found("single-0"),
            missingOther: [],
            belowMinIsrWithout: found(),
        },
        CURE,
        {},
    ],
    [
        "no pod restarts",
        {
            controller: null,
            brokers: [0],
            underReplicated: { ...found("orders-0"), missing: [1, 2] },
            offline: found("orders-1"),
            noRoom: found("orders"),
            single: found("audit"),
        },
        { restarts: false },
        {},
    ],
    [
        "brokers go that hold nothing",
        { replicasFrom: { ...found(), brokers: [] } },
        { restarts: false, keep: 3 },
        {},
    ],
    [
        "the min ISR rises, and all topics have the replicas",
        { fewerThan: topics() },
        { restarts: false, minInsyncReplicas: 2 },
        {},
    ],
    [
        "topics have few replicas, and the min ISR stays",
        { fewerThan: topics({ topic: "orders", replicas: 1 }) },
        { restarts: false },
        {},
    ],
    [
        "brokers hold replicas, and none is to go",
        { replicasFrom: { ...found("orders-2"), brokers: [3] } },
        {},
        {},
    ],
];

describe("objections to a change of the brokers", () => {
    for (const [title, cases] of [
        ["are there where", REFUSED],
        ["are none where", PASSES],
    ] as const) {
        describe(title, () => {
            for (const [what, facts, change, expected] of cases) {
                it(what, () => {
                    assert.deepEqual(
                        objections({ ...WHOLE, ...facts }, { ...RESTART, ...change }),
                        { degraded: [], waysOn: [], unsafe: [], warnings: [], ...expected },
                    );
                });
            }
        });
    }
});
