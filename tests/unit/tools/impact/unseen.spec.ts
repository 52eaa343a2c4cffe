import assert from "node:assert/strict";
import { assess } from "../../../../tools/impact/assess";
import { parsePreview } from "../../../../tools/impact/preview";
import { line, previewOf, step, type TYPES } from "./changes";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

type Kind = keyof typeof TYPES;

const named = (name: string, rest: object = {}) => ({ metadata: { name }, ...rest });
const classes = (kind: Kind, old: object, now: object, name?: string) =>
    assess(
        parsePreview(previewOf(step("update", kind, { old, new: now, ...(name && { name }) }))),
    ).findings.map((finding) => line(finding).split(":")[0]);

describe("what a preview does not show", () => {
    it("is not judged where nothing is seen of an update", () => {
        for (const [kind, name] of [
            ["Kafka", "kafka"],
            ["StatefulSet", "kafka"],
            ["ConfigMap", "kafka-config-1"],
            ["Service", "kafka-service"],
        ] as const) {
            assert.deepEqual(classes(kind, named(name), named(name)), ["not judged"], kind);
        }
    });

    it("is not judged where it is known only when the change is made", () => {
        const topic = (config: unknown) => named("t", { spec: { topicName: "t", config } });
        const kept = topic({ "retention.ms": "604800000" });
        assert.deepEqual(classes("KafkaTopic", kept, topic({ "retention.ms": UNKNOWN })), [
            "not judged",
        ]);
        assert.deepEqual(classes("KafkaTopic", kept, topic(UNKNOWN)), ["not judged"]);
        const listeners = (value: unknown) =>
            named("kafka", { spec: { kafka: { listeners: value } } });
        assert.deepEqual(
            classes("Kafka", listeners([{ name: "a", port: 9092 }]), listeners(UNKNOWN)),
            ["not judged"],
        );
        const cluster = (version: string) => ({ version });
        assert.deepEqual(classes("EksCluster", cluster("1.35"), cluster(UNKNOWN), "eks"), [
            "not judged",
        ]);
        const pool = (replicas: unknown) => named("broker", { spec: { replicas } });
        assert.deepEqual(classes("KafkaNodePool", pool(3), pool(UNKNOWN)), ["not judged"]);
    });

    it("restarts brokers all the same where their template has it", () => {
        const set = (hash: string) =>
            named("kafka", {
                spec: {
                    replicas: 3,
                    template: { metadata: { annotations: { "kafka-eks/config-hash": hash } } },
                },
            });
        assert.deepEqual(classes("StatefulSet", set("a"), set(UNKNOWN)), ["rolling-restart"]);
    });

    it("is not judged of a field that nobody knows", () => {
        const listener = (rest: object) =>
            named("kafka", {
                spec: {
                    kafka: { listeners: [{ name: "a", port: 9094, type: "nodeport", ...rest }] },
                },
            });
        for (const configuration of [
            { maxConnections: 10 },
            { createBootstrapService: false },
            { useServiceDnsDomain: false },
            { brokerCertChainAndKey: { secretName: "a" } },
        ]) {
            assert.deepEqual(
                classes("Kafka", listener({ configuration: {} }), listener({ configuration })),
                ["not judged"],
            );
        }
        const names = { configuration: { bootstrap: { alternativeNames: ["a"] } } };
        assert.deepEqual(classes("Kafka", listener({ configuration: {} }), listener(names)), [
            "rolling-restart",
        ]);
        const ports = (rest: object) =>
            named("kafka-service", { spec: { ports: [{ name: "a", port: 9092, ...rest }] } });
        for (const rest of [{ targetPort: 9093 }, { targetPort: 9092, protocol: "UDP" }]) {
            assert.deepEqual(classes("Service", ports({ targetPort: 9092 }), ports(rest)), [
                "not judged",
            ]);
        }
        assert.deepEqual(classes("Service", ports({}), ports({ protocol: "TCP" })), []);
    });

    it("is not judged of the label by which an operator knows its objects", () => {
        const object = (name: string, cluster: string, more: object = {}) => ({
            metadata: { name, labels: { "strimzi.io/cluster": cluster, ...more } },
            spec: {},
        });
        for (const kind of ["KafkaUser", "KafkaNodePool"] as const) {
            assert.deepEqual(classes(kind, object("broker", "kafka"), object("broker", "b")), [
                "not judged",
            ]);
            assert.deepEqual(
                classes(kind, object("broker", "kafka"), object("broker", "kafka", { a: "b" })),
                [],
            );
        }
    });

    it("is not judged of another policy of AWS", () => {
        const policies = [{ policy: '{"Statement":[1]}' }, { policy: '{"Statement":[]}' }] as const;
        assert.deepEqual(
            classes("RolePolicy", ...policies, "eks-load-balancer-controller-policy"),
            ["not judged"],
        );
    });

    it("is refused where a summary counts changes that are not there", () => {
        const text = (changeSummary: object) => JSON.stringify({ steps: [], changeSummary });
        assert.throws(
            () => parsePreview(text({ delete: 3 })),
            /expected the output of pulumi preview --json, got a summary of changes without their steps/,
        );
        assert.deepEqual(parsePreview(text({ same: 3 })).changes, []);
    });
});
