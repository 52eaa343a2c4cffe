import assert from "node:assert/strict";
import { allDefinitions } from "../../../components/kafka/properties/definitions";
import { PROPERTY_RULES } from "../../../components/kafka/properties/rules";
import { propertyRuleConflicts } from "../../../config/rules/propertyRules";
import type { ConfigProblem } from "../../../config/problems";
import { problemsOf, STATEFULSET, STRIMZI } from "./cases";

type Properties = Readonly<Record<string, string | number | boolean>>;

const asTexts = (properties: Properties) =>
    Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, String(value)]));

/** What the rules find in brokers and one topic of a Kafka. */
function found(
    version: string,
    brokers: Properties,
    topic?: Properties,
    overlay?: Record<string, unknown>,
) {
    return propertyRuleConflicts({
        kafka: { version, replicas: 3, config: asTexts(brokers) },
        zookeeper: {},
        strimzi: { ...(overlay !== undefined && { overlay: { kafka: { spec: overlay } } }) },
        eks: {},
        topics:
            topic === undefined
                ? []
                : [
                      {
                          name: "a",
                          partitions: 1,
                          replicationFactor: undefined,
                          config: asTexts(topic),
                      },
                  ],
        given: new Set(),
        wrong: new Set(),
    });
}

const broker = (
    name: string,
    value: string | number,
    expected: string,
    next?: string,
): ConfigProblem => ({
    key: `kafka.config.${name}`,
    expected,
    given: JSON.stringify(String(value)),
    ...(next !== undefined && { next }),
});

const topic = (...args: Parameters<typeof broker>): ConfigProblem => ({
    ...broker(...args),
    key: `topics[0].config.${args[0]}`,
});

const EACH = allDefinitions().lines;
const since = (line: string) => EACH.slice(EACH.indexOf(line));
const until = (line: string) => EACH.slice(0, EACH.indexOf(line) + 1);

const TIERED = { "remote.log.storage.system.enable": true };
const REMOTE = { "remote.storage.enable": true };
const WEEK = 604_800_000;
const FORMAT = 'a version of Kafka such as "2.8" or "3.0"';
const NO_TIERS: readonly [string, string] = [
    "false: the brokers have no tiered storage",
    "remove it, or switch on the brokers' remote.log.storage.system.enable",
];
const REPLICAS = 'a list of partitions with brokers, such as "0:1,0:2", or *';
const CONNECTIONS = 'addresses with numbers, such as "10.0.0.7:100,host.example.com:50"';
const CODECS = "0 for none, 1 for gzip, 2 for snappy, 3 for lz4 or 4 for zstd";

