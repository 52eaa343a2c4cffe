/** What a stack adds to the resources that the operator reads. */
export interface Overlay {
    readonly kafka?: ResourceOverlay;
    readonly brokers?: ResourceOverlay;
    readonly controllers?: ResourceOverlay;
}

/** What a stack adds to one of them. */
export interface ResourceOverlay {
    readonly spec: object;
}

/** A specification with an overlay over it: objects are merged, and anything else is taken from the overlay. */
export function overlaid<T extends object>(spec: T, overlay: ResourceOverlay | undefined): T {
    return overlay === undefined ? spec : (merged(spec, overlay.spec) as T);
}

function merged(base: object, over: object): object {
    const entries = Object.entries(over).map(([key, value]: [string, unknown]) => {
        const below = (base as Readonly<Record<string, unknown>>)[key];
        return [key, isObject(below) && isObject(value) ? merged(below, value) : value] as const;
    });
    return { ...base, ...Object.fromEntries(entries) };
}

function isObject(value: unknown): value is object {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
