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
import type { StackConfig } from "./stackConfig";

/** Names of properties that this Kafka does not define: plug-ins have names of their own, so they may be right. */
export function propertyWarnings({ kafka, topics }: StackConfig): string[] {
    const { version } = kafka;
    return [
        ...unknownNames("broker", "kafka.config", kafka.config, version),
        ...foreignClasses(kafka.config, version),
        ...topics.flatMap(({ config }, index) =>
            unknownNames("topic", `topics[${index}].config`, config, version),
        ),
    ];
}

/** Classes that Kafka, or the operator, comes with. */
const OWN_CLASS = /^(org\.apache\.kafka|kafka|io\.strimzi|java|javax)\./;

/** Names of lists and texts that are classes, too. */
const NAMES_OF_CLASSES = /(\.class(\.name)?|\breporters|assignors|security\.providers)$/;

/** Classes that Kafka itself does not have: whether the image does, nobody else knows. */
function foreignClasses(properties: Readonly<Record<string, string>>, version: string): string[] {
    return Object.entries(properties).flatMap(([name, value]) => {
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
    });
}

const WHAT_KAFKA_DOES: Readonly<Record<PropertyKind, string>> = {
    broker: "brokers ignore it unless a plug-in reads it",
    topic: "Kafka refuses a topic with it unless a plug-in knows it",
};

function unknownNames(
    kind: PropertyKind,
    key: string,
    properties: Readonly<Record<string, string>>,
    version: string,
): string[] {
    return Object.entries(properties)
        .filter(([name]) => definitionOf(kind, name, version) === undefined)
        .flatMap(([name, value]) => {
            const line = releaseLine(version);
            const path = `${key}.${name}`;
            const elsewhere = datedDefinitions(kind, name);
            const near = nearest(definedName(kind, name), namesOf(kind, version));
            const why =
                elsewhere.length > 0
                    ? `Kafka ${line} does not have it, only Kafka ${linesOf(elsewhere)}`
                    : `Kafka ${line} has no such property`;
            const question =
                elsewhere.length === 0 && near !== undefined ? `; did you mean ${near}?` : "";
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
        });
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
