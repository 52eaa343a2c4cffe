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

/** A value as an error shows it. */
export function show(value: unknown): string {
    const text = value === undefined ? "nothing" : JSON.stringify(value);
    return text.length > MAX_GIVEN ? `${text.slice(0, MAX_GIVEN)}…` : text;
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
        return [{ key: path, expected: issue.message, given: show(issue.input) }];
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
