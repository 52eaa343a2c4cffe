import type { PropertyRule } from "../../components/kafka/properties/rule";
import { PROPERTY_RULES } from "../../components/kafka/properties/rules";
import {
    type Properties,
    readValues,
    type ValueSources,
} from "../../components/kafka/properties/values";
import { replicationDefaults } from "../../components/kafka/replication";
import { compareVersions, releaseLine } from "../../components/kafka/versions";
import { isObject } from "../everyFault";
import { kafkaVersionOf } from "../kafkaVersion";
import { type ConfigProblem, showAt } from "../problems";
import type { ParsedConfig } from "../schema";

/** Properties that don't go together, or that Kafka refuses by code of its own: a broker would not start, or a topic not be made. */
export function propertyRuleConflicts(config: ParsedConfig): ConfigProblem[] {
    const version = kafkaVersionOf(config);
    const own = propertiesAt("kafka.config", config.kafka.config, config);
    if (version === undefined || own === undefined) {
        return [];
    }
    const brokers = { ...brokerDefaults(config), ...own, ...tieredStorage(config) };
    return [
        ...conflictsOf("kafka.config", own, { version, brokers }),
        ...(config.topics ?? []).flatMap((topic, index) => {
            const key = `topics[${index}].config`;
            const properties = propertiesAt(key, topic?.config, config);
            return properties === undefined
                ? []
                : conflictsOf(key, properties, { version, brokers, topic: properties });
        }),
    ];
}

/** The properties at a key, also those that are wrong by themselves; `undefined` where nobody knows any. */
function propertiesAt(
    key: string,
    right: Readonly<Record<string, string>> = {},
    { wrong }: ParsedConfig,
): Properties | undefined {
    const unknown = [...wrong]
        .filter((each) => each.startsWith(`${key}.`))
        .map((each) => each.slice(key.length + 1));
    return wrong.has(key) ? undefined : { ...withoutValues(unknown), ...right };
}

/** What follows from the number of brokers. */
function brokerDefaults({ kafka: { replicas, config = {} } }: ParsedConfig): Properties {
    const defaults = replicationDefaults(replicas ?? 1, config);
    return replicas === undefined ? withoutValues(Object.keys(defaults)) : defaults;
}

const TIERED = { "remote.log.storage.system.enable": "true" };

/** What the operator sets for an overlay. */
function tieredStorage({ strimzi: { overlay }, wrong }: ParsedConfig): Properties {
    if ([...wrong].some((key) => key.startsWith("strimzi.overlay"))) {
        return withoutValues(Object.keys(TIERED));
    }
    const overlaid = overlay?.kafka?.spec["kafka"];
    return isObject(overlaid) && "tieredStorage" in overlaid ? TIERED : {};
}

function withoutValues(names: readonly string[]): Properties {
    return Object.fromEntries(names.map((name) => [name, undefined]));
}

function conflictsOf(key: string, own: Properties, sources: ValueSources): ConfigProblem[] {
    const kind = sources.topic === undefined ? "broker" : "topic";
    // Once for all rules, of which there are many for each topic.
    const [plain, asLog] = [readValues(sources, false), readValues(sources, true)];
    return PROPERTY_RULES.filter(
        ({ whose, ...lines }) =>
            (whose === kind || whose === "log") && isOf(lines, sources.version),
    ).flatMap(({ whose, names, instead }): ConfigProblem[] => {
        const values = whose === "log" ? asLog : plain;
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
