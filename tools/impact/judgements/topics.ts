import type { Effect } from "../finding";
import { changedNames, show } from "../fields";
import type { Severity } from "../severity";
import { DEFAULT_RETENTION_MS, isShorter, newPolicies } from "./brokerProperties";

/** A topic as the stack describes it; what is missing is the brokers' default. */
export interface TopicDescription {
    readonly partitions?: number;
    readonly replicas?: number;
    readonly config: Readonly<Record<string, string>>;
}

/**
 * What the brokers' defaults are unless `kafka.config` says otherwise: Kafka's own, and the program's min ISR with three
 * brokers or more.
 */
const DEFAULTS: Readonly<Record<string, string>> = {
    "retention.ms": String(DEFAULT_RETENTION_MS),
    "retention.bytes": "-1",
    "min.insync.replicas": "2",
    "cleanup.policy": "delete",
};

/** Says what a changed topic does to its messages and clients. */
export function judgeTopic(
    name: string,
    from: TopicDescription,
    to: TopicDescription,
): readonly Effect[] {
    return [
        ...judgePartitions(name, from.partitions, to.partitions),
        ...judgeReplicas(name, from.replicas, to.replicas),
        ...judgeConfig(name, from.config, to.config),
    ];
}

/** A topic that is new to the stack. */
export function topicAdded(name: string): Effect {
    return {
        subject: `topic ${name}`,
        from: "-",
        to: "new",
        what: "is created unless it is there already",
        severity: "dynamic",
    };
}

/** A topic that leaves the stack and stays in Kafka. */
export function topicKept(name: string): Effect {
    return {
        subject: `topic ${name}`,
        from: "in the stack",
        to: "-",
        what: "stays in Kafka with all that is in it",
        severity: "nothing",
    };
}

function judgePartitions(
    name: string,
    from: number | undefined,
    to: number | undefined,
): readonly Effect[] {
    if (from === to) {
        return [];
    }
    const [what, severity]: [string, Severity] =
        to === undefined
            ? ["stays as it is", "nothing"]
            : from !== undefined && to < from
              ? ["refused: a topic can't shrink, and up fails", "nothing"]
              : ["partitions are added: keys go to other partitions than before", "data-moves"];
    return [
        { subject: `partitions of topic ${name}`, from: show(from), to: show(to), what, severity },
    ];
}

function judgeReplicas(
    name: string,
    from: number | undefined,
    to: number | undefined,
): readonly Effect[] {
    if (from === to) {
        return [];
    }
    return [
        {
            subject: `replication factor of topic ${name}`,
            from: show(from),
            to: show(to),
            what:
                to === undefined
                    ? "stays as it is"
                    : "stays as it is; up fails unless the replicas have been moved already",
            severity: "nothing",
        },
    ];
}

function judgeConfig(
    topic: string,
    from: TopicDescription["config"],
    to: TopicDescription["config"],
): readonly Effect[] {
    return changedNames(from, to).map((property) => {
        const risk = riskOf(
            property,
            from[property] ?? DEFAULTS[property],
            to[property] ?? DEFAULTS[property],
        );
        return {
            subject: `${property} of topic ${topic}`,
            from: show(from[property] ?? "brokers' default"),
            to: show(to[property] ?? "brokers' default"),
            what: risk ?? "changed while Kafka runs",
            severity: risk === undefined ? ("dynamic" as const) : ("data-may-be-lost" as const),
        };
    });
}

/** What a changed property puts at risk; `undefined` when that is nothing. */
function riskOf(
    property: string,
    from: string | undefined,
    to: string | undefined,
): string | undefined {
    switch (property) {
        case "retention.ms":
        case "retention.bytes":
            return isShorter(Number(from), Number(to))
                ? "data may be deleted by retention: older messages go"
                : undefined;
        case "min.insync.replicas":
            return Number(to) < Number(from)
                ? "messages count as written with fewer replicas, and are lost with fewer brokers"
                : undefined;
        case "cleanup.policy":
            return newPolicies(from!, to!) === ""
                ? undefined
                : `data may be deleted: messages are now also subject to ${newPolicies(from!, to!)}`;
        case "unclean.leader.election.enable":
            return to === "true"
                ? "a replica that is behind may become leader, and what it lacks is lost"
                : undefined;
        default:
            return undefined;
    }
}
