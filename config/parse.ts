import { z } from "zod";
import { EKS_FIELDS, REGION } from "./eksSchema";
import { ConfigProblem, problemsOf, showAt, unknownKey } from "./problems";
import {
    CERTIFICATES,
    DEFAULT_LISTENERS,
    Fields,
    KAFKA_FIELDS,
    LIST,
    LISTENER,
    LISTENERS,
    ParsedConfig,
    SIMPLE_FIELDS,
    STRIMZI_FIELDS,
    TOPIC,
    USER,
    Values,
    ZOOKEEPER_FIELDS,
} from "./schema";

const STRUCTURED_KEYS = [
    "eks",
    "kafka",
    "zookeeper",
    "strimzi",
    "certificates",
    "listeners",
    "topics",
    "users",
];

/**
 * Reads the raw values of the project's keys. Every field is checked by itself, so that all mistakes are found at
 * once; a field with a mistake is missing in the result.
 *
 * @param region Value of Pulumi's own key `aws:region`.
 */
export function parseConfig(
    values: Readonly<Record<string, string>>,
    region?: string,
): {
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
            problems.push({ key, expected: "an object or a list", given: showAt(key, value) });
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

    function checkList<L extends z.ZodType<unknown[]>, S extends z.ZodType>(
        key: string,
        list: L,
        entry: S,
    ) {
        return check(list, structured(key), key)?.map((value, index) =>
            check(entry, value, `${key}[${index}]`),
        );
    }

    const known = [...Object.keys(SIMPLE_FIELDS), ...STRUCTURED_KEYS];
    problems.push(
        ...Object.keys(values)
            .filter((key) => !known.includes(key))
            .map(unknownKey),
    );
    const simple = checkFields(SIMPLE_FIELDS, values, "");
    const onEks = simple.platform === "eks";
    const listeners = LISTENERS.default([...DEFAULT_LISTENERS[simple.platform ?? "kubeconfig"]]);
    const parsed = {
        ...simple,
        region: onEks ? check(REGION, region, "aws:region") : undefined,
        // Its required fields are none on another platform.
        eks: onEks ? checkObject("eks", EKS_FIELDS) : {},
        kafka: checkObject("kafka", KAFKA_FIELDS),
        zookeeper: checkObject("zookeeper", ZOOKEEPER_FIELDS),
        strimzi: checkObject("strimzi", STRIMZI_FIELDS),
        certificates: check(CERTIFICATES, structured("certificates"), "certificates"),
        listeners: checkList("listeners", listeners, LISTENER),
        topics: checkList("topics", LIST, TOPIC),
        users: checkList("users", LIST, USER),
        given: new Set(Object.keys(values)),
    };
    return { parsed, problems };
}
