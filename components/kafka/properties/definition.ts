/** Whose property it is. */
export type PropertyKind = "broker" | "topic";

/** What Kafka reads a value as. */
export type PropertyType =
    "boolean" | "class" | "double" | "int" | "list" | "long" | "password" | "short" | "string";

/** How a property of a running broker changes; one without a mode is read when the broker starts. */
export type UpdateMode = "cluster-wide" | "per-broker";

/** How a release line of Kafka defines a property: as much of it as can be checked without Kafka. */
export interface PropertyDefinition {
    readonly type: PropertyType;
    /** As a text. @default - Kafka has none, or it is a password. */
    readonly default?: string;
    /** Least number. @default - That of the type. */
    readonly min?: number;
    /** Greatest number. @default - That of the type. */
    readonly max?: number;
    /** One more number, outside of the range. */
    readonly or?: number;
    /** The only values, those of a list each by itself. @default - Any. */
    readonly values?: readonly string[];
    /** As `values`, in capitals or not. */
    readonly valuesOfAnyCase?: readonly string[];
    /** Whether an empty text or list is refused. @default false */
    readonly nonEmpty?: boolean;
    /** Whether a list may have nothing twice. @default false */
    readonly distinct?: boolean;
    /** @default - Read when the broker starts. Topics' properties have none: all of them change while Kafka runs. */
    readonly mode?: UpdateMode;
    /**
     * The broker properties that are a topic's default, the first one that is set, each with its unit in units of the topic's
     * property.
     */
    readonly brokers?: Readonly<Record<string, number>>;
}

/** A definition, and the release lines that have it. */
export interface DatedDefinition extends PropertyDefinition {
    /** First line. @default - The first one that is known. */
    readonly since?: string;
    /** Last line. @default - The newest one that is known. */
    readonly until?: string;
}

/** The properties of one release line, by name. */
export type LineDefinitions = Readonly<
    Record<PropertyKind, Readonly<Record<string, PropertyDefinition>>>
>;

/** The properties of all release lines, by name; a property has one definition for each change of it, oldest first. */
export interface AllDefinitions extends Readonly<
    Record<PropertyKind, Readonly<Record<string, readonly DatedDefinition[]>>>
> {
    /** Oldest first. */
    readonly lines: readonly string[];
}
