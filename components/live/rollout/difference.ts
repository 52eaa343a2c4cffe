/** A field whose live value is not the one that was sent. */
export interface Difference {
    /** Path of the field, e.g. `template.spec.containers[kafka].image`. */
    readonly path: string;
    readonly expected: unknown;
    readonly got: unknown;
}

/**
 * The first field that somebody else has changed. What others have added is none, because the next `up` leaves it, too.
 *
 * @param sent What was sent; it says which fields count.
 * @param accepted The same object as the API server answered it. That has the values that count: quantities are written
 *   in another way, and admission may have given an image its digest.
 * @param live The object as it is now.
 */
export function difference(
    sent: unknown,
    accepted: unknown,
    live: unknown,
    path = "",
): Difference | undefined {
    if (!isObject(sent) || isScalars(sent)) {
        const isSame = JSON.stringify(accepted) === JSON.stringify(live);
        return sent === undefined || isSame ? undefined : { path, expected: accepted, got: live };
    }
    for (const [key, value] of Object.entries(sent)) {
        const id = Array.isArray(sent) ? (identityOf(value) ?? key) : key;
        const inner = Array.isArray(sent) ? `${path}[${id}]` : path === "" ? id : `${path}.${id}`;
        const found = difference(value, at(accepted, id), at(live, id), inner);
        if (found !== undefined) {
            return found;
        }
    }
    return undefined;
}

function isObject(value: unknown): value is object {
    return typeof value === "object" && value !== null;
}

/** A list such as a command, which is one value. */
function isScalars(value: object): boolean {
    return Array.isArray(value) && !value.some(isObject);
}

/** What tells an entry of a list from the others, in whatever order they come: a volume may be mounted twice. */
function identityOf(entry: unknown): string | undefined {
    const { mountPath, name } = (isObject(entry) ? entry : {}) as Record<string, string>;
    return mountPath ?? name;
}

function at(value: unknown, key: string): unknown {
    if (Array.isArray(value)) {
        return (
            value.find((entry) => identityOf(entry) === key) ?? (value as unknown[])[Number(key)]
        );
    }
    return isObject(value) ? (value as Record<string, unknown>)[key] : undefined;
}
