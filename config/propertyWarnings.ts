import type { DatedDefinition, PropertyKind } from "../components/kafka/properties/definition";
import {
    datedDefinitions,
    definedName,
    definitionOf,
    namesOf,
} from "../components/kafka/properties/definitions";
import { isSensitive } from "../components/kafka/properties/sensitive";
import { entriesOf, isReference } from "../components/kafka/properties/value";
import { releaseLine } from "../components/kafka/versions";
import { nearest } from "./nearest";

/** Properties of brokers and topics, as far as they could be read. */
interface Properties {
    readonly kafka: { readonly config?: Readonly<Record<string, string>> };
    /** By position in the configured list. */
    readonly topics?: readonly (
        { readonly config: Readonly<Record<string, string>> } | undefined
    )[];
}

/**
 * Names of properties that this Kafka does not define, and classes that it does not have: with plug-ins they may be right.
 *
 * @param version The brokers' Kafka; without one nothing is said.
 * @param wrong Keys of what is wrong: a problem says more than a warning.
 */
export function propertyWarnings(
    { kafka, topics = [] }: Properties,
    version: string | undefined,
    wrong: ReadonlySet<string> = new Set(),
): string[] {
    if (version === undefined) {
        return [];
    }
    const of = (kind: PropertyKind, key: string, all: Readonly<Record<string, string>> = {}) =>
        Object.entries(all)
            .filter(([name]) => !wrong.has(`${key}.${name}`))
            .flatMap(([name, value]) => [
                ...unknownName(kind, key, name, value, version),
                ...(kind === "broker" ? foreignClasses(name, value, version) : []),
            ]);
    return [
        ...of("broker", "kafka.config", kafka.config),
        ...topics.flatMap((topic, index) => of("topic", `topics[${index}].config`, topic?.config)),
    ];
}

/** Classes that Kafka, or the operator, comes with. */
const OWN_CLASS = /^(org\.apache\.kafka|kafka|io\.strimzi|java|javax)\./;

/** Names of lists and texts that are classes, too. */
const NAMES_OF_CLASSES = /(\.class(\.name)?|\breporters|assignors|security\.providers)$/;

/** Classes that Kafka itself does not have: whether the image does, nobody else knows. */
function foreignClasses(name: string, value: string, version: string): string[] {
    const definition = definitionOf("broker", name, version);
    const holdsClasses = definition?.type === "class" || NAMES_OF_CLASSES.test(name);
    if (definition === undefined || !holdsClasses || isReference(value)) {
        return [];
    }
    return (
        entriesOf(value)
            // Those that Kafka calls by a short name, such as the assignor uniform.
            .filter((entry) => entry.includes(".") && !OWN_CLASS.test(entry))
            .map(
                (entry) =>
                    `kafka.config.${name}: Kafka does not come with ${entry}, and a broker without it ends at its start`,
            )
    );
}

const WHAT_KAFKA_DOES: Readonly<Record<PropertyKind, string>> = {
    broker: "brokers ignore it unless a plug-in reads it",
    topic: "Kafka refuses a topic with it unless a plug-in knows it",
};

function unknownName(
    kind: PropertyKind,
    key: string,
    name: string,
    value: string,
    version: string,
): string[] {
    if (definitionOf(kind, name, version) !== undefined) {
        return [];
    }
    const line = releaseLine(version);
    const path = `${key}.${name}`;
    const elsewhere = datedDefinitions(kind, name);
    const near = nearest(definedName(kind, name), namesOf(kind, version));
    const why =
        elsewhere.length > 0
            ? `Kafka ${line} does not have it, only Kafka ${linesOf(elsewhere)}`
            : `Kafka ${line} has no such property`;
    const question = elsewhere.length === 0 && near !== undefined ? `; did you mean ${near}?` : "";
    const isReadable = kind === "broker" && isSensitive(name) && !isReference(value);
    return [
        `${path}: ${why}, and ${WHAT_KAFKA_DOES[kind]}${question}`,
        ...(isReadable
            ? [
                  `${path}: whoever reads the brokers' configuration reads this value; ` +
                      "if it is a secret, refer to it by a config provider",
              ]
            : []),
    ];
}

/** The lines of a property's definitions, as `3.6 to 3.9`. */
function linesOf(definitions: readonly DatedDefinition[]): string {
    const { since } = definitions[0]!;
    const { until } = definitions.at(-1)!;
    if (since === undefined) {
        return `up to ${until}`;
    }
    return until === undefined
        ? `since ${since}`
        : since === until
          ? since
          : `${since} to ${until}`;
}
