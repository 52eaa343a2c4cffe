import { TimeoutError } from "./errors";

/** Longest time that Node's timers can wait. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Waits for a promise for a limited time. What the promise does afterwards is ignored, its rejection included.
 *
 * @param timeoutMs How long; `Infinity` for as long as it takes.
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
        timer = setTimeout(
            () => {
                const seconds = Math.round(timeoutMs / 100) / 10;
                reject(new TimeoutError(`timed out after ${seconds} s waiting for ${what}`, next));
            },
            Math.min(timeoutMs, LONGEST_TIMER_MS),
        );
    });
    try {
        return await Promise.race([promise, deadline]);
    } finally {
        clearTimeout(timer);
    }
}
