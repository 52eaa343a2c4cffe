import { z } from "zod";
import { parseExactly } from "./exactJson";
import { EKS_FIELDS, REGION, RIGHT_PARTS_OF_EKS } from "./eksSchema";
import { isObject } from "./everyFault";
import { DEFAULT_LISTENERS, LISTENER, LISTENERS, RIGHT_PARTS_OF_LISTENER } from "./listenerSchema";
import {
    ConfigProblem,
    GIVE_VALUE,
    JSON_FORM,
    pathAsKey,
    problemsOf,
    showAt,
    unknownKey,
} from "./problems";
import { nextOfSlip } from "./slips";
import {
    CERTIFICATES,
    Fields,
    KAFKA_FIELDS,
    ParsedConfig,
    RIGHT_PARTS_OF_KAFKA,
    RIGHT_PARTS_OF_STRIMZI,
    RIGHT_PARTS_OF_ZOOKEEPER,
    RIGHT_PARTS_OF_TOPIC,
    SIMPLE_FIELDS,
    STRIMZI_FIELDS,
    TOPIC,
    TOPICS,
    Values,
    ZOOKEEPER_FIELDS,
} from "./schema";
import { RIGHT_PARTS_OF_USER, USER, USERS } from "./userSchema";

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

const ANY_OBJECT = z.record(z.string(), z.unknown(), "an object").default({});

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
            problems.push(
                ...problemsOf(result.error, key, (path, meant) =>
                    isRightAt(schema, value, path, meant),
                ),
            );
        }
        return result.data;
    }

    /** @param rightParts Reads what is right in fields with a mistake. */
    function checkFields<F extends Fields, P extends Fields = Record<never, never>>(
        fields: F,
        object: Readonly<Record<string, unknown>>,
        prefix: string,
        rightParts = {} as P,
    ) {
        return Object.fromEntries(
            Object.entries(fields).map(([name, schema]) => [
                name,
                check(schema, object[name], prefix + name) ??
                    (rightParts as Fields)[name]?.safeParse(object[name]).data,
            ]),
        ) as Partial<Omit<Values<F>, keyof P>> & Partial<Values<P>>;
    }

    /**
     * The value of a key that is an object or a list; Pulumi hands such values out as JSON.
     *
     * @param schema Tells what a text may be meant as.
     */
    function structured(key: string, schema?: z.ZodType): unknown {
        const value = values[key];
        try {
            return value === undefined ? undefined : withoutPrototypes(parseExactly(value), key);
        } catch {
            const slip = nextOfSlip(value, (meant) => schema?.safeParse(meant).success === true);
            problems.push({
                key,
                expected: "an object or a list",
                given: showAt(key, value),
                ...(slip !== undefined && { next: slip }),
                ...(value === "" && { next: GIVE_VALUE }),
                ...(/^\s*[{[]/.test(value ?? "") && { next: JSON_FORM }),
            });
            return undefined;
        }
    }

    /** A value without fields of a name that zod leaves out without a word: they would change what an object is. */
    function withoutPrototypes(value: unknown, path: string): unknown {
        if (Array.isArray(value)) {
            return value.map((each, index) => withoutPrototypes(each, `${path}[${index}]`));
        }
        if (!isObject(value)) {
            return value;
        }
        if (Object.hasOwn(value, "__proto__")) {
            problems.push(unknownKey(`${path}.__proto__`));
        }
        return Object.fromEntries(
            Object.entries(value)
                .filter(([name]) => name !== "__proto__")
                .map(([name, each]) => [name, withoutPrototypes(each, `${path}.${name}`)]),
        );
    }

    function checkObject<F extends Fields, P extends Fields = Record<never, never>>(
        key: string,
        fields: F,
        rightParts = {} as P,
    ): Partial<Omit<Values<F>, keyof P>> & Partial<Values<P>> {
        const object = check(ANY_OBJECT, structured(key), key);
        if (object === undefined) {
            return {};
        }
        for (const name of Object.keys(object).filter((given) => !Object.hasOwn(fields, given))) {
            problems.push(unknownKey(`${key}.${name}`));
        }
        return checkFields(fields, object, `${key}.`, rightParts);
    }

    function checkList<
        L extends z.ZodType<unknown[]>,
        S extends z.ZodType,
        P extends z.ZodType = z.ZodNever,
    >(key: string, list: L, entry: S, rightParts?: P) {
        return check(list, structured(key), key)?.map(
            (value, index): z.output<S> | z.output<P> | undefined =>
                check(entry, value, `${key}[${index}]`) ?? rightParts?.safeParse(value).data,
        );
    }

    const known = [...Object.keys(SIMPLE_FIELDS), ...STRUCTURED_KEYS];
    problems.push(
        ...Object.keys(values)
            .filter((key) => !known.includes(key))
            .map((key) => (isPath(key) ? pathAsKey(key) : unknownKey(key))),
    );
    const simple = checkFields(SIMPLE_FIELDS, withNulls(values), "");
    const onEks = simple.platform === "eks";
    const listeners = LISTENERS.default([...DEFAULT_LISTENERS[simple.platform ?? "kubeconfig"]]);
    const parsed = {
        ...simple,
        region: onEks ? check(REGION, region === "null" ? null : region, "aws:region") : undefined,
        // Its required fields are none on another platform.
        eks: onEks ? checkObject("eks", EKS_FIELDS, RIGHT_PARTS_OF_EKS) : {},
        kafka: checkObject("kafka", KAFKA_FIELDS, RIGHT_PARTS_OF_KAFKA),
        zookeeper: checkObject("zookeeper", ZOOKEEPER_FIELDS, RIGHT_PARTS_OF_ZOOKEEPER),
        strimzi: checkObject("strimzi", STRIMZI_FIELDS, RIGHT_PARTS_OF_STRIMZI),
        certificates: check(CERTIFICATES, structured("certificates", CERTIFICATES), "certificates"),
        listeners: checkList("listeners", listeners, LISTENER, RIGHT_PARTS_OF_LISTENER),
        topics: checkList("topics", TOPICS, TOPIC, RIGHT_PARTS_OF_TOPIC),
        users: checkList("users", USERS, USER, RIGHT_PARTS_OF_USER),
        given: new Set(Object.keys(values)),
        wrong: new Set(problems.map(({ key }) => key)),
    };
    return { parsed, problems };
}

/** Whether a value has nothing wrong at a path where another value stands there. */
function isRightAt(
    schema: z.ZodType,
    value: unknown,
    path: readonly PropertyKey[],
    meant: unknown,
): boolean {
    const whole: unknown = path.reduceRight<(old: unknown) => unknown>(
        (inner, part) => (old) => {
            const copy = (
                Array.isArray(old) ? [...(old as unknown[])] : { ...(old as object) }
            ) as {
                [part: PropertyKey]: unknown;
            };
            copy[part] = inner(copy[part]);
            return copy;
        },
        () => meant,
    )(value);
    const issues = schema.safeParse(whole).error?.issues ?? [];
    return !issues.some((issue) => path.every((part, at) => issue.path[at] === part));
}

/** Whether a key is a path into a key that is there. */
function isPath(key: string): boolean {
    const [root] = key.split(/[.[]/);
    return root !== key && STRUCTURED_KEYS.includes(root!);
}

/** Values of which those that YAML leaves open are `null`: as texts they are called so. */
function withNulls(values: Readonly<Record<string, string>>): Record<string, string | null> {
    return Object.fromEntries(
        Object.entries(values).map(([key, value]) => [key, value === "null" ? null : value]),
    );
}