/** Brokers' properties that Kafka refuses, the lines that do so, and the neighbours that it takes. */
const BROKERS: readonly (readonly [
    lines: readonly string[],
    wrong: Properties,
    problem: ConfigProblem,
    ...right: readonly Properties[],
])[] = [
    ...["log.retention.ms", "log.retention.minutes", "log.retention.hours"].map(
        (name) =>
            [
                EACH,
                { [name]: 0 },
                broker(name, 0, "at least 1, or -1 for no limit"),
                { [name]: 1 },
                { [name]: -1 },
                { [name]: -5 },
            ] as const,
    ),
    [
        EACH,
        { "log.retention.hours": 1, "log.retention.minutes": 0 },
        broker("log.retention.minutes", 0, "at least 1, or -1 for no limit"),
        // Kafka reads minutes only.
        { "log.retention.hours": 0, "log.retention.minutes": 1 },
    ],
    [EACH, { "log.roll.ms": 0 }, broker("log.roll.ms", 0, "at least 1"), { "log.roll.ms": 1 }],
    [
        EACH,
        { "log.roll.jitter.ms": -1 },
        broker("log.roll.jitter.ms", -1, "at least 0"),
        { "log.roll.jitter.ms": 0 },
    ],
    [
        EACH,
        { "replica.socket.timeout.ms": 499 },
        broker(
            "replica.socket.timeout.ms",
            499,
            "at least 500, the default of replica.fetch.wait.max.ms",
            "raise it, or lower replica.fetch.wait.max.ms",
        ),
        { "replica.socket.timeout.ms": 500 },
        { "replica.socket.timeout.ms": 499, "replica.fetch.wait.max.ms": 499 },
    ],
    [
        EACH,
        { "replica.socket.timeout.ms": 700, "replica.fetch.wait.max.ms": 701 },
        broker(
            "replica.fetch.wait.max.ms",
            701,
            "at most 700, the value of replica.socket.timeout.ms",
            "lower it, or raise replica.socket.timeout.ms",
        ),
    ],
    [
        EACH,
        { "replica.lag.time.max.ms": 499 },
        broker(
            "replica.lag.time.max.ms",
            499,
            "at least 500, the default of replica.fetch.wait.max.ms",
            "raise it, or lower replica.fetch.wait.max.ms",
        ),
        { "replica.lag.time.max.ms": 500 },
    ],
    [
        EACH,
        { "queued.max.request.bytes": 104_857_599 },
        broker(
            "queued.max.request.bytes",
            104_857_599,
            "at least 104857600, the default of socket.request.max.bytes, or -1 for no limit",
            "raise it, or lower socket.request.max.bytes",
        ),
        { "queued.max.request.bytes": 104_857_600 },
        { "queued.max.request.bytes": 0 },
        { "queued.max.request.bytes": -1 },
    ],
    [
        EACH,
        { "connections.max.idle.ms": 100 },
        broker(
            "connections.max.idle.ms",
            100,
            "more than 100, the default of connection.failed.authentication.delay.ms, or -1 for no limit",
            "raise it, or lower connection.failed.authentication.delay.ms",
        ),
        { "connections.max.idle.ms": 101 },
        { "connections.max.idle.ms": -1 },
    ],
    [
        EACH,
        { "connection.failed.authentication.delay.ms": 600_000 },
        broker(
            "connection.failed.authentication.delay.ms",
            600_000,
            "less than 600000, the default of connections.max.idle.ms",
            "lower it, or raise connections.max.idle.ms",
        ),
        { "connection.failed.authentication.delay.ms": 599_999 },
    ],
    [
        EACH,
        { "log.cleaner.dedupe.buffer.size": 2_097_153, "log.cleaner.threads": 2 },
        broker(
            "log.cleaner.dedupe.buffer.size",
            2_097_153,
            "at least 2097154: more than 1 MiB for each thread, of which there are 2, the value of log.cleaner.threads",
            "raise it, or lower log.cleaner.threads",
        ),
        { "log.cleaner.dedupe.buffer.size": 2_097_154, "log.cleaner.threads": 2 },
        { "log.cleaner.dedupe.buffer.size": 1_048_577 },
    ],
    [
        EACH,
        { "log.cleaner.threads": 128 },
        broker(
            "log.cleaner.threads",
            128,
            "at most 127, as each takes more than 1 MiB of 134217728, the default of log.cleaner.dedupe.buffer.size",
            "lower it, or raise log.cleaner.dedupe.buffer.size",
        ),
        { "log.cleaner.threads": 127 },
    ],
    [
        EACH,
        { "log.cleaner.threads": 0 },
        broker("log.cleaner.threads", 0, "at least 1"),
        { "log.cleaner.threads": 1 },
    ],
    ...["banana", "banana:x", "a b:1", "[2001:db8::1]:6", "a:6:", "a:99999999999"].map(
        (wrong) =>
            [
                EACH,
                { "max.connections.per.ip.overrides": wrong },
                broker("max.connections.per.ip.overrides", wrong, CONNECTIONS),
            ] as const,
    ),
    [
        EACH,
        { "max.connections.per.ip": 0 },
        broker(
            "max.connections.per.ip",
            0,
            "at least 1 without max.connections.per.ip.overrides: nobody could connect",
        ),
        { "max.connections.per.ip": 1 },
        { "max.connections.per.ip": 0, "max.connections.per.ip.overrides": "127.0.0.1:5" },
        { "max.connections.per.ip.overrides": "host-1.example.com:5, 10.0.0.7 : 6,2001:db8::1:7," },
        { "max.connections.per.ip.overrides": "" },
    ],
    ...[-1, 5].map(
        (codec) =>
            [
                EACH,
                { "offsets.topic.compression.codec": codec },
                broker("offsets.topic.compression.codec", codec, CODECS),
                { "offsets.topic.compression.codec": 0 },
                { "offsets.topic.compression.codec": 4 },
            ] as const,
    ),
    ...[-2, 4].map(
        (acks) =>
            [
                until("3.9"),
                { "offsets.commit.required.acks": acks },
                broker(
                    "offsets.commit.required.acks",
                    acks,
                    "a whole number from -1 to 3, the value of offsets.topic.replication.factor",
                ),
                { "offsets.commit.required.acks": -1 },
                { "offsets.commit.required.acks": 3 },
            ] as const,
    ),
    ...["banana", "0.9", "0.11.1", "9.9"].map(
        (version) =>
            [
                until("3.9"),
                { "log.message.format.version": version },
                broker("log.message.format.version", version, FORMAT),
                { "log.message.format.version": "2.0" },
                { "log.message.format.version": "0.10.0-IV0" },
            ] as const,
    ),
    ...["copier", "expiration"].map(
        (pool) =>
            [
                ["3.9"],
                { [`remote.log.manager.${pool}.thread.pool.size`]: 0 },
                broker(
                    `remote.log.manager.${pool}.thread.pool.size`,
                    0,
                    "at least 1, or -1 for the default",
                ),
                { [`remote.log.manager.${pool}.thread.pool.size`]: 1 },
            ] as const,
    ),
    [
        since("3.7"),
        { "group.coordinator.rebalance.protocols": "consumer" },
        broker(
            "group.coordinator.rebalance.protocols",
            "consumer",
            "a list with classic, which can't be switched off",
        ),
        { "group.coordinator.rebalance.protocols": "consumer,classic" },
    ],
    ...(
        [
            ["consumer", EACH],
            ["share", since("3.9")],
            ["streams", since("4.1")],
        ] as const
    ).flatMap(
        ([kind, lines]) =>
            [
                [
                    lines,
                    { [`group.${kind}.min.session.timeout.ms`]: 45_001 },
                    broker(
                        `group.${kind}.min.session.timeout.ms`,
                        45_001,
                        `at most 45000, the default of group.${kind}.session.timeout.ms`,
                        `lower it, or raise group.${kind}.session.timeout.ms`,
                    ),
                    { [`group.${kind}.min.session.timeout.ms`]: 45_000 },
                ],
                [
                    lines,
                    { [`group.${kind}.session.timeout.ms`]: 60_001 },
                    broker(
                        `group.${kind}.session.timeout.ms`,
                        60_001,
                        `at most 60000, the default of group.${kind}.max.session.timeout.ms`,
                        `lower it, or raise group.${kind}.max.session.timeout.ms`,
                    ),
                    { [`group.${kind}.session.timeout.ms`]: 60_000 },
                ],
                [
                    lines,
                    { [`group.${kind}.heartbeat.interval.ms`]: 4999 },
                    broker(
                        `group.${kind}.heartbeat.interval.ms`,
                        4999,
                        `at least 5000, the default of group.${kind}.min.heartbeat.interval.ms`,
                        `raise it, or lower group.${kind}.min.heartbeat.interval.ms`,
                    ),
                    { [`group.${kind}.heartbeat.interval.ms`]: 15_000 },
                ],
                [
                    lines,
                    { [`group.${kind}.max.heartbeat.interval.ms`]: 4999 },
                    broker(
                        `group.${kind}.max.heartbeat.interval.ms`,
                        4999,
                        `at least 5000, the default of group.${kind}.heartbeat.interval.ms`,
                        `raise it, or lower group.${kind}.heartbeat.interval.ms`,
                    ),
                    { [`group.${kind}.max.heartbeat.interval.ms`]: 5000 },
                ],
                [
                    since("4.3"),
                    { [`group.${kind}.assignment.interval.ms`]: 15_001 },
                    broker(
                        `group.${kind}.assignment.interval.ms`,
                        15_001,
                        `at most 15000, the default of group.${kind}.max.assignment.interval.ms`,
                        `lower it, or raise group.${kind}.max.assignment.interval.ms`,
                    ),
                    { [`group.${kind}.assignment.interval.ms`]: 15_000 },
                ],
            ] as const,
    ),
    [
        since("4.0"),
        {
            "group.consumer.heartbeat.interval.ms": 45_000,
            "group.consumer.max.heartbeat.interval.ms": 45_000,
        },
        broker(
            "group.consumer.heartbeat.interval.ms",
            45_000,
            "less than 45000, the default of group.consumer.session.timeout.ms",
            "lower it, or raise group.consumer.session.timeout.ms",
        ),
        {
            "group.consumer.heartbeat.interval.ms": 44_999,
            "group.consumer.max.heartbeat.interval.ms": 44_999,
        },
    ],
    [
        since("3.9"),
        { "group.share.record.lock.duration.ms": 14_999 },
        broker(
            "group.share.record.lock.duration.ms",
            14_999,
            "at least 15000, the default of group.share.min.record.lock.duration.ms",
            "raise it, or lower group.share.min.record.lock.duration.ms",
        ),
        { "group.share.record.lock.duration.ms": 15_000 },
    ],
    [
        since("4.3"),
        { "group.share.max.delivery.count.limit": 5, "group.share.delivery.count.limit": 6 },
        broker(
            "group.share.delivery.count.limit",
            6,
            "at most 5, the value of group.share.max.delivery.count.limit",
            "lower it, or raise group.share.max.delivery.count.limit",
        ),
        { "group.share.max.delivery.count.limit": 5, "group.share.delivery.count.limit": 5 },
    ],
    [
        since("4.3"),
        { "group.share.partition.max.record.locks": 4001 },
        broker(
            "group.share.partition.max.record.locks",
            4001,
            "at most 4000, the default of group.share.max.partition.max.record.locks",
            "lower it, or raise group.share.max.partition.max.record.locks",
        ),
        { "group.share.partition.max.record.locks": 4000 },
    ],
    [
        since("4.1"),
        { "group.share.max.share.sessions": 199 },
        broker(
            "group.share.max.share.sessions",
            199,
            "at least 200, the default of group.share.max.size",
            "raise it, or lower group.share.max.size",
        ),
        { "group.share.max.share.sessions": 200 },
    ],
    [
        since("4.1"),
        { "group.share.assignors": "simple,com.example.Mine" },
        broker("group.share.assignors", "simple,com.example.Mine", "one assignor, such as simple"),
        { "group.share.assignors": "simple" },
    ],
    [
        since("4.1"),
        { "group.streams.num.standby.replicas": 3 },
        broker(
            "group.streams.num.standby.replicas",
            3,
            "at most 2, the default of group.streams.max.standby.replicas",
            "lower it, or raise group.streams.max.standby.replicas",
        ),
        { "group.streams.num.standby.replicas": 2 },
    ],
    [
        ["4.4"],
        { "group.streams.num.warmup.replicas": 21 },
        broker(
            "group.streams.num.warmup.replicas",
            21,
            "at most 20, the default of group.streams.max.warmup.replicas",
            "lower it, or raise group.streams.max.warmup.replicas",
        ),
        { "group.streams.num.warmup.replicas": 20 },
    ],
    [
        ["4.4"],
        { "group.streams.task.offset.interval.ms": 14_999 },
        broker(
            "group.streams.task.offset.interval.ms",
            14_999,
            "at least 15000, the default of group.streams.min.task.offset.interval.ms",
            "raise it, or lower group.streams.min.task.offset.interval.ms",
        ),
        { "group.streams.task.offset.interval.ms": 15_000 },
    ],
    [
        ["4.0", "4.1", "4.2"],
        { "share.coordinator.snapshot.update.records.per.snapshot": 501 },
        broker(
            "share.coordinator.snapshot.update.records.per.snapshot",
            501,
            "a whole number from 0 to 500",
        ),
        { "share.coordinator.snapshot.update.records.per.snapshot": 500 },
    ],
    [
        EACH,
        { "log.cleaner.min.compaction.lag.ms": 10, "log.cleaner.max.compaction.lag.ms": 9 },
        broker(
            "log.cleaner.min.compaction.lag.ms",
            10,
            "at most 9, the value of log.cleaner.max.compaction.lag.ms",
            "lower it, or raise log.cleaner.max.compaction.lag.ms",
        ),
        { "log.cleaner.min.compaction.lag.ms": 10, "log.cleaner.max.compaction.lag.ms": 10 },
    ],
    [
        since("3.6"),
        { ...TIERED, "log.local.retention.ms": WEEK + 1 },
        broker(
            "log.local.retention.ms",
            WEEK + 1,
            `at most ${WEEK}, the default of log.retention.ms, or -2 for the same`,
        ),
        { ...TIERED, "log.local.retention.ms": WEEK },
        { ...TIERED, "log.local.retention.ms": -2 },
        { ...TIERED, "log.local.retention.ms": -1, "log.retention.ms": -1 },
        { "log.local.retention.ms": WEEK + 1 },
    ],
    [
        since("3.6"),
        { ...TIERED, "log.local.retention.ms": 3_600_001, "log.retention.hours": 1 },
        broker(
            "log.local.retention.ms",
            3_600_001,
            "at most 3600000, the value of log.retention.hours, or -2 for the same",
        ),
        { ...TIERED, "log.local.retention.ms": 3_600_000, "log.retention.hours": 1 },
    ],
];

