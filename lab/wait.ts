import { setTimeout as sleep } from "node:timers/promises";

/**
 * Asks again and again until the answer is yes. An error counts as no.
 *
 * @throws Error that names what was awaited and the last error, after `seconds`; or the signal's reason.
 */
export async function waitFor(
    what: string,
    seconds: number,
    check: () => Promise<boolean> | boolean,
    { signal }: { readonly signal?: AbortSignal } = {},
): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    let reason = "";
    while (Date.now() < deadline) {
        try {
            if (await check()) {
                return;
            }
            reason = "";
        } catch (error) {
            reason = `: ${error instanceof Error ? error.message : String(error)}`;
        }
        await sleep(100, undefined, { signal });
    }
    throw new Error(`${what}: not within ${seconds} s${reason}`);
}
