/** A port of a Service as it is sent, or as it is. */
export interface ServicePort {
    readonly name?: string;
    readonly port: number;
    readonly targetPort?: number | string;
    readonly nodePort?: number;
}

/**
 * Whether clients reach the same listeners at the same ports of a Service. A number that becomes the name of a pod's port leads
 * to where it did: pods of earlier programs have these names, too.
 *
 * @param live Ports as they are, with those of others.
 * @param before What of them was sent; all of them where nobody knows.
 */
export function hasSamePorts(
    live: readonly ServicePort[],
    after: readonly ServicePort[],
    before: readonly ServicePort[] = live,
): boolean {
    const at = (ports: readonly ServicePort[], { port }: ServicePort) =>
        ports.find((each) => each.port === port);
    return (
        after.every((wanted) => isSame(at(live, wanted), wanted)) &&
        before.every((old) => at(after, old) !== undefined)
    );
}

function isSame(live: ServicePort | undefined, wanted: ServicePort): boolean {
    return (
        live !== undefined &&
        live.name === wanted.name &&
        // The API server chooses one where none is sent.
        (wanted.nodePort === undefined || live.nodePort === wanted.nodePort) &&
        !areOtherNumbers(live.targetPort ?? live.port, wanted.targetPort ?? wanted.port)
    );
}

function areOtherNumbers(before: unknown, after: unknown): boolean {
    return typeof before === "number" && typeof after === "number" && before !== after;
}
