import { messageFormat, ordered, type PropertyRule, type PropertyValues, single } from "./rule";
import { entriesOf } from "./value";

const isTiered = (values: PropertyValues) =>
    values.text(
        values.kind === "topic" ? "remote.storage.enable" : "remote.log.storage.system.enable",
    ) === "true";

const LOCAL_AS_RETENTION = -2;

/** What a topic keeps on its brokers, and all that it keeps. */
const RETENTIONS = [
    { local: "local.retention.ms", all: "retention.ms", lag: "remote.copy.lag.ms" },
    { local: "local.retention.bytes", all: "retention.bytes", lag: "remote.copy.lag.bytes" },
] as const;

/** The rules of logs, for topics and the brokers' defaults alike, and those of topics. */
export const LOG_RULES: readonly PropertyRule[] = [
    { ...ordered(["min.compaction.lag.ms", "<=", "max.compaction.lag.ms"]), whose: "log" },
    ...RETENTIONS.map(({ local, all }): PropertyRule => ({
        whose: "log",
        names: [local, all],
        since: "3.6",
        instead: (values, name) => {
            const [kept, most] = [values.number(local), values.number(all)];
            const isWrong =
                most > -1 && kept !== LOCAL_AS_RETENTION && (kept === -1 || kept > most);
            if (!isWrong || !isTiered(values)) {
                return undefined;
            }
            if (name === local) {
                return { expected: `at most ${values.describe(all)}, or -2 for the same` };
            }
            return {
                expected:
                    kept === -1
                        ? `-1 for no limit, as with ${local}`
                        : `at least ${values.describe(local)}, or -1 for no limit`,
            };
        },
    })),
    ...RETENTIONS.map(({ local, all }): PropertyRule => ({
        whose: "topic",
        names: [local, all, "remote.log.copy.disable", "remote.storage.enable"],
        since: "4.0",
        instead: (values, name) => {
            const [kept, most] = [values.number(local), values.number(all)];
            const isWrong =
                values.text("remote.log.copy.disable") === "true" &&
                kept !== LOCAL_AS_RETENTION &&
                kept !== most;
            if (!isWrong || !isTiered(values)) {
                return undefined;
            }
            const why = "nothing goes to the remote storage with remote.log.copy.disable true";
            return {
                expected: {
                    [local]: `-2 or ${values.describe(all)}: ${why}`,
                    [all]: `${values.describe(local)}: ${why}`,
                    "remote.log.copy.disable": `false with ${local} other than ${all}`,
                    "remote.storage.enable": `false with ${local} other than ${all}`,
                }[name]!,
            };
        },
    })),
    ...RETENTIONS.map(({ local, all, lag }): PropertyRule => ({
        whose: "topic",
        names: [lag, local, all],
        instead: (values, name) => {
            const source = values.number(local) === LOCAL_AS_RETENTION ? all : local;
            const [behind, most] = [values.number(lag), values.number(source)];
            if (!(behind > 0 && most >= 0 && behind > most) || !isTiered(values)) {
                return undefined;
            }
            return name === lag
                ? { expected: `at most ${values.describe(source)}` }
                : { expected: `at least ${values.describe(lag)}` };
        },
    })),
    {
        whose: "topic",
        names: ["remote.storage.enable", "remote.log.storage.system.enable"],
        since: "3.6",
        instead: (values) =>
            isTiered(values) && values.text("remote.log.storage.system.enable") === "false"
                ? {
                      expected: "false: the brokers have no tiered storage",
                      next: "remove it, or switch on the brokers' remote.log.storage.system.enable",
                  }
                : undefined,
    },
    {
        whose: "topic",
        names: ["cleanup.policy", "remote.storage.enable"],
        since: "3.6",
        instead: (values, name) =>
            isTiered(values) && entriesOf(values.text("cleanup.policy") ?? "").includes("compact")
                ? {
                      expected:
                          name === "cleanup.policy"
                              ? "delete with remote.storage.enable true: Kafka does not compact what is on a remote storage"
                              : "false with cleanup.policy compact: Kafka does not compact what is on a remote storage",
                  }
                : undefined,
    },
    ...["remote.log.copy.disable", "remote.log.delete.on.disable"].map((name) =>
        single(name, "false: a Kafka with ZooKeeper can't do that", (text) => text === "false", {
            whose: "topic",
            until: "3.9",
        }),
    ),
    ...["leader", "follower"].map((replicas) =>
        single(
            `${replicas}.replication.throttled.replicas`,
            'a list of partitions with brokers, such as "0:1,0:2", or *',
            (text) => text === "*" || entriesOf(text).every((entry) => /^(\d+:\d+)?$/.test(entry)),
            { whose: "topic" },
        ),
    ),
    messageFormat("message.format.version", "topic"),
];
