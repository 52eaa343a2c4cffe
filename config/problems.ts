import { z } from "zod";

/** One thing that is wrong with the configuration. */
export interface ConfigProblem {
    /** Path of the value without the project's prefix, e.g. `kafka.storage.size`. */
    readonly key: string;
    /** What would be right, as it follows the word "expected". */
    readonly expected: string;
    /** The value as it was given. */
    readonly given: string;
}

const MAX_GIVEN = 80;

/** Where a password stands, or could stand by mistake: whole users, their authentication, and what is there instead. */
const SENSITIVE = /^users(\[\d+\](\.authentication(\.password)?)?)?$/;

/** A value as an error shows it, without passwords. */
export function show(value: unknown): string {
    const hide = (name: string, inner: unknown) => (name === "password" ? "…" : inner);
    const text = value === undefined ? "nothing" : JSON.stringify(value, hide);
    return text.length > MAX_GIVEN ? `${text.slice(0, MAX_GIVEN)}…` : text;
}

/** The value of a key as an error shows it; where a password could stand, no more than what kind of value it is. */
export function showAt(key: string, value: unknown): string {
    if (!SENSITIVE.test(key) || value === undefined || value === null) {
        return show(value);
    }
    if (Array.isArray(value)) {
        return "a list";
    }
    return { object: "an object", string: "a text" }[typeof value as string] ?? `a ${typeof value}`;
}

/** Path of a value inside another one: names joined by dots, positions in brackets. */
function joinPath(base: string, path: readonly PropertyKey[]): string {
    return path.reduce<string>(
        (joined, part) => joined + (typeof part === "number" ? `[${part}]` : `.${String(part)}`),
        base,
    );
}

/** The problems that zod found in the value of a key. Each schema's message says what was expected. */
export function problemsOf(error: z.ZodError, key: string): ConfigProblem[] {
    return error.issues.flatMap((issue): ConfigProblem[] => {
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
            return [
                { key: path, expected: issue.message, given: show(object[issue.discriminator]) },
            ];
        }
        return [{ key: path, expected: issue.message, given: showAt(path, issue.input) }];
    });
}

/** The problem of a key that does not exist. */
export function unknownKey(key: string): ConfigProblem {
    return {
        key,
        expected: "one of the keys that the documentation lists",
        given: "an unknown key",
    };
}
