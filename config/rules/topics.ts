import { maxMinIsr, replicationDefaults } from "../../components/kafka/replication";
import { type ConfigProblem, show } from "../problems";
import type { ParsedConfig } from "../schema";
import { readWholeNumber } from "./replication";

const MIN_ISR = "min.insync.replicas";
const FACTOR = "default.replication.factor";

type Topic = NonNullable<NonNullable<ParsedConfig["topics"]>[number]>;

/** Topics that collide, or whose replicas don't fit the brokers. */
export function topicConflicts({ kafka, topics = [] }: ParsedConfig): ConfigProblem[] {
    const problems: ConfigProblem[] = [];
    const takenBy = new Map<string, string>();
    topics.forEach((topic, index) => {
        if (topic === undefined) {
            return;
        }
        const key = `topics[${index}]`;
        // Kafka's metrics write dots as underscores, so it refuses names that differ in nothing else.
        const identity = topic.name?.replaceAll(".", "_");
        const other = identity === undefined ? undefined : takenBy.get(identity);
        if (identity === undefined) {
            // What is wrong with the name has been said.
        } else if (other === undefined) {
            takenBy.set(identity, `${key}.name`);
        } else {
            const expected = `a name that differs from ${other} in more than dots and underscores`;
            problems.push({ key: `${key}.name`, expected, given: show(topic.name) });
        }
        problems.push(...replicaConflicts(key, topic, kafka));
    });
    return problems;
}

function replicaConflicts(
    key: string,
    topic: Topic,
    kafka: ParsedConfig["kafka"],
): ConfigProblem[] {
    const { replicas: brokers, config: brokerConfig } = kafka;
    if (brokers === undefined || brokerConfig === undefined) {
        return [];
    }
    const defaults: Readonly<Record<string, string>> = {
        ...replicationDefaults(brokers, brokerConfig),
        ...brokerConfig,
    };
    const given = topic.replicationFactor;
    if (given !== undefined && given > brokers) {
        const expected = `at most ${brokers}, the number of brokers`;
        return [{ key: `${key}.replicationFactor`, expected, given: show(given) }];
    }
    const factor = given ?? readWholeNumber(defaults[FACTOR]);
    const own: string | undefined = topic.config[MIN_ISR];
    const minIsr = readWholeNumber(own ?? defaults[MIN_ISR]);
    const most = maxMinIsr(factor);
    // What is wrong with the brokers' own values is reported there.
    const isBrokersMistake =
        own === undefined ? given === undefined || !(minIsr >= 1) : Number.isNaN(factor);
    if ((minIsr >= 1 && minIsr <= most) || isBrokersMistake) {
        return [];
    }
    return [
        own === undefined
            ? {
                  key: `${key}.replicationFactor`,
                  expected: `a factor above the brokers' ${MIN_ISR} of ${minIsr}, or a lower ${MIN_ISR} in ${key}.config`,
                  given: show(factor),
              }
            : {
                  key: `${key}.config.${MIN_ISR}`,
                  expected: `a whole number from 1 to ${most}, so that a broker can restart with ${factor} replicas`,
                  given: show(own),
              },
    ];
}
