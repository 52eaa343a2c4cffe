import type { PropertyDefinition, PropertyKind } from "./definition";
import { definitionOf } from "./definitions";
import type { PropertyValues } from "./rule";
import { expectedInstead, isReference } from "./value";

/** Properties by name, as a stack's file has them; `undefined` is a value that is set, and that nobody knows. */
export type Properties = Readonly<Record<string, string | undefined>>;

/** What the values of a broker or a topic are read from. */
export interface ValueSources {
    readonly version: string;
    /** Of all brokers, with the program's defaults. */
    readonly brokers: Properties;
    /** @default - They are the values of brokers. */
    readonly topic?: Properties;
}

/** Where a value comes from. */
interface Source {
    /** Name of the property that is set, or that Kafka would read. */
    readonly name: string;
    readonly kind: PropertyKind;
    readonly definition: PropertyDefinition;
    /** As the file has it, or as Kafka's default. */
    readonly value: string | undefined;
    readonly isDefault: boolean;
    /** How many of the rule's units one of the value's is. */
    readonly unit: number;
}

/** The values that rules read. */
export interface ReadValues extends PropertyValues {
    /** Whether this Kafka has a property. */
    readonly has: (name: string) => boolean;
    /** Name of the property that the broker or topic itself sets for it; `undefined` where it does not. */
    readonly ownName: (name: string) => string | undefined;
}

/**
 * Reads values with all that Kafka has instead of those that are not set.
 *
 * @param log Whether names are those of topics. The brokers' own properties are their defaults then.
 */
export function readValues(sources: ValueSources, log: boolean): ReadValues {
    const kind = sources.topic === undefined ? "broker" : "topic";
    const source = (name: string) => sourceOf(sources, name, log || kind === "topic");
    const read = (name: string) => {
        const found = source(name);
        return found === undefined || !isReadable(found) ? undefined : found;
    };
    const number = (name: string) => {
        const found = read(name);
        return found?.value === undefined ? NaN : Number(found.value) * found.unit;
    };
    return {
        kind,
        number,
        text: (name) => {
            const found = read(name);
            const text = found?.value?.trim();
            return found?.definition.type === "boolean" ? text?.toLowerCase() : text;
        },
        describe: (name) => {
            const { name: origin, isDefault, kind: whose, value, unit } = source(name)!;
            const shown = unit === 1 ? value!.trim() : String(number(name));
            return `${shown}, ${isDefault ? "the default of" : whose === kind ? "the value of" : "the brokers'"} ${origin}`;
        },
        nameOf: (name) => (kind === "topic" ? name : source(name)!.name),
        has: (name) => source(name) !== undefined,
        ownName: (name) => {
            const found = source(name);
            return found === undefined || found.isDefault || found.kind !== kind
                ? undefined
                : found.name;
        },
    };
}

function sourceOf(
    { version, brokers, topic }: ValueSources,
    name: string,
    asTopic: boolean,
): Source | undefined {
    const definition = asTopic ? definitionOf("topic", name, version) : undefined;
    if (definition === undefined) {
        const own = definitionOf("broker", name, version);
        return own && sourceIn("broker", name, own, brokers);
    }
    if (topic !== undefined && name in topic) {
        return sourceIn("topic", name, definition, topic);
    }
    for (const [brokerName, unit] of Object.entries(definition.brokers ?? {})) {
        const own = definitionOf("broker", brokerName, version);
        if (own !== undefined && brokerName in brokers) {
            return { ...sourceIn("broker", brokerName, own, brokers), unit };
        }
    }
    const [brokersName = name] = Object.keys(definition.brokers ?? {});
    return sourceIn("topic", topic === undefined ? brokersName : name, definition, {});
}

function sourceIn(
    kind: PropertyKind,
    name: string,
    definition: PropertyDefinition,
    properties: Properties,
): Source {
    const isDefault = !(name in properties);
    const value = isDefault ? definition.default : properties[name];
    return { name, kind, definition, value, isDefault, unit: 1 };
}

/** What is wrong by itself, or not known before a broker starts, no rule can judge. */
function isReadable({ kind, definition, value, isDefault }: Source): boolean {
    return (
        isDefault ||
        (value !== undefined &&
            expectedInstead(definition, value) === undefined &&
            !(kind === "broker" && isReference(value)))
    );
}
