import assert from "node:assert/strict";
import { requireEngineOf } from "../../../../lab/demo/deployment";
import { chooseType } from "../../../../lab/demo/deploymentType";
import { DemoError } from "../../../../lab/demo/errors";
import { findKafka } from "../../../../lab/demo/findKafka";
import { FakeCluster } from "../../../support/fakeCluster";

const LAB = { isLab: true };
const OTHER = { isLab: false };
const IMAGE = "example/kafka:1";

describe("chooseType", () => {
    for (const [what, circumstances, existing, type] of [
        ["StatefulSets on the lab", LAB, undefined, "statefulset"],
        ["Strimzi on another cluster", OTHER, undefined, "strimzi"],
        ["what is there on another cluster", OTHER, "statefulset", "statefulset"],
        ["what is there on the lab", LAB, "strimzi", "strimzi"],
        ["StatefulSets with an image", { ...OTHER, image: IMAGE }, undefined, "statefulset"],
        ["what the user says", { ...OTHER, type: "statefulset" }, undefined, "statefulset"],
        ["what the user says on the lab", { ...LAB, type: "strimzi" }, undefined, "strimzi"],
        ["what the user says and is there", { ...OTHER, type: "strimzi" }, "strimzi", "strimzi"],
    ] as const) {
        it(`takes ${what}`, () => {
            assert.equal(chooseType(circumstances, existing), type);
        });
    }

    for (const [circumstances, existing, message] of [
        [
            { ...LAB, type: "strimzi" },
            "statefulset",
            /^--type: expected type statefulset, .* got strimzi$/,
        ],
        [
            { ...OTHER, image: IMAGE },
            "strimzi",
            /^--image: expected type strimzi, .* got statefulset$/,
        ],
    ] as const) {
        it(`refuses another type than ${existing}, which is there`, () => {
            assert.throws(
                () => chooseType(circumstances, existing),
                (error) => error instanceof DemoError && message.test(error.message),
            );
        });
    }
});

describe("requireEngineOf", () => {
    const kubectl = { engine: "kubectl", why: "--engine says so" } as const;

    it("refuses Strimzi by kubectl, with the way on", () => {
        assert.throws(
            () => requireEngineOf("strimzi", kubectl),
            (error) =>
                error instanceof DemoError &&
                /^--type strimzi: expected Pulumi's CLI, .* got kubectl, because --engine says so$/.test(
                    error.message,
                ) &&
                /npm run lab -- engine.*--type statefulset/.test(error.next),
        );
    });

    it("lets StatefulSets be deployed by kubectl", () => {
        requireEngineOf("statefulset", kubectl);
    });
});

describe("findKafka", () => {
    const by = (manager: string) => ({ managedFields: [{ manager }] });
    const set = (name: string, manager: string) => ({
        apiVersion: "apps/v1",
        kind: "StatefulSet",
        metadata: { name, ...by(manager) },
    });
    const kafka = (manager: string) => ({
        apiVersion: "kafka.strimzi.io/v1",
        kind: "Kafka",
        metadata: { name: "kafka", ...by(manager) },
    });
    const namespace = (annotations: Record<string, string>) => ({
        apiVersion: "v1",
        kind: "Namespace",
        metadata: {
            name: "kafka",
            annotations: { "kafka-eks/owner": "kafka-eks/demo", ...annotations },
        },
    });
    const PULUMI = "pulumi-kubernetes-1";

    for (const [what, objects, found] of [
        ["nothing", [], {}],
        ["StatefulSets", [set("kafka", PULUMI)], { engine: "pulumi", type: "statefulset" }],
        [
            "a ZooKeeper alone",
            [set("zookeeper", "kafka-eks")],
            { engine: "kubectl", type: "statefulset" },
        ],
        ["a Kafka of Strimzi's", [kafka(PULUMI)], { engine: "pulumi", type: "strimzi" }],
        ["what others deployed", [set("kafka", "helm"), kafka("kubectl"), set("db", PULUMI)], {}],
        [
            "data of Strimzi's",
            [namespace({ "kafka-eks/deployment-type": "strimzi" })],
            { type: "strimzi" },
        ],
        [
            "data of StatefulSets",
            [namespace({ "kafka-eks/zookeeper-members": "3" })],
            { type: "statefulset" },
        ],
        ["a namespace without data", [namespace({})], {}],
    ] as const) {
        it(`finds ${what}`, async () => {
            assert.deepEqual(await findKafka(new FakeCluster(...objects), "kafka"), found);
        });
    }
});
