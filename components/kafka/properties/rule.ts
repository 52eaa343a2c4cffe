import type { PropertyKind } from "./definition";

/** What a rule reads: values with their defaults. A value that nobody can read is `NaN`, or `undefined` as a text. */
export interface PropertyValues {
    /** Whether they are a topic's, or the brokers' defaults for topics. */
    readonly kind: PropertyKind;
    readonly number: (name: string) => number;
    readonly text: (name: string) => string | undefined;
    /** A value and where it comes from, such as `500, the default of replica.fetch.wait.max.ms`. */
    readonly describe: (name: string) => string;
    /** The property that the topic, or the brokers, would set for a name. */
    readonly nameOf: (name: string) => string;
}

/** What would be right instead. */
export interface RightValue {
    /** As it follows the word "expected". */
    readonly expected: string;
    readonly next?: string;
}

/** What Kafka checks by code and not in its definitions, so that a broker ends at its start or a topic is not made. */
export interface PropertyRule {
    /** Whose it is; those of logs hold for topics, and for the brokers' defaults of topics. */
    readonly whose: PropertyKind | "log";
    /** Names that it reads; those of logs as topics have them. The first one that is set is the wrong one. */
    readonly names: readonly string[];
    /** First release line. @default - The first one that has all the properties. */
    readonly since?: string;
    /** Last release line. @default - The last one that has all the properties. */
    readonly until?: string;
    /** What would be right instead of the named property's value; `undefined` if nothing is wrong. */
    readonly instead: (values: PropertyValues, name: string) => RightValue | undefined;
}

type Lines = Pick<PropertyRule, "since" | "until">;

/** A number that is at most another one, or below it. */
export function ordered(
    [lesser, sign, greater]: readonly [string, "<=" | "<", string],
    {
        exempt,
        or = "",
        ...lines
    }: Lines & { exempt?: (greater: number) => boolean; or?: string } = {},
): PropertyRule {
    return {
        whose: "broker",
        names: [lesser, greater],
        ...lines,
        instead: (values, name) => {
            const [least, most] = [values.number(lesser), values.number(greater)];
            const isWrong = sign === "<" ? least >= most : least > most;
            if (!isWrong || exempt?.(most) === true) {
                return undefined;
            }
            return name === lesser
                ? {
                      expected: `${sign === "<" ? "less than" : "at most"} ${values.describe(greater)}`,
                      next: `lower it, or raise ${values.nameOf(greater)}`,
                  }
                : {
                      expected: `${sign === "<" ? "more than" : "at least"} ${values.describe(lesser)}${or}`,
                      next: `raise it, or lower ${values.nameOf(lesser)}`,
                  };
        },
    };
}

/** The default of a kind of groups, and the bounds of what each of them may have. */
export function bounded(group: string, property: string): PropertyRule[] {
    const [least, own, most] = [".min.", ".", ".max."].map((part) => group + part + property);
    return [ordered([least!, "<=", own!]), ordered([own!, "<=", most!])];
}

/** A value by itself. */
export function single(
    name: string,
    expected: string,
    isRight: (text: string) => boolean,
    { whose = "broker", ...lines }: Lines & Partial<Pick<PropertyRule, "whose">> = {},
): PropertyRule {
    return {
        whose,
        names: [name],
        ...lines,
        instead: (values) => {
            const text = values.text(name);
            return text === undefined || isRight(text) ? undefined : { expected };
        },
    };
}

/** Versions whose message formats Kafka 3 knows; what follows tells a version in between. */
const MESSAGE_FORMAT =
    /^(0\.8\.[0-2]|0\.9\.0|0\.10\.[0-2]|0\.11\.0|1\.[01]|2\.[0-8]|3\.\d)(\.\d+)*(-IV\d)?$/;

/** A rule of a version of the message format, which Kafka 4 no longer has. */
export function messageFormat(name: string, whose: PropertyKind): PropertyRule {
    return single(
        name,
        'a version of Kafka such as "2.8" or "3.0"',
        (text) => MESSAGE_FORMAT.test(text),
        { whose },
    );
}
