import assert from "node:assert/strict";
import { parseFacts } from "../../../../../components/statefulset/admin/facts";

const NONE = { count: 0, examples: [] };

/** What is printed of a healthy cluster without any option. */
const HEALTHY = {
    clusterId: "w7M5xI4aQ6Gw0jarCQ6rbA",
    reassigning: 0,
    controller: 0,
    brokers: [0, 1, 2],
    silent: [],
    topics: 2,
    partitions: 8,
    underReplicated: { ...NONE, missing: [] },
    offline: NONE,
    atRisk: NONE,
    noRoom: NONE,
    single: { count: 1, examples: ["solo"] },
};

describe("facts about Kafka", () => {
    it("are what the Job printed", () => {
        assert.deepEqual(parseFacts(`${JSON.stringify(HEALTHY)}\n`), HEALTHY);
    });

    it("have more where more was asked", () => {
        const facts = {
            ...HEALTHY,
            belowMinIsrWithout: NONE,
            missingOther: [2],
            replicasFrom: { count: 1, examples: ["orders-3"], brokers: [2] },
            fewerThan: { count: 1, examples: [{ topic: "solo", replicas: 1 }] },
        };
        assert.deepEqual(parseFacts(JSON.stringify(facts)), facts);
    });

    it("say why no controller answers", () => {
        const facts = {
            ...HEALTHY,
            reassigning: null,
            controller: null,
            controllerProblem: "Timed out waiting for a node assignment. Call: describeCluster",
        };
        assert.deepEqual(parseFacts(JSON.stringify(facts)), facts);
    });

    it("may come after warnings of the image", () => {
        const text = `Picked up JAVA_TOOL_OPTIONS: -Da=b\n{}\n${JSON.stringify(HEALTHY)}\n`;
        assert.deepEqual(parseFacts(text), HEALTHY);
    });

    const refusal = (text: string): string => {
        try {
            parseFacts(text);
        } catch (error) {
            return (error as Error).message;
        }
        return "accepted";
    };

    it("are nothing else", () => {
        assert.equal(
            refusal("Killed"),
            'expected facts about Kafka, got "Killed" (Invalid input: expected object, received undefined)',
        );
        assert.match(
            refusal(""),
            /^expected facts about Kafka, got "" \(Invalid input: expected object/,
        );
        assert.match(refusal(JSON.stringify(HEALTHY).slice(0, -1)), /expected object/);
    });

    it("have every field, each of its type, and no other", () => {
        for (const field of Object.keys(HEALTHY)) {
            const without = Object.entries(HEALTHY).filter(([name]) => name !== field);
            assert.match(
                refusal(JSON.stringify(Object.fromEntries(without))),
                new RegExp(`\\(${field}: Invalid input: expected `),
            );
        }
        const wrong = (facts: object) => refusal(JSON.stringify({ ...HEALTHY, ...facts }));
        assert.match(wrong({ brokers: ["0"] }), /\(brokers: 0: Invalid input/);
        assert.match(
            wrong({ offline: { count: -1, examples: [] } }),
            /\(offline: count: Too small/,
        );
        assert.match(wrong({ underReplicated: NONE }), /\(underReplicated: missing: Invalid input/);
        assert.match(wrong({ later: 1 }), /\(Unrecognized key: "later"/);
    });
});
