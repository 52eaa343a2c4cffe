import { TimeoutError } from "./errors";

/**
 * Waits for a promise for a limited time. What the promise does afterwards is ignored, its rejection included.
 *
 * @param what What is waited for, as it follows "timed out after … waiting for".
 * @throws {@link TimeoutError} when time is up.
 */
export async function withDeadline<T>(
    promise: Promise<T>,
    timeoutMs: number,
    what: string,
    next = "try again with a longer --timeout",
): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
            const seconds = Math.round(timeoutMs / 100) / 10;
            reject(new TimeoutError(`timed out after ${seconds} s waiting for ${what}`, next));
        }, timeoutMs);
    });
    try {
        return await Promise.race([promise, deadline]);
    } finally {
        clearTimeout(timer);
    }
}
