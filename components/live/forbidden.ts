/** Whether the API server refused a question because this identity may not ask it. */
export function isForbidden(error: unknown): boolean {
    const { cause } = error as { cause?: { code?: unknown } };
    return cause?.code === 403;
}
