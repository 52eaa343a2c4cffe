import type { PropertyKind } from "../../../components/kafka/properties/definition";
import {
    allDefinitions,
    datedDefinitions,
    definedName,
    definitionOf,
} from "../../../components/kafka/properties/definitions";
import { entriesOf } from "../../../components/kafka/properties/value";
import { MIN_ISR } from "../../../components/kafka/replication";
import { compareVersions } from "../../../components/kafka/versions";
import { BROKER_REFUSALS, TOPIC_REFUSALS } from "./refusals";
import { isShorter, isTrue, type Risk, type Rule } from "./risk";

/** Properties by name. */
export type Properties = Readonly<Record<string, string>>;

const REACHES_DISK_LATER: Rule = (from, to) =>
    lostIf(
        Number(to) > Number(from),
        "messages are only in memory for longer, and are lost where the machines of all replicas stop at once",
    );

const COMPACTED_SOONER =
    "of messages with one key the older ones go sooner, in topics with compaction";

/** Rules of topics' properties, which hold for the brokers' properties of the same meaning, too. */
const TOPIC_RULES: Readonly<Record<string, Rule>> = {
    ...TOPIC_REFUSALS,
    "cleanup.policy": (from, to, whose) => {
        const added = entriesOf(to).filter((policy) => !entriesOf(from).includes(policy));
        return lostIf(
            added.length > 0,
            whose === "topic"
                ? `data may be deleted: messages are now also subject to ${added.join()}`
                : `data may be deleted: topics without a policy of their own are now also subject to ${added.join()}`,
        );
    },
    "delete.retention.ms": shorter(
        "deletions may be missed: who reads for longer keeps messages that others deleted",
    ),
    "flush.messages": REACHES_DISK_LATER,
    "flush.ms": REACHES_DISK_LATER,
    [MIN_ISR]: fewer(
        "messages count as written with fewer replicas, and are lost with fewer brokers",
    ),
    "max.compaction.lag.ms": shorter(COMPACTED_SOONER),
    "min.compaction.lag.ms": shorter(COMPACTED_SOONER),
    "remote.log.delete.on.disable": (_, to) =>
        lostIf(isTrue(to), "messages in remote storage are deleted when it is disabled"),
    "remote.storage.enable": (from, to) =>
        lostIf(isTrue(from) && !isTrue(to), "messages that are in remote storage only may be lost"),
    "retention.bytes": shorter(
        "data may be deleted by retention: older messages go",
        "data may be deleted by retention: topics without a size of their own keep less",
    ),
    "retention.ms": shorter(
        "data may be deleted by retention: older messages go",
        "data may be deleted by retention: topics without a time of their own keep messages for less time",
    ),
    "unclean.leader.election.enable": (_, to) =>
        lostIf(isTrue(to), "a replica that is behind may become leader, and what it lacks is lost"),
};

/** Of new topics, too: whatever they hold later, they don't keep it. */
const ALSO_OF_NEW_TOPICS = [MIN_ISR, "unclean.leader.election.enable"];

const FEWER_REPLICAS = (topic: string) =>
    fewer(`if Kafka has not made the ${topic} topic yet, it gets fewer replicas`);
const LESS_WRITTEN = (topic: string) =>
    fewer(
        `if Kafka has not made the ${topic} topic yet, its entries count as written with fewer replicas`,
    );

/** Rules of what only brokers have. */
const BROKER_RULES: Readonly<Record<string, Rule>> = {
    ...BROKER_REFUSALS,
    "default.replication.factor": fewer(
        "new topics that don't say otherwise get fewer replicas, and are lost with fewer brokers",
    ),
    "log.cleaner.enable": (from, to) =>
        lostIf(
            isTrue(from) && !isTrue(to),
            "volumes fill up, and brokers stop: topics with compaction, and positions of groups, only grow",
        ) ??
        lostIf(
            isTrue(to) && !isTrue(from),
            "of messages with one key the older ones go, in topics with compaction",
        ),
    "offsets.commit.required.acks": (from, to) =>
        lostIf(isShorter(from, to), "positions of groups count as written with fewer replicas"),
    "offsets.retention.minutes": shorter(
        "positions may be deleted: groups that are away for longer begin at one end, and skip messages or read them again",
    ),
    "offsets.topic.replication.factor": FEWER_REPLICAS("offsets"),
    "producer.id.expiration.ms": shorter(
        "messages may be stored twice: Kafka forgets sooner what silent producers have sent",
    ),
    "share.coordinator.state.topic.min.isr": LESS_WRITTEN("share groups'"),
    "share.coordinator.state.topic.replication.factor": FEWER_REPLICAS("share groups'"),
    "transaction.state.log.min.isr": LESS_WRITTEN("transaction"),
    "transaction.state.log.replication.factor": FEWER_REPLICAS("transaction"),
    "transactional.id.expiration.ms": shorter(
        "transactions may be lost: Kafka forgets sooner the transactional ids of silent producers",
    ),
};

/** Rules that look at what is set, and not at what Kafka does without it. */
const RULES_OF_SET_VALUES: Readonly<
    Record<
        string,
        (from: string | undefined, to: string | undefined) => Risk | readonly Risk[] | undefined
    >
