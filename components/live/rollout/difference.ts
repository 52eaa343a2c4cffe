import { entriesOf, entryAt, hasEntries } from "../entries";

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
    if (!hasEntries(sent) || isScalars(sent)) {
        const isSame = JSON.stringify(accepted) === JSON.stringify(live);
        return sent === undefined || isSame ? undefined : { path, expected: accepted, got: live };
    }
    for (const [key, value] of entriesOf(sent)) {
        const inner = Array.isArray(sent)
            ? `${path}[${key}]`
            : path === ""
              ? key
              : `${path}.${key}`;
        const found = difference(value, entryAt(accepted, key), entryAt(live, key), inner);
        if (found !== undefined) {
            return found;
        }
    }
    return undefined;
}

/** A list such as a command, which is one value. */
function isScalars(value: object): boolean {
    return Array.isArray(value) && !value.some(hasEntries);
}
