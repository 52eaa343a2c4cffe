/**
 * Whether an object as it is has all that was sent, whatever defaults others have added. A quantity that the API server
 * writes in another way counts as another one.
 */
export function isIn(live: unknown, sent: unknown): boolean {
    if (sent === undefined || sent === null) {
        return true;
    }
    if (typeof sent !== "object") {
        return sent === live;
    }
    return (
        typeof live === "object" &&
        live !== null &&
        (!Array.isArray(sent) || sent.length === (live as unknown[]).length) &&
        Object.entries(sent).every(([key, value]) =>
            isIn((live as Readonly<Record<string, unknown>>)[key], value),
        )
    );
}
