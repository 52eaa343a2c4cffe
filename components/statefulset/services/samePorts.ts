import { isDeepStrictEqual } from "node:util";

/** A port of a Service as it is sent. */
export interface SentPort {
    readonly name?: string;
    readonly port: number;
    readonly targetPort?: number | string;
    readonly nodePort?: number;
}

/**
 * Whether clients reach the same listeners at the same ports of a Service. A number that becomes the name of a pod's port leads
 * to where it did: pods of earlier programs have these names, too.
 */
export function hasSamePorts(before: readonly SentPort[], after: readonly SentPort[]): boolean {
    return (
        before.length === after.length &&
        before.every((old, n) => {
            const { targetPort, ...port } = after[n]!;
            const { targetPort: oldTarget, ...oldPort } = old;
            return isDeepStrictEqual(oldPort, port) && !areOtherNumbers(oldTarget, targetPort);
        })
    );
}

function areOtherNumbers(before: unknown, after: unknown): boolean {
    return typeof before === "number" && typeof after === "number" && before !== after;
}
