import type { V1Pod } from "@kubernetes/client-node";
import { containersOf, isReady } from "./pods";

/** Restarts after which a container that runs and has never been ready counts as one that fails again. */
const FAILING = 2;

/**
 * Whether a pod's server does not come to run: it is not scheduled, has no image, or fails again and again. One on a lost
 * node is not among them, and neither is one that is paused.
 */
export function cannotStart(pod: V1Pod): boolean {
    const containers = containersOf(pod);
    const isFailing = containers.some(
        ({ state, started, restartCount }) =>
            state?.running === undefined || (started === false && restartCount >= FAILING),
    );
    return !isReady(pod) && (containers.length === 0 || isFailing);
}