/** As `BROKERS`, of a topic beside brokers with properties of their own. */
const TOPICS: readonly (readonly [
    lines: readonly string[],
    brokers: Properties,
    wrong: Properties,
    problem: ConfigProblem,
    ...right: readonly Properties[],
])[] = [
    [
        EACH,
        {},
        { "min.compaction.lag.ms": 10, "max.compaction.lag.ms": 9 },
        topic(
            "min.compaction.lag.ms",
            10,
            "at most 9, the value of max.compaction.lag.ms",
            "lower it, or raise max.compaction.lag.ms",
        ),
        { "min.compaction.lag.ms": 10, "max.compaction.lag.ms": 10 },
        { "min.compaction.lag.ms": "9223372036854775807" },
    ],
    [
        EACH,
        { "log.cleaner.min.compaction.lag.ms": 11 },
        { "max.compaction.lag.ms": 10 },
        topic(
            "max.compaction.lag.ms",
            10,
            "at least 11, the brokers' log.cleaner.min.compaction.lag.ms",
            "raise it, or lower min.compaction.lag.ms",
        ),
        { "max.compaction.lag.ms": 11 },
        { "max.compaction.lag.ms": 10, "min.compaction.lag.ms": 10 },
    ],
    [since("3.6"), {}, REMOTE, topic("remote.storage.enable", "true", ...NO_TIERS)],
    [
        since("3.6"),
        TIERED,
        { ...REMOTE, "cleanup.policy": "compact,delete" },
        topic(
            "cleanup.policy",
            "compact,delete",
            "delete with remote.storage.enable true: Kafka does not compact what is on a remote storage",
        ),
        { ...REMOTE, "cleanup.policy": "delete" },
        { "cleanup.policy": "compact" },
    ],
    [
        since("3.6"),
        { ...TIERED, "log.cleanup.policy": "compact" },
        REMOTE,
        topic(
            "remote.storage.enable",
            "true",
            "false with cleanup.policy compact: Kafka does not compact what is on a remote storage",
        ),
    ],
    [
        since("3.6"),
        TIERED,
        { ...REMOTE, "local.retention.ms": -1 },
        topic(
            "local.retention.ms",
            -1,
            `at most ${WEEK}, the default of retention.ms, or -2 for the same`,
        ),
        { ...REMOTE, "local.retention.ms": WEEK },
        { ...REMOTE, "local.retention.ms": -1, "retention.ms": -1 },
        { "local.retention.ms": -1 },
    ],
    [
        since("3.6"),
        TIERED,
        { ...REMOTE, "local.retention.bytes": 5, "retention.bytes": 4 },
        topic(
            "local.retention.bytes",
            5,
            "at most 4, the value of retention.bytes, or -2 for the same",
        ),
        { ...REMOTE, "local.retention.bytes": 4, "retention.bytes": 4 },
        { ...REMOTE, "local.retention.bytes": 5 },
    ],
    [
        since("3.6"),
        { ...TIERED, "log.local.retention.ms": 50 },
        { ...REMOTE, "retention.ms": 49 },
        topic(
            "retention.ms",
            49,
            "at least 50, the brokers' log.local.retention.ms, or -1 for no limit",
        ),
        { ...REMOTE, "retention.ms": 50 },
    ],
    ...["remote.log.copy.disable", "remote.log.delete.on.disable"].map(
        (name) =>
            [
                ["3.9"],
                {},
                { [name]: true },
                topic(name, "true", "false: a Kafka with ZooKeeper can't do that"),
                { [name]: false },
            ] as const,
    ),
    [
        ["4.4"],
        TIERED,
        { ...REMOTE, "remote.copy.lag.ms": WEEK + 1 },
        topic("remote.copy.lag.ms", WEEK + 1, `at most ${WEEK}, the default of retention.ms`),
        { ...REMOTE, "remote.copy.lag.ms": WEEK },
        { "remote.copy.lag.ms": WEEK + 1 },
    ],
    [
        ["4.4"],
        TIERED,
        { ...REMOTE, "remote.copy.lag.bytes": 6, "local.retention.bytes": 5 },
        topic("remote.copy.lag.bytes", 6, "at most 5, the value of local.retention.bytes"),
        { ...REMOTE, "remote.copy.lag.bytes": 5, "local.retention.bytes": 5 },
        { ...REMOTE, "remote.copy.lag.bytes": 6 },
    ],
    ...["leader", "follower"].flatMap((replicas) =>
        ["0:x", "none", "*,0:1", "0:1:2", "-1:2", "0: 1"].map(
            (wrong) =>
                [
                    EACH,
                    {},
                    { [`${replicas}.replication.throttled.replicas`]: wrong },
                    topic(`${replicas}.replication.throttled.replicas`, wrong, REPLICAS),
                    { [`${replicas}.replication.throttled.replicas`]: "*" },
                    { [`${replicas}.replication.throttled.replicas`]: "0:1, 5:2" },
                    { [`${replicas}.replication.throttled.replicas`]: "" },
                ] as const,
        ),
    ),
    [
        until("3.9"),
        {},
        { "message.format.version": "banana" },
        topic("message.format.version", "banana", FORMAT),
        { "message.format.version": "2.8.1" },
    ],
];

