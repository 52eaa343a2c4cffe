import { setTimeout as sleep } from "node:timers/promises";

/** How long Kafka may take to be whole again after a fault, in seconds. */
export const RECOVERY_SECONDS = 300;
/**
 * For so long, in seconds, nothing may be missing. A lost broker is missed only when its session of 9 s ends, so a first
 * look may find everything well.
 */
const QUIET_SECONDS = 12;
const POLL_SECONDS = 0.5;

/** Time, as {@link secondsUntilWhole} needs it. */
export interface Clock {
    /** Seconds since any moment. */
    now(): number;
    sleep(seconds: number): Promise<void>;
}

/**
 * Waits until something is whole and stays so for 12 s.
 *
 * @param isWhole An error counts as no.
 * @returns Seconds until it was, without the 12 s; `undefined` when it is not within 300 s.
 */
export async function secondsUntilWhole(
    isWhole: () => Promise<boolean>,
    clock: Clock,
): Promise<number | undefined> {
    const start = clock.now();
    let since: number | undefined;
    for (;;) {
        const whole = await isWhole().catch(() => false);
        const now = clock.now() - start;
        since = whole ? (since ?? now) : undefined;
        if (since !== undefined && now - since >= QUIET_SECONDS) {
            return since;
        }
        if ((since ?? now) > RECOVERY_SECONDS) {
            return undefined;
        }
        await clock.sleep(POLL_SECONDS);
    }
}

/** The machine's clock, until a signal is aborted. */
export function clockUntil(signal: AbortSignal): Clock {
    return {
        now: () => performance.now() / 1000,
        sleep: (seconds) => sleep(seconds * 1000, undefined, { signal }),
    };
}
