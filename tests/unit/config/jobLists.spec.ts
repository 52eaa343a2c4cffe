import assert from "node:assert/strict";
import {
    INTERNAL,
    type Keys,
    listeners,
    problemsOf,
    STATEFULSET,
    STRIMZI,
    topics,
    users,
} from "./cases";

const LIMIT =
    "a list that a Job can read: at most 131000 bytes, a line for each of them and for each property, quota and single right";
const SCRAM = { type: "scram-sha-512" };

describe("lists that Jobs read", () => {
    /** Topics whose lines have 100 bytes each. */
    const topicList = (count: number) =>
        topics(
            ...Array.from({ length: count }, (_, n) => ({
                name: `t${n}`.padEnd(100 - "topic  - -\n".length, "x"),
            })),
        );
    /** A user with that many permissions. */
    const userList = (permissions: number) => ({
        ...listeners({ ...INTERNAL, authentication: SCRAM }),
        ...users({
            name: "alice",
            authentication: SCRAM,
            acls: Array.from({ length: permissions }, (_, n) => ({
                resource: { type: "topic", name: `t${n}`.padEnd(100, "x") },
                operations: ["Read"],
            })),
        }),
    });
    const onStatefulSets = (keys: Keys) => problemsOf({ ...STATEFULSET, ...keys });

    it("are refused where Linux would refuse to start a process with them", () => {
        assert.deepEqual(onStatefulSets(topicList(1310)), []);
        assert.deepEqual(onStatefulSets(topicList(1311)), [
            { key: "topics", expected: LIMIT, given: "131100 bytes" },
        ]);
        assert.deepEqual(onStatefulSets(userList(900)), []);
        const [problem, ...more] = onStatefulSets(userList(1000));
        assert.deepEqual([problem!.key, problem!.expected, more], ["users", LIMIT, []]);
    });

    it("have no limit where Strimzi makes topics and users", () => {
        assert.deepEqual(problemsOf({ ...STRIMZI, ...topicList(1311) }), []);
        assert.deepEqual(problemsOf({ ...STRIMZI, ...userList(1000) }), []);
    });
});
