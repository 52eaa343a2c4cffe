import type { PropertyDefinition } from "./definition";

/** Java's whole numbers. */
const INTEGERS = {
    short: [-(2n ** 15n), 2n ** 15n - 1n],
    int: [-(2n ** 31n), 2n ** 31n - 1n],
    long: [-(2n ** 63n), 2n ** 63n - 1n],
} as const;

/** A number as Java reads it, without its forms for programmers. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** What a provider of configurations puts in when a broker starts, such as `${file:/etc/kafka/secret:key}`. */
const REFERENCE = /\$\{[^}]+\}/;

/** Tells whether a value refers to another one, which nobody knows before a broker starts. */
export function isReference(value: string): boolean {
    return REFERENCE.test(value);
}

/**
 * What would be right instead of a value; `undefined` if nothing is wrong with it. Classes, passwords and what Kafka
 * checks by code of its own pass.
 *
 * @param value As a text, as files have it.
 */
export function expectedInstead(definition: PropertyDefinition, value: string): string | undefined {
    // As Kafka does.
    const text = value.trim();
    switch (definition.type) {
        case "boolean":
            return /^(true|false)$/i.test(text) ? undefined : "true or false";
        case "short":
        case "int":
        case "long":
            return instead(isInteger(definition, text), () => {
                const [least, most] = rangeOf(definition, INTEGERS[definition.type as "int"]);
                return `a whole number from ${least} to ${most}${orOf(definition)}`;
            });
        case "double":
            return instead(isDouble(definition, text), () => describeDouble(definition));
        case "list":
            return instead(isList(definition, text), () => describeList(definition));
        case "string":
            return instead(isString(definition, text), () => describeString(definition));
        case "class":
        case "password":
            return undefined;
    }
}

function instead(isRight: boolean, expected: () => string): string | undefined {
    return isRight ? undefined : expected();
}

function rangeOf({ min, max }: PropertyDefinition, [least, most]: readonly [bigint, bigint]) {
    return [
        min === undefined ? least : BigInt(min),
        max === undefined ? most : BigInt(max),
    ] as const;
}

function orOf({ or }: PropertyDefinition): string {
    return or === undefined ? "" : `, or ${or}`;
}

function isInteger(definition: PropertyDefinition, text: string): boolean {
    if (!/^[+-]?\d+$/.test(text)) {
        return false;
    }
    const number = BigInt(text.replace(/^\+/, ""));
    const [least, most] = rangeOf(definition, INTEGERS[definition.type as "int"]);
    return (number >= least && number <= most) || text === String(definition.or);
}

function isDouble({ min = -Infinity, max = Infinity }: PropertyDefinition, text: string): boolean {
    return NUMBER.test(text) && Number(text) >= min && Number(text) <= max;
}

function describeDouble({ min, max }: PropertyDefinition): string {
    const limits = [
        ...(min === undefined ? [] : [` from ${min}`]),
        ...(max === undefined ? [] : [` to ${max}`]),
    ];
    return `a number${limits.join("")}`;
}

/** The entries of a list. */
export function entriesOf(text: string): string[] {
    return text.trim() === "" ? [] : text.trim().split(/\s*,\s*/);
}

function isList({ values, nonEmpty, distinct }: PropertyDefinition, text: string): boolean {
    const entries = entriesOf(text);
    return (
        !(nonEmpty === true && entries.length === 0) &&
        !(distinct === true && new Set(entries).size < entries.length) &&
        entries.every((entry) => values?.includes(entry) ?? true)
    );
}

function describeList({ values, nonEmpty, distinct }: PropertyDefinition): string {
    const of = values === undefined ? "" : ` of ${values.join(", ")}`;
    const least = nonEmpty === true ? ", one at least" : "";
    return `a list${of}${least}${distinct === true ? ", each once" : ""}`;
}

function isString(definition: PropertyDefinition, text: string): boolean {
    const { values, valuesOfAnyCase, nonEmpty } = definition;
    return (
        (values?.includes(text) ?? true) &&
        (valuesOfAnyCase?.includes(text.toUpperCase()) ?? true) &&
        !(nonEmpty === true && text === "")
    );
}

function describeString({ values, valuesOfAnyCase }: PropertyDefinition): string {
    const words = values ?? valuesOfAnyCase?.map((value) => value.toLowerCase());
    return words === undefined
        ? "a text that is not empty"
        : words.map((word) => `"${word}"`).join(" or ");
}
