import assert from "node:assert/strict";
import { homedir } from "node:os";
import { loadConfig } from "../../../config";
import { stackValues } from "../../support/mocks";
import { INTERNAL, kafka, listeners, problemsOf, STATEFULSET, STRIMZI } from "./cases";

describe("values that YAML leaves open", () => {
    const OPEN = { next: "give it a value, or remove the key", given: "null" };

    for (const key of ["namespace", "platform", "protect", "kubeContext"]) {
        it(`are refused: ${key}`, () => {
            const [problem, ...others] = problemsOf({ ...STRIMZI, [key]: "null" });
            assert.deepEqual(others, []);
            assert.deepEqual(problem, { key, expected: problem!.expected, ...OPEN });
        });
    }

    it("are refused as Pulumi hands them out", () => {
        for (const key of ["namespace", "kubernetesVersion", "kafka", "topics", "certificates"]) {
            const problems = problemsOf({ ...STATEFULSET, [key]: "" });
            assert.deepEqual(
                problems.map((problem) => [problem.key, problem.given, problem.next]),
                [[key, '""', OPEN.next]],
            );
        }
    });

    it("are refused inside of a key, and instead of an object", () => {
        assert.deepEqual(
            problemsOf({ ...STRIMZI, ...kafka({ replicas: null }), strimzi: "null" }),
            [
                { key: "kafka.replicas", expected: "a whole number from 1 to 900", ...OPEN },
                { key: "strimzi", expected: "an object", ...OPEN },
            ],
        );
    });
});

describe("names that objects have from JavaScript", () => {
    it("are unknown keys like any other", () => {
        const bad = {
            ...STATEFULSET,
            constructor: "a",
            ["__proto__"]: "b",
            kafka: '{"__proto__":{"replicas":5},"constructor":1,"storage":{"__proto__":1},"config":{"__proto__":1}}',
            topics: '[{"name":"a","__proto__":1}]',
        };
        assert.deepEqual(
            problemsOf(bad).map(({ key, given }) => [key, given]),
            [
                "constructor",
                "__proto__",
                "kafka.__proto__",
                "kafka.storage.__proto__",
                "kafka.config.__proto__",
                "kafka.constructor",
                "topics[0].__proto__",
            ].map((key) => [key, "an unknown key"]),
        );
    });
});

describe("a key that is a path", () => {
    for (const [key, path] of [
        ["kafka..replicas", "kafka.replicas"],
        ["topics[0].", "topics[0]"],
        ["topics[0.name", "topics.NAME"],
    ] as const) {
        it(`is told how to be set, as far as it is one: ${key}`, () => {
            const [root] = path.split(/[.[]/);
            assert.deepEqual(problemsOf({ ...STATEFULSET, [key]: "5" }), [
                {
                    key,
                    expected: `the key ${root} with this in it`,
                    given: "a key of that name",
                    next: `pulumi config rm '${key}', then pulumi config set --path '${path}' VALUE`,
                },
            ]);
        });
    }
});

describe("the path of a kubeconfig", () => {
    for (const [given, path] of [
        ["~", homedir()],
        ["~/.kube/kind", `${homedir()}/.kube/kind`],
        // Shells know the homes of others, and Pulumi's provider does not.
        ["~other/kubeconfig", "~other/kubeconfig"],
        ["./~/kubeconfig", "./~/kubeconfig"],
    ] as const) {
        it(`begins in the home where a shell says so: ${given}`, () => {
            const { kubeconfig } = loadConfig(stackValues({ ...STRIMZI, kubeconfig: given }));
            assert.equal(kubeconfig, path);
        });
    }
});

describe("numbers of the configuration", () => {
    it("stay as they are written", () => {
        const exact = { kafka: '{"config":{"log.retention.ms":9223372036854775807}}' };
        const { kafka: brokers, topics: list } = loadConfig(
            stackValues({
                ...STATEFULSET,
                ...exact,
                topics: '[{"name":"a","config":{"retention.ms":9007199254740993,"flush.ms":7}}]',
            }),
        );
        assert.deepEqual(brokers.config, { "log.retention.ms": "9223372036854775807" });
        assert.deepEqual(list[0]!.config, { "retention.ms": "9007199254740993", "flush.ms": "7" });
    });

    it("are refused where they are too large, as they are written", () => {
        assert.deepEqual(
            problemsOf({
                ...STATEFULSET,
                kafka: '{"replicas":99999999999999999999,"config":{"log.retention.ms":9223372036854775808}}',
            }),
            [
                {
                    key: "kafka.replicas",
                    expected: "a whole number from 1 to 900",
                    given: "99999999999999999999",
                },
                {
                    key: "kafka.config.log.retention.ms",
                    expected: "a whole number from -9223372036854775808 to 9223372036854775807",
                    given: "9223372036854775808",
                },
            ],
        );
        const quotas = '{"producerByteRate":9223372036854775807,"consumerByteRate":1e300}';
        const user = '"name":"a","authentication":{"type":"scram-sha-512"}';
        const listener = { ...INTERNAL, tls: true, authentication: { type: "scram-sha-512" } };
        const keys = { ...listeners(listener), users: `[{${user},"quotas":${quotas}}]` };
        const expected = "at most 9007199254740991";
        assert.deepEqual(problemsOf({ ...STATEFULSET, ...keys }), [
            {
                key: "users[0].quotas.producerByteRate",
                expected,
                given: "9223372036854775807",
            },
            { key: "users[0].quotas.consumerByteRate", expected, given: "1e300" },
        ]);
    });
});
