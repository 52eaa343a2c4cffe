import { z } from "zod";
import { isSensitive } from "../components/kafka/properties/sensitive";
import { isLargeNumber } from "./exactJson";
import { isKnownKey, nearestKey } from "./knownKeys";
import { nearest } from "./nearest";
import { nextOfSlip } from "./slips";

/** One thing that is wrong with the configuration. */
export interface ConfigProblem {
    /** Path of the value without the project's prefix, e.g. `kafka.storage.size`. */
    readonly key: string;
    /** What would be right, as it follows the word "expected". */
    readonly expected: string;
    /** The value as it was given. */
    readonly given: string;
    /** What to do, where that does not follow from what was expected. */
    readonly next?: string;
}

const MAX_GIVEN = 80;

/** Where a password stands, or could stand by mistake: whole users, their authentication, and what is there instead. */
const SENSITIVE = /^users(\[\d+\](\.authentication(\.password)?)?)?$/;

/** Values of variables and of the JVM's properties, and what may be some by mistake. */
const HOLDS_VARIABLES = /\.(env|javaSystemProperties)(\[\d+\](\.value)?)?$/;

/** A value as an error shows it, without passwords. */
export function show(value: unknown): string {
    const hide = (name: string, inner: unknown) =>
        name !== "" && inner !== undefined && isSensitive(name) ? "…" : inner;
    const text =
        value === undefined
            ? "nothing"
            : isLargeNumber(value)
              ? value
              : JSON.stringify(value, hide);
    return text.length > MAX_GIVEN ? `${text.slice(0, MAX_GIVEN)}…` : text;
}

/** The value of a key as an error shows it; where a password could stand, no more than what kind of value it is. */
export function showAt(key: string, value: unknown): string {
    const property = /^(?:kafka|topics\[\d+\])\.config\.(.+)$/.exec(key)?.[1];
    const isHidden =
        SENSITIVE.test(key) ||
        (property !== undefined && isSensitive(property)) ||
        // As a text it may hold any property.
        (typeof value === "string" &&
            value !== "" &&
            /^(kafka(\.config)?|zookeeper|strimzi(\.controllers)?)$/.test(key)) ||
        HOLDS_VARIABLES.test(key);
    if (!isHidden || value === undefined || value === null) {
        return show(value);
    }
    return showKind(value);
}

/** What kind of value it is, where nobody may see the value. */
export function showKind(value: unknown): string {
    if (value === null || value === undefined) {
        return value === null ? "null" : "nothing";
    }
    if (Array.isArray(value)) {
        return "a list";
    }
    return { object: "an object", string: "a text" }[typeof value as string] ?? `a ${typeof value}`;
}

/** Path of a value inside another one: names joined by dots, positions in brackets. */
export function joinPath(base: string, path: readonly PropertyKey[]): string {
    return path.reduce<string>(
        (joined, part) => joined + (typeof part === "number" ? `[${part}]` : `.${String(part)}`),
        base,
    );
}

/**
 * The problems that zod found in the value of a key. Each schema's message says what was expected.
 *
 * @param isRight Tells of another value whether it would be right at a path inside.
 */
export function problemsOf(
    error: z.ZodError,
    key: string,
    isRight: (path: readonly PropertyKey[], value: unknown) => boolean,
): ConfigProblem[] {
    return error.issues.filter(isOfItsKind).flatMap((issue): ConfigProblem[] => {
        const path = joinPath(key, issue.path);
        if (issue.code === "unrecognized_keys") {
            return issue.keys.map((unknown) => unknownKey(joinPath(path, [unknown])));
        }
        if (issue.code === "invalid_key") {
            const { message, input } = issue.issues[0]!;
            return [{ key: path, expected: message, given: show(input) }];
        }
        if (issue.code === "invalid_union" && issue.discriminator !== undefined) {
            const object = issue.input as Readonly<Record<string, unknown>>;
            const given = object[issue.discriminator];
            const options = "options" in issue ? (issue.options ?? []).map(String) : [];
            const expected = options.map((option) => `"${option}"`).join(" or ");
            return [{ key: path, expected, given: show(given), ...optionNear(given, options) }];
        }
        const next = nextOf(path, issue, (value) => isRight(issue.path, value));
        return [
            {
                key: path,
                expected: issue.message,
                given: showAt(path, issue.input),
                ...(next !== undefined && { next }),
            },
        ];
    });
}

