/** What a reviver learns of a value; it is not in TypeScript's types yet. */
interface Source {
    /** The value's own text; `undefined` for objects and lists. */
    readonly source?: string;
}

/**
 * Reads JSON. A number that JavaScript can't hold exactly becomes its text.
 *
 * @throws SyntaxError when it is no JSON.
 */
export function parseExactly(text: string): unknown {
    const revive = (_: string, value: unknown, { source }: Source) =>
        typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)
            ? source
            : value;
    return (JSON.parse as (text: string, reviver: typeof revive) => unknown)(text, revive);
}
