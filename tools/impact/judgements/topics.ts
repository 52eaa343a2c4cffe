import { MIN_ISR } from "../../../components/kafka/replication";
import type { Effect } from "../finding";
import { changedNames, show, showProperty } from "../fields";
import type { Context } from "../judgement";
import type { Severity } from "../severity";
import { riskOfNewTopic, riskOfTopic, valueOfTopic } from "./propertyRisks";
import type { Risk } from "./risk";

/** A topic as the stack describes it; what is missing is the brokers' default. */
export interface TopicDescription {
    readonly partitions?: number;
    readonly replicas?: number;
    readonly config: Readonly<Record<string, string>>;
}

/** Says what a changed topic does to its messages and clients. */
export function judgeTopic(
    name: string,
    from: TopicDescription,
    to: TopicDescription,
): readonly Effect[] {
    return [
        ...judgePartitions(name, from.partitions, to.partitions),
        ...judgeReplicas(name, from.replicas, to.replicas),
        ...judgeConfig(name, from, to),
    ];
}

/** A topic that is new to the stack, with what it does not keep. */
export function topicAdded(
    name: string,
    { replicas, config }: TopicDescription,
    {
        brokers,
        brokersLeft = brokers,
        isNewKafka,
    }: Pick<Context, "brokers" | "brokersLeft" | "isNewKafka">,
): readonly Effect[] {
    const risks = Object.keys(config).flatMap((property): Effect[] => {
        const risk = riskOfNewTopic(property, config);
        // Two replicas can't do better.
        const isUnavoidable = property === MIN_ISR && replicas !== undefined && replicas <= 2;
        if (risk !== undefined) {
            return isUnavoidable ? [] : [{ ...configChange(name, property, {}, config), ...risk }];
        }
        const ofExisting = riskOfTopic(property, {}, config);
        return ofExisting === undefined || isNewKafka
            ? []
            : [
                  {
                      ...configChange(name, property, {}, config),
                      what: `if the topic is there already: ${ofExisting.what}`,
                      severity: "dynamic",
                  },
              ];
    });
    const isSingle = replicas === 1 && brokersLeft !== 1;
    return [
        {
            subject: `topic ${name}`,
            from: "-",
            to: "new",
            what: "is created unless it is there already",
            severity: "dynamic",
        },
        ...(isSingle
            ? [
                  {
                      subject: `replication factor of topic ${name}`,
                      from: "-",
                      to: "1",
                      what: "messages are lost with the one broker that has them",
                      severity: "data-may-be-lost" as const,
                  },
              ]
            : []),
        ...risks,
    ];
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
    { config: from, replicas: before }: TopicDescription,
    { config: to, replicas = before }: TopicDescription,
): readonly Effect[] {
    return changedNames(from, to).map((property) => ({
        ...configChange(topic, property, from, to),
        what: "changed while Kafka runs",
        severity: "dynamic",
        ...riskOfTopic(property, from, to),
        ...(property === MIN_ISR && riskOfMinIsr(from, to, replicas)),
    }));
}

/** Writes need as many replicas as the min ISR says; `undefined` where it is not raised, or one may be away. */
function riskOfMinIsr(
    from: TopicDescription["config"],
    to: TopicDescription["config"],
    replicas = Infinity,
): Risk | undefined {
    const [before, after] = [from, to].map((config) => Number(valueOfTopic(MIN_ISR, config)));
    if (!(after! > before!) || after! < replicas) {
        return undefined;
    }
    return {
        what:
            after! > replicas
                ? "Kafka refuses writes with acks=all: there are not as many replicas"
                : "Kafka refuses writes with acks=all as soon as one broker is away, as in a restart",
        severity: "cluster-stops",
    };
}

const DEFAULT = "brokers' default";

function configChange(
    topic: string,
    property: string,
    from: TopicDescription["config"],
    to: TopicDescription["config"],
): Pick<Effect, "subject" | "from" | "to"> {
    return {
        subject: `${property} of topic ${topic}`,
        ...showProperty(property, from[property] ?? DEFAULT, to[property] ?? DEFAULT),
    };
}