/** Whether an issue is none of a length beside that of another kind: zod counts the letters of a text in place of a list. */
function isOfItsKind(
    { code, path }: z.core.$ZodIssue,
    _: number,
    issues: readonly z.core.$ZodIssue[],
): boolean {
    const isHere = (other: z.core.$ZodIssue) => joinPath("", other.path) === joinPath("", path);
    return (
        (code !== "too_big" && code !== "too_small") ||
        !issues.some((other) => other.code === "invalid_type" && isHere(other))
    );
}

/** What is to be done about a value that YAML leaves open. */
export const GIVE_VALUE = "give it a value, or remove the key";

/** What is to be done about an object or a list that is written in another form. */
export const JSON_FORM =
    'write it as JSON, with names and texts in double quotes: {"name": "text"}';

/** The one of some words that somebody probably meant, as what to do. */
export function optionNear(
    given: unknown,
    options: readonly string[],
): Pick<ConfigProblem, "next"> {
    const near = typeof given === "string" ? nearest(given, options) : undefined;
    return near === undefined ? {} : { next: `did you mean "${near}"?` };
}

/** What is to be done about a value that is a slip. */
function nextOf(
    path: string,
    issue: z.core.$ZodIssue,
    isRight: (value: unknown) => boolean,
): string | undefined {
    const { input } = issue;
    // Pulumi hands out as a text without letters what YAML leaves open, but inside of an object.
    if (input === null || (typeof input === "string" && input.trim() === "")) {
        return GIVE_VALUE;
    }
    const slip = input === undefined ? undefined : nextOfSlip(input, isRight);
    if (slip !== undefined) {
        // What quotes the value may not do so where nobody may see it.
        const isHidden = showAt(path, input) !== show(input);
        return isHidden && slip.includes('"') ? undefined : slip;
    }
    if (issue.code === "invalid_value") {
        return optionNear(input, issue.values.map(String)).next;
    }
    const [, properties, name] = /^(.*\.config)\.(.+)$/.exec(path) ?? [];
    return properties !== undefined && typeof input === "object"
        ? `write a name with dots in quotes, as the path ${properties}["${dottedName(name!, input)}"]`
        : undefined;
}

/** The name whose dots were taken for a path. */
function dottedName(name: string, inner: unknown): string {
    const [[next, value] = [], ...others] =
        typeof inner === "object" && inner !== null ? Object.entries(inner) : [];
    return next === undefined || others.length > 0 ? name : dottedName(`${name}.${next}`, value);
}

/** Fields of pods that people look for, and why there is no key. */
const REFUSED_FIELDS = new Map([
    ["hostNetwork", "servers have addresses of their own, which network policies know"],
    ["topologySpreadConstraints", "spread decides how servers are spread over zones and hosts"],
]);

/** What decides which keys there are, by the path to them; of expressions it is their operator. */
const KINDS: readonly (readonly [path: RegExp, kind: string])[] = [
    [/^listeners\[\d+\]\.[^.]+$/, "type"],
    [/^certificates\./, "source"],
];

/** The problem of a key that does not exist, or not there. */
export function unknownKey(key: string): ConfigProblem {
    const refused = REFUSED_FIELDS.get(key.split(".").at(-1)!);
    if (refused !== undefined && /^(kafka|zookeeper|strimzi\.controllers)\.[^.]+$/.test(key)) {
        return { key, expected: `nothing: ${refused}`, given: "an unknown key" };
    }
    if (isKnownKey(key.replace(/\[\d+\]/g, "[]"))) {
        const kind = KINDS.find(([path]) => path.test(key))?.[1] ?? "operator";
        const expected = `nothing with this ${kind}: only another ${kind} has this key`;
        return { key, expected, given: "a value" };
    }
    const near = nearestKey(key);
    return {
        key,
        expected: "one of the keys that the documentation lists",
        given: "an unknown key",
        ...(near !== undefined && { next: `did you mean ${near}?` }),
    };
}

/** The problem of a key whose project is this one, written otherwise: nobody reads it. */
export function keyOfNobody(key: string, meant: string): ConfigProblem {
    return {
        key,
        expected: "a key of this project, or of a package that it uses",
        given: "a key that nobody reads",
        next: `did you mean ${meant}?`,
    };
}

/** The problem of a key that is a path into another one: Pulumi takes it for a name unless it is told. */
export function pathAsKey(key: string): ConfigProblem {
    const [root] = key.split(/[.[]/);
    const path = key.replace(/\.+(?=\.|\[|$)/g, "");
    const isPath = /^[^.[\]"]+(\.[^.[\]"]+|\[\d+\]|\["[^"]*"\])+$/.test(path);
    return {
        key,
        expected: `the key ${root} with this in it`,
        given: "a key of that name",
        next: `pulumi config rm '${key}', then pulumi config set --path '${isPath ? path : `${root}.NAME`}' VALUE`,
    };
}
