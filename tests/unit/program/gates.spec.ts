import assert from "node:assert/strict";
import { mock } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { AnsweringCluster } from "../../support/answeringCluster";
import { runProgram } from "../../support/mocks";

const TOPICS = [{ name: "orders" }];
const CONFIGS = {
    statefulset: {
        platform: "kubeconfig",
        kafkaDeploymentType: "statefulset",
        listeners: [
            {
                name: "internal",
                port: 9092,
                type: "internal",
                authentication: { type: "scram-sha-512" },
            },
        ],
        topics: TOPICS,
        users: [{ name: "alice", authentication: { type: "scram-sha-512" } }],
    },
    strimzi: { platform: "kubeconfig", topics: TOPICS },
};

/** Every hook that asks the cluster before a resource is made. */
const GATES = {
    statefulset: [
        "cert-manager-release-interrupted",
        // Each of the claims may have to be made anew.
        "kafka-brokers-data-0-gate",
        "kafka-brokers-data-1-gate",
        "kafka-brokers-data-2-gate",
        "kafka-brokers-gate",
        "kafka-certificate-gate",
        "kafka-owner",
        "kafka-policy-gate",
        // Each of the Services asks, and one answer is for all of them.
        "kafka-services-gate",
        "kafka-services-gate",
        "kafka-services-gate",
        "kafka-topics-leftover",
        "kafka-user-alice-unused",
        "kafka-user-kafka-eks-health-scram-unused",
        "kafka-users-leftover",
        "zookeeper-auth-unused",
        "zookeeper-members-data-0-gate",
        "zookeeper-members-data-1-gate",
        "zookeeper-members-data-2-gate",
        "zookeeper-members-gate",
    ],
    strimzi: ["kafka-min-isr", "kafka-owner", "strimzi-release-interrupted"],
};

/** Runs the program as a preview, which waits for nothing in the cluster. */
function preview(type: keyof typeof CONFIGS, annotations: Readonly<Record<string, string>> = {}) {
    const namespace = {
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name: "kafka", annotations },
    };
    return runProgram(CONFIGS[type], { live: new AnsweringCluster([namespace]), preview: true });
}

describe("program that can ask its cluster", () => {
    // That the min ISR could be higher is said aloud.
    beforeEach(() => void mock.method(pulumi.log, "warn", () => Promise.resolve()));

    afterEach(() => mock.restoreAll());

    for (const type of ["statefulset", "strimzi"] as const) {
        it(`asks before whatever could lose data or be in the way, with ${type}`, async () => {
            const { resources } = await preview(type);
            assert.deepEqual(
                resources.all.flatMap(({ options }) => options.gates).sort(),
                GATES[type],
            );
        });
    }

    const remembered = {
        "kafka-eks/owner": "kafka-eks/test",
        "kafka-eks/min-insync-replicas": "1",
    };

    it("gives brokers of StatefulSets the min ISR that the namespace remembers", async () => {
        const { resources } = await preview("statefulset", remembered);
        const { data } = resources.resource("kubernetes:core/v1:ConfigMap kafka-brokers-files")
            .inputs as { data: Readonly<Record<string, string>> };
        assert.match(data["server.properties"]!, /^min\.insync\.replicas=1$/m);
    });

    it("gives brokers of Strimzi the min ISR that the namespace remembers", async () => {
        const { resources } = await preview("strimzi", remembered);
        const { spec } = resources.object("Kafka", "kafka").inputs as unknown as {
            spec: { kafka: { config: Readonly<Record<string, unknown>> } };
        };
        assert.equal(spec.kafka.config["min.insync.replicas"], "1");
    });
});
