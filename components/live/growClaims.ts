import type { V1PersistentVolumeClaim } from "@kubernetes/client-node";
import { parseQuantity } from "../kubernetes/quantity";
import { brief } from "./brief";
import { CLAIM, type LiveObjects } from "./objects";

/** How large a claim is to be. */
export interface WantedClaim {
    readonly name: string;
    /** Size as a Kubernetes quantity. */
    readonly size: string;
}

/** A claim that asked for less than it should, with sizes as Kubernetes quantities. */
export interface GrownClaim {
    readonly name: string;
    readonly from: string;
    readonly to: string;
}

/**
 * Has claims ask for the size that is wanted. A claim that was lost comes back with the size of the StatefulSet's
 * template, which is that of the first `up`, and the engine does not see it.
 *
 * @param claims One that does not exist is left out.
 * @returns Those that asked for less.
 * @throws Error when Kubernetes refuses.
 */
export async function growClaims(
    live: LiveObjects,
    namespace: string,
    claims: readonly WantedClaim[],
): Promise<GrownClaim[]> {
    const grown: GrownClaim[] = [];
    for (const { name, size } of claims) {
        const claim = await live.read<V1PersistentVolumeClaim>({ ...CLAIM, namespace, name });
        const from = claim?.spec?.resources?.requests?.storage;
        if (from === undefined || parseQuantity(from)! >= parseQuantity(size)!) {
            continue;
        }
        const patch = { spec: { resources: { requests: { storage: size } } } };
        try {
            await live.merge({ ...CLAIM, namespace, name }, patch);
        } catch (error) {
            throw new Error(
                `${name}: expected a volume of ${size}, got ${from}: ${brief((error as Error).message)}. ` +
                    `Next: kubectl describe persistentvolumeclaim ${name} -n ${namespace}`,
                { cause: error },
            );
        }
        grown.push({ name, from, to: size });
    }
    return grown;
}
