import assert from "node:assert/strict";
import {
    accepts,
    BadCase,
    kafka,
    problemsOf,
    properties,
    refuses,
    STATEFULSET,
    STRIMZI,
    topics,
} from "./cases";

const above = (minIsr: number, key = "topics[0]") =>
    `a factor above the brokers' min.insync.replicas of ${minIsr}, or a lower min.insync.replicas in ${key}.config`;
const MIN_ISR = "min.insync.replicas";

const BAD_TOPICS: Readonly<Record<string, readonly BadCase[]>> = {
    "two topics of one name": [
        [
            topics({ name: "orders" }, { name: "orders" }),
            "topics[1].name",
            "a name that differs from topics[0].name in more than dots and underscores",
            '"orders"',
        ],
        [
            topics({ name: "a" }, { name: "orders.v1" }, { name: "orders_v1" }),
            "topics[2].name",
            "a name that differs from topics[1].name in more than dots and underscores",
            '"orders_v1"',
        ],
        [
            topics({ name: "a_b.c" }, { name: "a.b_c" }),
            "topics[1].name",
            "a name that differs from topics[0].name in more than dots and underscores",
            '"a.b_c"',
        ],
    ],
    "more replicas than there are brokers": [
        [
            topics({ name: "a" }, { name: "b", replicationFactor: 4 }),
            "topics[1].replicationFactor",
            "at most 3, the number of brokers",
            "4",
        ],
        [
            { ...kafka({ replicas: 1 }), ...topics({ name: "a", replicationFactor: 2 }) },
            "topics[0].replicationFactor",
            "at most 1, the number of brokers",
            "2",
        ],
    ],
    "a min ISR that leaves no room for a restart": [
        [
            topics({ name: "a", config: { [MIN_ISR]: 3 } }),
            `topics[0].config.${MIN_ISR}`,
            "a whole number from 1 to 2, so that a broker can restart with 3 replicas",
            '"3"',
        ],
        [
            topics({ name: "a", replicationFactor: 2, config: { [MIN_ISR]: 2 } }),
            `topics[0].config.${MIN_ISR}`,
            "a whole number from 1 to 1, so that a broker can restart with 2 replicas",
            '"2"',
        ],
        [
            topics({ name: "a", config: { [MIN_ISR]: 0 } }),
            `topics[0].config.${MIN_ISR}`,
            "a whole number from 1 to 2, so that a broker can restart with 3 replicas",
            '"0"',
        ],
        [
            topics({ name: "a", config: { [MIN_ISR]: "two" } }),
            `topics[0].config.${MIN_ISR}`,
            "a whole number from 1 to 2, so that a broker can restart with 3 replicas",
            '"two"',
        ],
        [
            {
                ...properties({ "default.replication.factor": 2 }),
                ...topics({ name: "a", config: { [MIN_ISR]: 2 } }),
            },
            `topics[0].config.${MIN_ISR}`,
            "a whole number from 1 to 1, so that a broker can restart with 2 replicas",
            '"2"',
        ],
    ],
    "replicas that the brokers' min ISR does not suit": [
        [topics({ name: "a", replicationFactor: 1 }), "topics[0].replicationFactor", above(2), "1"],
        [
            topics({ name: "a" }, { name: "b", replicationFactor: 2 }),
            "topics[1].replicationFactor",
            above(2, "topics[1]"),
            "2",
        ],
    ],
    "a mistake of the brokers only there": [
        [
            {
                ...properties({ "default.replication.factor": 4 }),
                ...topics({ name: "a" }, { name: "b", config: { [MIN_ISR]: 1 } }),
            },
            "kafka.config.default.replication.factor",
            "a whole number from 1 to 3, the number of brokers",
            '"4"',
        ],
        [
            {
                ...properties({ "default.replication.factor": "many" }),
                ...topics({ name: "a" }, { name: "b", config: { [MIN_ISR]: 1 } }),
            },
            "kafka.config.default.replication.factor",
            "a whole number from 1 to 3, the number of brokers",
            '"many"',
        ],
        [
            {
                ...properties({ [MIN_ISR]: 3 }),
                ...topics({ name: "a" }, { name: "b", config: { [MIN_ISR]: 1 } }),
            },
            `kafka.config.${MIN_ISR}`,
            "a whole number from 1 to 2, one below default.replication.factor, so that a broker can restart",
            '"3"',
        ],
        [
            { ...properties({ [MIN_ISR]: 0 }), ...topics({ name: "a", replicationFactor: 3 }) },
            `kafka.config.${MIN_ISR}`,
            "a whole number from 1 to 2, one below default.replication.factor, so that a broker can restart",
            '"0"',
        ],
    ],
};

const GOOD_TOPICS = {
    "the longest name and the shortest": topics({ name: "x".repeat(249) }, { name: "x" }),
    "names of every kind of character": topics({ name: "A-b_c.9" }, { name: "..." }, { name: "_" }),
    "names that differ in their case only": topics({ name: "orders" }, { name: "ORDERS" }),
    "one replica with a min ISR of its own": topics({
        name: "a",
        replicationFactor: 1,
        config: { [MIN_ISR]: 1 },
    }),
    "two replicas with a min ISR of their own": topics({
        name: "a",
        replicationFactor: 2,
        config: { [MIN_ISR]: "1" },
    }),
    "as many replicas as brokers": {
        ...kafka({ replicas: 5 }),
        ...topics({ name: "a", replicationFactor: 5 }),
    },
    "one replica on one broker": {
        ...kafka({ replicas: 1 }),
        ...topics({ name: "a", replicationFactor: 1 }),
    },
    "one replica where the brokers' min ISR is 1": {
        ...properties({ [MIN_ISR]: 1 }),
        ...topics({ name: "a", replicationFactor: 1 }),
    },
    // What there is only the brokers know: an update refuses it.
    "fewer partitions than a topic may have": topics({ name: "a", partitions: 1 }),
};

describe("topics of the configuration", () => {
    for (const [type, base] of Object.entries({ strimzi: STRIMZI, statefulset: STATEFULSET })) {
        describe(`with ${type}`, () => {
            refuses(base, BAD_TOPICS);
            accepts(base, GOOD_TOPICS);
        });
    }

    it("are not compared with one that could not be read", () => {
        const problems = problemsOf({
            ...STRIMZI,
            ...kafka({ replicas: 0 }),
            ...topics({ name: "a b" }, { name: "a", replicationFactor: 9 }, { name: "a" }),
        });
        assert.deepEqual(
            problems.map(({ key }) => key),
            ["kafka.replicas", "topics[0].name", "topics[2].name"],
        );
    });
});
