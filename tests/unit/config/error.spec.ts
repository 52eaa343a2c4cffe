import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ConfigError, loadConfig } from "../../../config";
import { runProgram, stackValues } from "../../support/mocks";
import { INTERNAL, NODE_PORT, problemsOf, STATEFULSET, UNKNOWN } from "./cases";

const [UNKNOWN_EXPECTED, UNKNOWN_GIVEN] = UNKNOWN;
const LABEL = "a DNS-1123 label: lower-case letters, digits and hyphens";

const unknown = (key: string) => ({ key, expected: UNKNOWN_EXPECTED, given: UNKNOWN_GIVEN });

const MANY_MISTAKES = {
    ...STATEFULSET,
    platform: "gke",
    namspace: "kafka",
    kafka: {
        replicas: 0,
        storage: { size: "50GB" },
        config: { "broker.id": "7", "min.insync.replicas": 3 },
        verbose: true,
    },
    zookeeper: "{",
    listeners: [
        { ...INTERNAL, port: 80 },
        { ...NODE_PORT, basePort: 32767 },
        { ...NODE_PORT, allowInsecure: true, basePort: 30000 },
    ],
};

describe("error of the configuration", () => {
    it("lists all mistakes at once", () => {
        assert.deepEqual(problemsOf(MANY_MISTAKES), [
            { ...unknown("namspace"), next: "did you mean namespace?" },
            { key: "platform", expected: '"eks" or "kubeconfig"', given: '"gke"' },
            unknown("kafka.verbose"),
            { key: "kafka.replicas", expected: "a whole number from 1 to 900", given: "0" },
            {
                key: "kafka.storage.size",
                expected: 'a Kubernetes quantity above zero such as "50Gi"',
                given: '"50GB"',
                next: 'did you mean "50G"?',
            },
            {
                key: "zookeeper",
                expected: "an object or a list",
                given: "a text",
                next: 'write it as JSON, with names and texts in double quotes: {"name": "text"}',
            },
            {
                key: "listeners[0].port",
                expected: "a port from 9092 to 65535 (lower ones are the program's own)",
                given: "80",
            },
            {
                key: "kafka.config.broker.id",
                expected: "nothing: the program sets this broker property itself",
                given: '"7"',
            },
            {
                key: "listeners[2].allowInsecure",
                expected: "nothing with tls true, which encrypts what clients send",
                given: "true",
            },
            {
                key: "listeners[2].name",
                expected: "a name that listeners[1].name does not have",
                given: '"nodes"',
            },
            {
                key: "listeners[2].port",
                expected: "a port that listeners[1].port does not have",
                given: "9094",
            },
        ]);
    });

    it("says for each key what was expected and what was given", () => {
        const bad = { ...STATEFULSET, namespace: "Kafka", zookeeper: { replicas: 2 } };
        assert.throws(() => loadConfig(stackValues(bad)), {
            message: [
                "2 problems in the configuration of the stack:",
                `  kafka-eks:namespace: expected ${LABEL}, got "Kafka". Next: did you mean "kafka"?`,
                "  kafka-eks:zookeeper.replicas: expected an odd number of members from 1 to 7, got 2",
            ].join("\n"),
        });
        assert.throws(() => loadConfig({}), {
            message: [
                "2 problems in the configuration of the stack:",
                '  aws:region: expected an AWS region such as "eu-west-1", got nothing',
                "  kafka-eks:eks.publicAccessCidrs: expected the CIDR blocks that may reach the cluster's API server, or [] for none, got nothing",
            ].join("\n"),
        });
    });

    it("says what may be wrong, too, beside what is", () => {
        const config = { "num.partitons": 1, "num.partitions": "banana", "broker.id": 1 };
        const bad = {
            ...STATEFULSET,
            kafka: { config },
            topics: [null, { name: "a", config: { b: 1 } }],
        };
        assert.throws(() => loadConfig(stackValues(bad)), {
            message: [
                "3 problems in the configuration of the stack:",
                "  kafka-eks:topics[0]: expected an object with name, partitions, replicationFactor and config, got null. " +
                    "Next: give it a value, or remove the key",
                '  kafka-eks:kafka.config.broker.id: expected nothing: the program sets this broker property itself, got "1"',
                '  kafka-eks:kafka.config.num.partitions: expected a whole number from 1 to 2147483647, got "banana"',
                "warnings:",
                "  kafka-eks:kafka.config.num.partitons: Kafka 3.5 has no such property, and brokers ignore it unless a plug-in reads it; " +
                    "did you mean num.partitions?",
                "  kafka-eks:topics[1].config.b: Kafka 3.5 has no such property, and Kafka refuses a topic with it unless a plug-in knows it",
            ].join("\n"),
        });
    });

    it("names a key on one line, whatever stands in it", () => {
        assert.throws(() => loadConfig(stackValues({ ...STATEFULSET, "a\nb": "c", "": "d" })), {
            message: [
                "2 problems in the configuration of the stack:",
                "  kafka-eks:a\\nb: expected one of the keys that the documentation lists, got an unknown key",
                "  kafka-eks:: expected one of the keys that the documentation lists, got an unknown key",
            ].join("\n"),
        });
    });

    it("cuts a value that would fill the screen", () => {
        const [problem] = problemsOf({ platform: "x".repeat(1000) });
        assert.equal(problem?.given, `"${"x".repeat(79)}…`);
    });

    it("is one that Pulumi prints without a stack trace", () => {
        assert.throws(
            () => loadConfig({}),
            (error) => pulumi.RunError.isInstance(error),
        );
    });

    it("comes before anything is registered", async () => {
        const { resources, error } = await runProgram(MANY_MISTAKES);
        assert.ok(error instanceof ConfigError);
        assert.equal(error.problems.length, 11);
        assert.deepEqual(resources.all, []);
    });
});