const shown = (properties: Properties) =>
    Object.entries(properties)
        .map(([name, value]) => `${name}=${value}`)
        .join(" ");

describe("rules that Kafka checks by code", () => {
    for (const [lines, wrong, problem, ...right] of BROKERS) {
        it(`brokers: ${shown(wrong)}`, () => {
            for (const line of EACH) {
                assert.deepEqual(found(line, wrong), lines.includes(line) ? [problem] : [], line);
                right.forEach((each) => assert.deepEqual(found(line, each), [], line));
            }
        });
    }

    for (const [lines, brokers, wrong, problem, ...right] of TOPICS) {
        it(`topics: ${shown(wrong)} with ${shown(brokers) || "no brokers' own"}`, () => {
            for (const line of EACH) {
                const expected = lines.includes(line) ? [problem] : [];
                assert.deepEqual(found(line, brokers, wrong), expected, line);
                right.forEach((each) => assert.deepEqual(found(line, brokers, each), [], line));
            }
        });
    }

    it("each have a case", () => {
        const cases = [...BROKERS.map(([, wrong]) => wrong), ...TOPICS.map(([, , wrong]) => wrong)];
        const names = new Set(cases.flatMap((wrong) => Object.keys(wrong)));
        const isTried = ({ whose, names: own }: (typeof PROPERTY_RULES)[number]) =>
            whose === "log" || own.some((name) => names.has(name));
        assert.deepEqual(
            PROPERTY_RULES.filter((rule) => !isTried(rule)).map((rule) => rule.names),
            [],
        );
    });

    it("want as much on the brokers as in all, where nothing goes to the remote storage", () => {
        const off = { ...REMOTE, "remote.log.copy.disable": true };
        const why = "nothing goes to the remote storage with remote.log.copy.disable true";
        const conflicts = (brokers: Properties, own: Properties) =>
            since("4.0").map((line) => found(line, { ...TIERED, ...brokers }, { ...off, ...own }));
        const each = (problem: ConfigProblem) => since("4.0").map(() => [problem]);
        const none = since("4.0").map(() => []);
        assert.deepEqual(conflicts({}, {}), none);
        assert.deepEqual(conflicts({}, { "local.retention.ms": WEEK }), none);
        assert.deepEqual(
            conflicts({}, { "local.retention.ms": 5 }),
            each(
                topic(
                    "local.retention.ms",
                    5,
                    `-2 or ${WEEK}, the default of retention.ms: ${why}`,
                ),
            ),
        );
        const five = { "log.local.retention.ms": 5 };
        assert.deepEqual(
            conflicts(five, { "retention.ms": 6 }),
            each(topic("retention.ms", 6, `5, the brokers' log.local.retention.ms: ${why}`)),
        );
        assert.deepEqual(
            conflicts(five, {}),
            each(
                topic(
                    "remote.log.copy.disable",
                    "true",
                    "false with local.retention.ms other than retention.ms",
                ),
            ),
        );
    });

    it("judge no value that is wrong by itself, or a reference", () => {
        for (const value of ["banana", "${env:WAIT}"]) {
            const config = {
                "replica.socket.timeout.ms": 400,
                "replica.fetch.wait.max.ms": value,
            };
            assert.deepEqual(found("4.3.1", config), []);
        }
    });

    it("judge nothing by what would stand in the place of a wrong value", () => {
        const keysOf = (keys: Record<string, unknown>) =>
            problemsOf({ ...STRIMZI, ...keys }).map(({ key }) => key);
        const kafka = { replicas: "many", config: { "offsets.commit.required.acks": 5 } };
        assert.deepEqual(keysOf({ ...STATEFULSET, kafka }), ["kafka.replicas"]);
        const wait = { "replica.socket.timeout.ms": 400, "replica.fetch.wait.max.ms": {} };
        assert.deepEqual(keysOf({ kafka: { config: wait } }), [
            "kafka.config.replica.fetch.wait.max.ms",
        ]);
        const topics = [{ name: "a", config: REMOTE }];
        assert.deepEqual(keysOf({ kafka: { config: [] }, topics }), ["kafka.config"]);
        const overlay = { kafka: { spec: [] } };
        assert.deepEqual(keysOf({ strimzi: { overlay }, topics }), ["strimzi.overlay.kafka.spec"]);
        const lags = { "min.compaction.lag.ms": 6, "max.compaction.lag.ms": {} };
        assert.deepEqual(
            keysOf({
                kafka: { config: { "log.cleaner.max.compaction.lag.ms": 5 } },
                topics: [{ name: "a", config: lags }],
            }),
            ["topics[0].config.max.compaction.lag.ms"],
        );
    });

    it("take the tiered storage of an overlay for the brokers'", () => {
        assert.deepEqual(found("4.3.1", {}, REMOTE, { kafka: { tieredStorage: {} } }), []);
    });

    it("are said with all other problems", () => {
        const wrong = {
            kafka: { config: { "log.roll.ms": 0, "num.partitions": "x" } },
            topics: [{ name: "a", config: { "leader.replication.throttled.replicas": "0:x" } }],
        };
        for (const base of [STATEFULSET, STRIMZI]) {
            assert.deepEqual(
                problemsOf({ ...base, ...wrong }).map(({ key }) => key),
                [
                    "kafka.config.num.partitions",
                    "kafka.config.log.roll.ms",
                    "topics[0].config.leader.replication.throttled.replicas",
                ],
            );
        }
    });
});
