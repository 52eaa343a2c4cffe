import { z } from "zod";
import { ConfigProblem, problemsOf, show, unknownKey } from "./problems";
import {
    Fields,
    KAFKA_FIELDS,
    LISTENER,
    LISTENERS,
    ParsedConfig,
    SIMPLE_FIELDS,
    Values,
    ZOOKEEPER_FIELDS,
} from "./schema";

/**
 * Reads the raw values of the project's keys. Every field is checked by itself, so that all mistakes are found at
 * once; a field with a mistake is missing in the result.
 */
export function parseConfig(values: Readonly<Record<string, string>>): {
    parsed: ParsedConfig;
    problems: ConfigProblem[];
} {
    const problems: ConfigProblem[] = [];

    function check<S extends z.ZodType>(schema: S, value: unknown, key: string) {
        const result = schema.safeParse(value, { reportInput: true });
        if (!result.success) {
            problems.push(...problemsOf(result.error, key));
        }
        return result.data;
    }

    function checkFields<F extends Fields>(
        fields: F,
        object: Readonly<Record<string, unknown>>,
        prefix: string,
    ): Partial<Values<F>> {
        return Object.fromEntries(
            Object.entries(fields).map(([name, schema]) => [
                name,
                check(schema, object[name], prefix + name),
            ]),
        ) as Partial<Values<F>>;
    }

    /** The value of a key that is an object or a list; Pulumi hands such values out as JSON. */
    function structured(key: string): unknown {
        const value = values[key];
        try {
            return value === undefined ? undefined : JSON.parse(value);
        } catch {
            problems.push({ key, expected: "an object or a list", given: show(value) });
            return undefined;
        }
    }

    function checkObject<F extends Fields>(key: string, fields: F): Partial<Values<F>> {
        const anyObject = z.record(z.string(), z.unknown(), "an object").default({});
        const object = check(anyObject, structured(key), key);
        if (object === undefined) {
            return {};
        }
        for (const name of Object.keys(object).filter((given) => !Object.hasOwn(fields, given))) {
            problems.push(unknownKey(`${key}.${name}`));
        }
        return checkFields(fields, object, `${key}.`);
    }

    const known = [...Object.keys(SIMPLE_FIELDS), "kafka", "zookeeper", "listeners"];
    problems.push(
        ...Object.keys(values)
            .filter((key) => !known.includes(key))
            .map(unknownKey),
    );
    const parsed = {
        ...checkFields(SIMPLE_FIELDS, values, ""),
        kafka: checkObject("kafka", KAFKA_FIELDS),
        zookeeper: checkObject("zookeeper", ZOOKEEPER_FIELDS),
        listeners: check(LISTENERS, structured("listeners"), "listeners")?.map((listener, index) =>
            check(LISTENER, listener, `listeners[${index}]`),
        ),
    };
    return { parsed, problems };
}
