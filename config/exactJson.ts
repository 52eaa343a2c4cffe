/** What a reviver learns of a value; it is not in TypeScript's types yet. */
interface Source {
    /** The value's own text; `undefined` for objects and lists. */
    readonly source?: string;
}

/** Whether a value is the text of a number that JavaScript can't hold exactly, as {@link parseExactly} leaves it. */
export function isLargeNumber(value: unknown): value is string {
    return (
        typeof value === "string" &&
        /^-?\d+(\.\d+)?(e\+?\d+)?$/i.test(value) &&
        Number.isInteger(Number(value)) &&
        !Number.isSafeInteger(Number(value))
    );
}

/**
 * Reads JSON. A number that JavaScript can't hold exactly becomes something else.
 *
 * @param large Makes that of the number's text.
 * @default - Its text.
 * @throws SyntaxError when it is no JSON.
 */
export function parseExactly(text: string, large = (source: string): unknown => source): unknown {
    const revive = (_: string, value: unknown, { source }: Source) =>
        typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)
            ? large(source!)
            : value;
    return (JSON.parse as (text: string, reviver: typeof revive) => unknown)(text, revive);
}
