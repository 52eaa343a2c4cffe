import assert from "node:assert/strict";
import { findingsOf } from "./changes";

type Properties = Readonly<Record<string, string>>;

const config = (values: Properties) => ({
    metadata: { name: "orders" },
    spec: { topicName: "orders", config: values },
});
const kafka = (values: Properties, version = "4.3.1") => ({
    metadata: { name: "kafka" },
    spec: { kafka: { version, config: values } },
});
const file = (values: Properties) => ({
    metadata: { name: "kafka-config" },
    data: {
        "server.properties": Object.entries(values)
            .map(([name, value]) => `${name}=${value}\n`)
            .join(""),
    },
});

const classesOf = (findings: readonly string[]) => findings.map((finding) => finding.split(":")[0]);
const ofTopic = (from: Properties, to: Properties) =>
    classesOf(findingsOf("update", "KafkaTopic", { old: config(from), new: config(to) }));
const ofFile = (from: Properties, to: Properties) =>
    classesOf(findingsOf("update", "ConfigMap", { old: file(from), new: file(to) }));
const ofStrimzi = (from: Properties, to: Properties, version?: string) =>
    findingsOf("update", "Kafka", { old: kafka(from, version), new: kafka(to, version) });

/** Properties of topics and of brokers with one meaning, two values of them, and what the way from one to the other is. */
const SAME_MEANING: readonly (readonly [string, string, string, string, string])[] = [
    ["cleanup.policy", "log.cleanup.policy", "delete", "compact,delete", "data-may-be-lost"],
    ["max.message.bytes", "message.max.bytes", "1048588", "1000", "cluster-stops"],
    ["min.insync.replicas", "min.insync.replicas", "2", "1", "data-may-be-lost"],
    ["retention.bytes", "log.retention.bytes", "-1", "1000", "data-may-be-lost"],
    ["retention.ms", "log.retention.ms", "604800000", "3600000", "data-may-be-lost"],
    [
        "unclean.leader.election.enable",
        "unclean.leader.election.enable",
        "false",
        "true",
        "data-may-be-lost",
    ],
];

/** Broker properties with values that put something at risk, and one that does not. */
const OF_BROKERS: readonly (readonly [string, string, string, string])[] = [
    ["offsets.retention.minutes", "10080", "1", "20000"],
    ["transactional.id.expiration.ms", "604800000", "1", "700000000"],
    ["producer.id.expiration.ms", "86400000", "1", "90000000"],
    ["offsets.commit.required.acks", "-1", "1", "-1"],
    ["default.replication.factor", "3", "2", "4"],
];

describe("properties that decide over messages", () => {
    for (const [topic, broker, from, to, severity] of SAME_MEANING) {
        it(`are judged alike: ${topic} of topics and ${broker} of brokers`, () => {
            assert.deepEqual(ofTopic({ [topic]: from }, { [topic]: to }), [severity]);
            assert.deepEqual(ofFile({ [broker]: from }, { [broker]: to }), [severity]);
            const [finding] = ofStrimzi({ [broker]: from }, { [broker]: to });
            assert.equal(finding!.split(":")[0], severity);
            assert.deepEqual(ofTopic({ [topic]: to }, { [topic]: from }), ["dynamic"]);
            assert.deepEqual(ofFile({ [broker]: to }, { [broker]: from }), ["rolling-restart"]);
        });
    }

    for (const [name, from, worse, better] of OF_BROKERS) {
        it(`are judged of brokers: ${name}`, () => {
            assert.deepEqual(ofFile({ [name]: from }, { [name]: worse }), ["data-may-be-lost"]);
            assert.deepEqual(ofFile({ [name]: worse }, { [name]: better }), ["rolling-restart"]);
        });
    }

    it("are compared with Kafka's defaults where nothing is set", () => {
        for (const name of ["offsets.retention.minutes", "transactional.id.expiration.ms"]) {
            assert.deepEqual(ofFile({}, { [name]: "1" }), ["data-may-be-lost"]);
            assert.deepEqual(ofFile({ [name]: "1" }, {}), ["rolling-restart"]);
        }
        assert.deepEqual(ofFile({}, { "message.max.bytes": "1000" }), ["cluster-stops"]);
        assert.deepEqual(ofFile({}, { "message.max.bytes": "2000000" }), ["rolling-restart"]);
    });

    it("are judged of topics that are new to the stack, where these never keep anything", () => {
        const added = (spec: object) =>
            findingsOf("create", "KafkaTopic", {
                new: { metadata: { name: "a" }, spec: { topicName: "a", ...spec } },
            });
        const created = "dynamic: topic a: - → new";
        assert.deepEqual(
            added({
                config: {
                    "min.insync.replicas": "1",
                    "unclean.leader.election.enable": "true",
                    "retention.ms": "1",
                },
            }),
            [
                "data-may-be-lost: min.insync.replicas of topic a: brokers' default → 1",
                "data-may-be-lost: unclean.leader.election.enable of topic a: brokers' default → true",
                created,
                "dynamic: retention.ms of topic a: brokers' default → 1",
            ],
        );
        assert.deepEqual(added({ replicas: 2, config: { "min.insync.replicas": "1" } }), [created]);
        assert.deepEqual(added({ config: { "min.insync.replicas": "2" } }), [created]);
    });
});

describe("properties that the operator changes", () => {
    const arrival = (name: string, version?: string) =>
        classesOf(ofStrimzi({}, { [name]: "1" }, version));

    it("restart brokers unless Kafka can change them while it runs", () => {
        for (const name of ["num.io.threads", "log.retention.ms", "ssl.cipher.suites"]) {
            assert.notDeepEqual(arrival(name), ["rolling-restart"]);
        }
        for (const name of ["num.partitions", "log.roll.hours", "my.plugin.threads"]) {
            assert.deepEqual(arrival(name), ["rolling-restart"]);
        }
    });

    it("are those of the Kafka that is to run", () => {
        const name = "group.consumer.assignment.interval.ms";
        assert.deepEqual(arrival(name, "4.2.1"), ["rolling-restart"]);
        assert.deepEqual(arrival(name, "4.3.1"), ["dynamic"]);
    });
});

describe("values of properties", () => {
    const SECRET = "correct-horse";

    it("are hidden where they are passwords, of brokers and of ZooKeeper", () => {
        assert.deepEqual(ofStrimzi({ "ssl.keystore.password": SECRET }, {}), [
            "dynamic: broker property ssl.keystore.password: (hidden) → -",
        ]);
        const zookeeper = (text: string) => ({
            metadata: { name: "zookeeper-config" },
            data: { "zookeeper.properties": text },
        });
        const changed = findingsOf("update", "ConfigMap", {
            old: zookeeper(""),
            new: zookeeper(`ssl.keyStore.password=${SECRET}\n`),
        });
        assert.deepEqual(changed, [
            "rolling-restart: ZooKeeper property ssl.keyStore.password: - → (hidden)",
        ]);
    });
});
