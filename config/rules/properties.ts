import type {
    PropertyDefinition,
    PropertyKind,
} from "../../components/kafka/properties/definition";
import { definitionOf } from "../../components/kafka/properties/definitions";
import { isSensitive } from "../../components/kafka/properties/sensitive";
import { expectedInstead, isReference } from "../../components/kafka/properties/value";
import { SAFETY_PROPERTIES } from "../../components/kafka/replication";
import { kafkaVersionOf } from "../kafkaVersion";
import { type ConfigProblem, showAt } from "../problems";
import type { ParsedConfig } from "../schema";

/** Properties of brokers and topics that this Kafka refuses, that lose messages, or that nobody may read. */
export function propertyConflicts(config: ParsedConfig): ConfigProblem[] {
    const version = kafkaVersionOf(config);
    if (version === undefined) {
        return [];
    }
    return [
        ...conflictsOf("broker", "kafka.config", config.kafka.config, version),
        ...(config.topics ?? []).flatMap((topic, index) =>
            conflictsOf("topic", `topics[${index}].config`, topic?.config, version),
        ),
    ];
}

function conflictsOf(
    kind: PropertyKind,
    key: string,
    properties: Readonly<Record<string, string>> = {},
    version: string,
): ConfigProblem[] {
    return Object.entries(properties).flatMap(([name, value]): ConfigProblem[] => {
        const path = `${key}.${name}`;
        const definition = definitionOf(kind, name, version);
        if (definition === undefined || (kind === "broker" && isReference(value))) {
            return [];
        }
        const expected =
            nothingInstead(kind, name) ??
            expectedInstead(definition, value) ??
            safeInstead(definition, value);
        return expected === undefined ? [] : [{ key: path, expected, given: showAt(path, value) }];
    });
}

function nothingInstead(kind: PropertyKind, name: string): string | undefined {
    return kind === "broker" && isSensitive(name)
        ? "a reference to a config provider: whoever reads the brokers' configuration reads this value"
        : undefined;
}

/** What the program promises of the brokers holds for the topics that have a value of their own. */
function safeInstead({ brokers = {} }: PropertyDefinition, value: string): string | undefined {
    const [safe] = Object.entries(SAFETY_PROPERTIES).flatMap(([name, each]) =>
        name in brokers ? [each] : [],
    );
    return safe === undefined || value.trim().toLowerCase() === safe
        ? undefined
        : `${safe}, as for the brokers: a replica that is behind could lead, and messages would be lost`;
}
