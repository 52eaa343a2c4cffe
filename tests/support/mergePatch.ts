/**
 * What an object is after a JSON merge patch; the object itself stays as it is.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7386
 */
export function mergePatch<T>(target: T, patch: object): T {
    const merged = { ...target } as Record<string, unknown>;
    for (const [key, value] of Object.entries(patch) as [string, unknown][]) {
        if (value === null) {
            delete merged[key];
        } else if (typeof value === "object" && !Array.isArray(value)) {
            merged[key] = mergePatch(merged[key], value);
        } else {
            merged[key] = value;
        }
    }
    return merged as T;
}
