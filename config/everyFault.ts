import { z } from "zod";

// Zod stops at the first fault of some schemas: a map's value is not read where its name is wrong, and nothing of an object is
// whose kind nobody knows. These read on.

/** Tells whether a value has fields: an object, and no list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A map in which each name and each value is checked, whatever is wrong with the others. */
export function mapOf<V extends z.ZodType>(name: z.ZodType<string>, value: V, expected: string) {
    return z.record(z.string(), value, expected).superRefine(
        (map, context) => {
            for (const input of Object.keys(map)) {
                const { error } = name.safeParse(input);
                if (error !== undefined) {
                    const { message } = error.issues[0]!;
                    context.addIssue({ code: "custom", path: [input], input, message });
                }
            }
        },
        { when: (payload) => isObject(payload.value) },
    );
}

/** Objects of several kinds. Where the kind is wrong, what no kind would take is said, too. */
export function kindsOf<
    const K extends readonly [z.ZodObject, z.ZodObject, ...z.ZodObject[]],
    N extends string,
>(kind: N, options: K, expected: string) {
    const schema = z.discriminatedUnion(kind, options, expected);
    return schema.superRefine(
        (value, context) => {
            if (isObject(value)) {
                commonFaults(kind, options, value).forEach((issue) => context.addIssue(issue));
            }
        },
        { when: ({ issues }) => issues.some((issue) => isOwnKind(issue, kind)) },
    );
}

type Issue = z.core.$ZodRawIssue;

function isOwnKind({ code, path = [] }: Issue, kind: string): boolean {
    return code === "invalid_union" && path.length === 1 && path[0] === kind;
}

function commonFaults(
    kind: string,
    options: readonly z.ZodObject[],
    value: Readonly<Record<string, unknown>>,
): Issue[] {
    const names = new Set([
        ...options.flatMap(({ shape }) => Object.keys(shape)),
        ...Object.keys(value),
    ]);
    names.delete(kind);
    return [...names].flatMap((name): Issue[] => {
        const fields = options.flatMap(({ shape }) =>
            Object.hasOwn(shape, name) ? [shape[name] as z.ZodType] : [],
        );
        if (fields.length === 0) {
            return [{ code: "unrecognized_keys", keys: [name], input: value }];
        }
        const isExpected = Object.hasOwn(value, name) || fields.length === options.length;
        const errors = fields.flatMap(
            (field) => field.safeParse(value[name], { reportInput: true }).error ?? [],
        );
        return isExpected && errors.length === fields.length
            ? errors[0]!.issues.map((issue) => ({ ...issue, path: [name, ...issue.path] }) as Issue)
            : [];
    });
}

/**
 * When to ask what holds between the fields of an object: also where some of them are wrong. A name that nobody knows is
 * probably one of these fields, so then it is not asked.
 */
export const WITH_FAULTS = {
    when: ({ value, issues }: z.core.ParsePayload) =>
        isObject(value) &&
        !issues.some(({ code, path }) => code === "unrecognized_keys" && !path?.length),
};

/** When to ask more of a text: nothing is wrong with it yet. A check that aborts would end those of what is around the text, too. */
export const IF_RIGHT = { when: ({ issues }: z.core.ParsePayload) => issues.length === 0 };

/** Tells whether one of some values is given. Where YAML leaves some open, it is not known. */
export function isOneGiven(...values: readonly unknown[]): boolean {
    return values.includes(null) || values.filter((value) => value !== undefined).length === 1;
}

/** A list for further checks: an entry with a mistake is missing, and the others keep their positions. */
export const listWithGaps = <E extends z.ZodType>(entry: E) =>
    z.array(entry.optional().catch(undefined)).optional().catch(undefined);

/** A map for further checks, without what is wrong in it. */
export const rightEntries = <V extends z.ZodType>(value: V, name: z.ZodType<string> = z.string()) =>
    z
        .record(z.string(), value.optional().catch(undefined))
        .transform(
            (all) =>
                Object.fromEntries(
                    Object.entries(all).filter(
                        ([each, inner]) => inner !== undefined && name.safeParse(each).success,
                    ),
                ) as Record<string, z.output<V>>,
        );