> = {
    "allow.everyone.if.no.acl.found": (from, to) =>
        isTrue(to ?? "false") === isTrue(from ?? "false")
            ? undefined
            : isTrue(to ?? "false")
              ? { what: "every client may do whatever no ACL speaks of", severity: "cluster-opens" }
              : { what: "clients are refused what no ACL allows", severity: "clients-cut-off" },
    "authorizer.class.name": (_, to) =>
        to === undefined
            ? { what: "every client may do everything", severity: "cluster-opens" }
            : {
                  what: "clients may do only what their users may: all others are refused",
                  severity: "clients-cut-off",
              },
    "inter.broker.protocol.version": (from, to) =>
        lostIf(
            from !== undefined && to !== undefined && compareVersions(to, from) < 0,
            "Kafka does not support to lower it: brokers may not understand what they have written",
        ),
    "super.users": (from, to) => {
        // Without any the authorizer comes or goes, too, and that is what counts.
        if (from === undefined || to === undefined) {
            return undefined;
        }
        const [before, after] = [from.split(";"), to.split(";")];
        const won = after.filter((user) => !before.includes(user));
        const lost = before.filter((user) => !after.includes(user));
        const risks: Risk[] = [];
        if (won.length > 0) {
            risks.push({ what: `${won.join(", ")} may do everything`, severity: "cluster-opens" });
        }
        if (lost.length > 0) {
            const what = `${lost.join(", ")} may do only what ACLs allow`;
            risks.push({ what, severity: "clients-cut-off" });
        }
        return risks;
    },
    "zookeeper.set.acl": (from, to) =>
        isTrue(from ?? "false") && !isTrue(to ?? "false")
            ? {
                  what: "what brokers keep in ZooKeeper from now on, everybody may change who reaches it",
                  severity: "cluster-opens",
              }
            : undefined,
};

/**
 * What a changed broker property puts at risk, which may be several things at once.
 *
 * @param version The Kafka whose defaults count for what is not set.
 */
export function riskOfBrokers(
    name: string,
    from: Properties,
    to: Properties,
    version = newestLine(),
): readonly Risk[] {
    const ofTopics = topicProperty(name, version);
    if (ofTopics !== undefined) {
        const { property, brokers, ...topics } = ofTopics;
        const value = (properties: Properties) => valueOf(brokers, properties) ?? topics.default;
        return listOf(judge(TOPIC_RULES[property], value(from), value(to), "broker"));
    }
    const value = (properties: Properties) =>
        properties[name] ?? definitionNear("broker", name, version)?.default;
    return listOf(
        RULES_OF_SET_VALUES[name]?.(from[name], to[name]) ??
            judge(BROKER_RULES[definedName("broker", name)], value(from), value(to), "broker"),
    );
}

function listOf(risks: Risk | readonly Risk[] | undefined): readonly Risk[] {
    return risks === undefined ? [] : "what" in risks ? [risks] : risks;
}

/** What brokers do with topics that don't say otherwise, where it is not Kafka's default: that of the program with three. */
const BROKERS_OF_PROGRAM: Properties = { [MIN_ISR]: "2" };

/** What a changed property of a topic puts at risk; `undefined` when that is nothing. */
export function riskOfTopic(name: string, from: Properties, to: Properties): Risk | undefined {
    const [before, after] = [from, to].map((config) => valueOfTopic(name, config));
    return judge(TOPIC_RULES[name], before, after, "topic");
}

/** What a topic does: what it says, or else the brokers. */
export function valueOfTopic(name: string, config: Properties): string | undefined {
    return (
        config[name] ??
        BROKERS_OF_PROGRAM[name] ??
        definitionNear("topic", name, newestLine())?.default
    );
}

/** What a property of a topic that is new to the stack puts at risk; `undefined` when that is nothing. */
export function riskOfNewTopic(name: string, config: Properties): Risk | undefined {
    return ALSO_OF_NEW_TOPICS.includes(name) ? riskOfTopic(name, {}, config) : undefined;
}

function judge(
    rule: Rule | undefined,
    from: string | undefined,
    to: string | undefined,
    whose: PropertyKind,
): Risk | undefined {
    return from === undefined || to === undefined ? undefined : rule?.(from, to, whose);
}

/** The topics' property that a broker property is the default of, and all broker properties that are. */
function topicProperty(name: string, version: string) {
    for (const property of Object.keys(TOPIC_RULES)) {
        const definition = definitionNear("topic", property, version);
        if (definition?.brokers !== undefined && name in definition.brokers) {
            return { property, default: definition.default, brokers: definition.brokers };
        }
    }
    return undefined;
}

/** What the first property that is set says, in the topics' unit. */
function valueOf(brokers: Readonly<Record<string, number>>, properties: Properties) {
    const [name, unit] = Object.entries(brokers).find(([each]) => each in properties) ?? [];
    const value = name === undefined ? undefined : properties[name];
    return unit === 1 || value === undefined || Number(value) < 0
        ? value
        : String(Number(value) * unit!);
}

/** A property as a Kafka defines it. One that this Kafka does not have may be another's, of which nobody told. */
function definitionNear(kind: PropertyKind, name: string, version: string) {
    return definitionOf(kind, name, version) ?? datedDefinitions(kind, name).at(-1);
}

function newestLine(): string {
    return allDefinitions().lines.at(-1)!;
}

function lostIf(isLost: boolean, what: string): Risk | undefined {
    return isLost ? { what, severity: "data-may-be-lost" } : undefined;
}

/** A number that is lowered. */
function fewer(what: string): Rule {
    return (from, to) => lostIf(Number(to) < Number(from), what);
}

/** A limit that becomes a smaller one, or is new; below zero there is none. */
function shorter(what: string, ofBrokers = what): Rule {
    return (from, to, whose) => lostIf(isShorter(from, to), whose === "topic" ? what : ofBrokers);
}
