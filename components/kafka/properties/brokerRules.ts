import { bounded, messageFormat, ordered, type PropertyRule, single } from "./rule";
import { entriesOf } from "./value";

/** More than this for each thread of the cleaner. */
const LEAST_DEDUPE_BUFFER = 2 ** 20 + 1;

/** As Kafka splits it: the last colon is before the number, and blanks do no harm. */
const CONNECTIONS = /^\s*[0-9A-Za-z:._%-]*\s*:\s*[+-]?\d{1,10}\s*$/;

const MAX_INT = 2 ** 31 - 1;

function areConnections(text: string): boolean {
    return text
        .split(",")
        .filter((entry) => entry.trim() !== "")
        .every(
            (entry) =>
                CONNECTIONS.test(entry) &&
                Math.abs(Number(entry.slice(entry.lastIndexOf(":") + 1))) <= MAX_INT,
        );
}

/** The rules of brokers. */
export const BROKER_RULES: readonly PropertyRule[] = [
    single("log.roll.ms", "at least 1", (text) => Number(text) >= 1),
    single("log.roll.jitter.ms", "at least 0", (text) => Number(text) >= 0),
    {
        whose: "broker",
        // Kafka reads the first one that is set; all numbers below zero mean no limit.
        names: ["log.retention.ms", "log.retention.minutes", "log.retention.hours"],
        instead: ({ number }, name) =>
            number(name) === 0 ? { expected: "at least 1, or -1 for no limit" } : undefined,
    },
    ordered(["replica.fetch.wait.max.ms", "<=", "replica.socket.timeout.ms"]),
    ordered(["replica.fetch.wait.max.ms", "<=", "replica.lag.time.max.ms"]),
    ordered(["socket.request.max.bytes", "<=", "queued.max.request.bytes"], {
        exempt: (queued) => queued <= 0,
        or: ", or -1 for no limit",
    }),
    ordered(["connection.failed.authentication.delay.ms", "<", "connections.max.idle.ms"], {
        exempt: (idle) => idle < 0,
        or: ", or -1 for no limit",
    }),
    single("log.cleaner.threads", "at least 1", (text) => Number(text) >= 1),
    {
        whose: "broker",
        names: ["log.cleaner.dedupe.buffer.size", "log.cleaner.threads"],
        instead: ({ number, describe }, name) => {
            const [buffer, threads] = [
                number("log.cleaner.dedupe.buffer.size"),
                number("log.cleaner.threads"),
            ];
            if (!(Math.floor(buffer / threads) < LEAST_DEDUPE_BUFFER)) {
                return undefined;
            }
            return name === "log.cleaner.threads"
                ? {
                      expected: `at most ${Math.floor(buffer / LEAST_DEDUPE_BUFFER)}, as each takes more than 1 MiB of ${describe("log.cleaner.dedupe.buffer.size")}`,
                      next: "lower it, or raise log.cleaner.dedupe.buffer.size",
                  }
                : {
                      expected: `at least ${threads * LEAST_DEDUPE_BUFFER}: more than 1 MiB for each thread, of which there are ${describe("log.cleaner.threads")}`,
                      next: "raise it, or lower log.cleaner.threads",
                  };
        },
    },
    single(
        "max.connections.per.ip.overrides",
        'addresses with numbers, such as "10.0.0.7:100,host.example.com:50"',
        areConnections,
    ),
    {
        whose: "broker",
        names: ["max.connections.per.ip", "max.connections.per.ip.overrides"],
        instead: ({ number, text }, name) =>
            number("max.connections.per.ip") === 0 &&
            text("max.connections.per.ip.overrides")?.replace(/[\s,]/g, "") === ""
                ? {
                      expected:
                          name === "max.connections.per.ip"
                              ? "at least 1 without max.connections.per.ip.overrides: nobody could connect"
                              : "at least one address with max.connections.per.ip 0: nobody could connect",
                  }
                : undefined,
    },
    single(
        "offsets.topic.compression.codec",
        "0 for none, 1 for gzip, 2 for snappy, 3 for lz4 or 4 for zstd",
        (text) => Number(text) >= 0 && Number(text) <= 4,
    ),
    {
        whose: "broker",
        names: ["offsets.commit.required.acks", "offsets.topic.replication.factor"],
        instead: ({ number, describe }, name) => {
            const [acks, factor] = [
                number("offsets.commit.required.acks"),
                number("offsets.topic.replication.factor"),
            ];
            if (!(acks < -1 || acks > factor)) {
                return undefined;
            }
            return name === "offsets.commit.required.acks"
                ? {
                      expected: `a whole number from -1 to ${describe("offsets.topic.replication.factor")}`,
                  }
                : { expected: `at least ${describe("offsets.commit.required.acks")}` };
        },
    },
    messageFormat("log.message.format.version", "broker"),
    ...["copier", "expiration"].map((pool) =>
        single(
            `remote.log.manager.${pool}.thread.pool.size`,
            "at least 1, or -1 for the default",
            (text) => Number(text) >= 1 || Number(text) === -1,
        ),
    ),
    single(
        "group.coordinator.rebalance.protocols",
        "a list with classic, which can't be switched off",
        (text) => entriesOf(text).includes("classic"),
    ),
    ...["consumer", "share", "streams"].flatMap((kind) => [
        ...bounded(`group.${kind}`, "heartbeat.interval.ms"),
        ...bounded(`group.${kind}`, "session.timeout.ms"),
        ordered([`group.${kind}.heartbeat.interval.ms`, "<", `group.${kind}.session.timeout.ms`], {
            since: "4.0",
        }),
        ...bounded(`group.${kind}`, "assignment.interval.ms"),
    ]),
    ...bounded("group.share", "record.lock.duration.ms"),
    ...bounded("group.share", "delivery.count.limit"),
    ...bounded("group.share", "partition.max.record.locks"),
    ordered(["group.share.max.size", "<=", "group.share.max.share.sessions"]),
    single(
        "group.share.assignors",
        "one assignor, such as simple",
        (text) => entriesOf(text).length === 1,
    ),
    ordered(["group.streams.num.standby.replicas", "<=", "group.streams.max.standby.replicas"]),
    ordered(["group.streams.num.warmup.replicas", "<=", "group.streams.max.warmup.replicas"]),
    ordered([
        "group.streams.min.task.offset.interval.ms",
        "<=",
        "group.streams.task.offset.interval.ms",
    ]),
    single(
        "share.coordinator.snapshot.update.records.per.snapshot",
        "a whole number from 0 to 500",
        (text) => Number(text) >= 0 && Number(text) <= 500,
    ),
];
