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
    ["max.message.bytes", "message.max.bytes", "1048588", "1000", "clients-cut-off"],
    ["min.insync.replicas", "min.insync.replicas", "2", "1", "data-may-be-lost"],
    ["delete.retention.ms", "log.cleaner.delete.retention.ms", "1000", "0", "data-may-be-lost"],
    ["flush.messages", "log.flush.interval.messages", "1", "1000", "data-may-be-lost"],
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

/** Properties that refuse or drop clients, their values, and whether Kafka has them as a topic's, too. */
const OF_CLIENTS: readonly (readonly [string, string | undefined, string, string, string?])[] = [
    [
        "log.message.timestamp.before.max.ms",
        undefined,
        "1000",
        "2000",
        "message.timestamp.before.max.ms",
    ],
    [
        "log.message.timestamp.after.max.ms",
        undefined,
        "1000",
        "2000",
        "message.timestamp.after.max.ms",
    ],
    [
        "log.message.timestamp.difference.max.ms",
        undefined,
        "1000",
        "2000",
        "message.timestamp.difference.max.ms",
    ],
    [
        "log.message.downconversion.enable",
        undefined,
        "false",
        "true",
        "message.downconversion.enable",
    ],
    ["connections.max.idle.ms", undefined, "1", "600000"],
    ["connections.max.idle.ms", "-1", "1000", "-1"],
    ["connections.max.reauth.ms", undefined, "1000", "2000"],
    ["listener.name.internal.connections.max.reauth.ms", undefined, "1000", "0"],
    ["group.coordinator.rebalance.protocols", "classic,consumer", "consumer", "consumer,classic"],
    ["group.consumer.max.size", undefined, "2", "3"],
    ["group.max.session.timeout.ms", undefined, "7000", "8000"],
    ["group.max.size", undefined, "2", "3"],
    ["group.min.session.timeout.ms", undefined, "7000", "5000"],
    ["group.share.max.size", undefined, "2", "3"],
    ["group.share.max.groups", undefined, "2", "3"],
    ["max.connection.creation.rate", undefined, "2", "3"],
    ["max.connections", undefined, "2", "3"],
    ["max.connections.per.ip", undefined, "2", "3"],
    ["max.connections.per.ip.overrides", "a:5", "a:4", "a:6"],
    ["max.connections.per.ip.overrides", undefined, "[::1]:4", ""],
    ["socket.request.max.bytes", undefined, "1000", "2000"],
    ["sasl.server.max.receive.size", undefined, "1000", "2000"],
    ["ssl.cipher.suites", undefined, "A", "A,B"],
    ["ssl.cipher.suites", "A,B", "A", ""],
    ["ssl.enabled.protocols", undefined, "TLSv1.3", "TLSv1.3,TLSv1.2"],
    ["transaction.max.timeout.ms", undefined, "1000", "2000"],
];

/** Broker properties with values that put something at risk, and one that does not. */
const OF_BROKERS: readonly (readonly [string, string, string, string])[] = [
    ["offsets.retention.minutes", "10080", "1", "20000"],
    ["transactional.id.expiration.ms", "604800000", "1", "700000000"],
    ["producer.id.expiration.ms", "86400000", "1", "90000000"],
    ["offsets.commit.required.acks", "-1", "1", "-1"],
    ["default.replication.factor", "3", "2", "4"],
    ["log.flush.interval.ms", "1000", "2000", "10"],
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

    for (const [name, from, worse, better, topic] of OF_CLIENTS) {
        it(`refuse clients: ${name} from ${from ?? "the default"} to ${worse}`, () => {
            const before = from === undefined ? {} : { [name]: from };
            assert.deepEqual(ofFile(before, { [name]: worse }), ["clients-cut-off"]);
            assert.deepEqual(ofFile({ [name]: worse }, { [name]: better }), ["rolling-restart"]);
            if (topic !== undefined) {
                assert.deepEqual(ofTopic({}, { [topic]: worse }), ["clients-cut-off"]);
                assert.deepEqual(ofTopic({ [topic]: worse }, { [topic]: better }), ["dynamic"]);
            }
        });
    }

    it("switch the log cleaner: without it volumes fill up, and with it older messages go", () => {
        for (const [from, to] of [
            ["true", "false"],
            ["false", "true"],
        ]) {
            const change = [
                { "log.cleaner.enable": from! },
                { "log.cleaner.enable": to! },
            ] as const;
            assert.deepEqual(ofFile(...change), ["data-may-be-lost"]);
        }
        assert.deepEqual(ofFile({}, { "log.cleaner.enable": "true" }), ["rolling-restart"]);
    });

    it("are compared with Kafka's defaults where nothing is set", () => {
        for (const name of ["offsets.retention.minutes", "transactional.id.expiration.ms"]) {
            assert.deepEqual(ofFile({}, { [name]: "1" }), ["data-may-be-lost"]);
            assert.deepEqual(ofFile({ [name]: "1" }, {}), ["rolling-restart"]);
        }
        assert.deepEqual(ofFile({}, { "message.max.bytes": "1000" }), ["clients-cut-off"]);
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
