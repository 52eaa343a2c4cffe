/** Whether a value has entries: an object, or a list. */
export function hasEntries(value: unknown): value is object {
    return typeof value === "object" && value !== null;
}

/** What a list or an object holds, by what tells each entry from the others, in whatever order they come. */
export function entriesOf(value: object): [key: string, entry: unknown][] {
    return Object.entries(value).map(([key, entry]: [string, unknown]) => [
        Array.isArray(value) ? (identityOf(entry) ?? key) : key,
        entry,
    ]);
}

/** The entry of a list or an object with a key of {@link entriesOf}; `undefined` where there is none. */
export function entryAt(value: unknown, key: string): unknown {
    if (Array.isArray(value)) {
        return (
            value.find((entry) => identityOf(entry) === key) ?? (value as unknown[])[Number(key)]
        );
    }
    return hasEntries(value) ? (value as Record<string, unknown>)[key] : undefined;
}

/** A volume may be mounted twice, so its path comes first. */
function identityOf(entry: unknown): string | undefined {
    const { mountPath, name } = (hasEntries(entry) ? entry : {}) as Record<string, string>;
    return mountPath ?? name;
}
