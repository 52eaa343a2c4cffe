import type { PropertyRule } from "../../components/kafka/properties/rule";
import { PROPERTY_RULES } from "../../components/kafka/properties/rules";
import {
    type Properties,
    readValues,
    type ValueSources,
} from "../../components/kafka/properties/values";
import { replicationDefaults } from "../../components/kafka/replication";
import { compareVersions, releaseLine } from "../../components/kafka/versions";
import { kafkaVersionOf } from "../kafkaVersion";
import { type ConfigProblem, showAt } from "../problems";
import type { ParsedConfig } from "../schema";

/** Properties that don't go together, or that Kafka refuses by code of its own: a broker would not start, or a topic not be made. */
export function propertyRuleConflicts(config: ParsedConfig): ConfigProblem[] {
    const version = kafkaVersionOf(config);
    if (version === undefined) {
        return [];
    }
    const own = config.kafka.config ?? {};
    const brokers = brokerProperties(config);
    return [
        ...conflictsOf("kafka.config", own, { version, brokers }),
        ...(config.topics ?? []).flatMap((topic, index) =>
            topic === undefined
                ? []
                : conflictsOf(`topics[${index}].config`, topic.config, {
                      version,
                      brokers,
                      topic: topic.config,
                  }),
        ),
    ];
}

/** What the stack sets, with what the program and the operator set. */
function brokerProperties({ kafka, strimzi }: ParsedConfig): Properties {
    const { replicas, config = {} } = kafka;
    const overlaid = strimzi.overlay?.kafka?.spec["kafka"];
    const isTiered =
        typeof overlaid === "object" && overlaid !== null && "tieredStorage" in overlaid;
    return {
        ...(replicas !== undefined && replicationDefaults(replicas, config)),
        ...config,
        ...(isTiered && { "remote.log.storage.system.enable": "true" }),
    };
}

function conflictsOf(key: string, own: Properties, sources: ValueSources): ConfigProblem[] {
    const kind = sources.topic === undefined ? "broker" : "topic";
    return PROPERTY_RULES.filter(
        ({ whose, ...lines }) =>
            (whose === kind || whose === "log") && isOf(lines, sources.version),
    ).flatMap(({ whose, names, instead }): ConfigProblem[] => {
        const values = readValues(sources, whose === "log");
        const wrong = names.find((name) => {
            const owned = values.ownName(name);
            return owned !== undefined && owned in own;
        });
        if (wrong === undefined || !names.every(values.has)) {
            return [];
        }
        const right = instead(values, wrong);
        const property = values.ownName(wrong)!;
        const path = `${key}.${property}`;
        return right === undefined
            ? []
            : [{ key: path, ...right, given: showAt(path, own[property]) }];
    });
}

function isOf({ since, until }: Pick<PropertyRule, "since" | "until">, version: string): boolean {
    const line = releaseLine(version);
    return (
        (since === undefined || compareVersions(line, since) >= 0) &&
        (until === undefined || compareVersions(line, until) <= 0)
    );
}
