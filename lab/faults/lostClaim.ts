import { KAFKA } from "../../components/kafka/names";
import type { Injection } from "./samples";
import { type Target, underFault } from "./target";

/**
 * Deletes the claim of a broker, and its pod: the volume goes with its data, and the StatefulSet makes both anew.
 *
 * @throws Error when the claim is still the same one afterwards.
 */
export async function loseClaim(target: Target, broker: number): Promise<Injection> {
    const { pods } = target;
    const before = await pods.claimUid(broker);
    const injection = await underFault(target, async () => {
        await pods.deleteClaim(broker);
        await pods.delete(`${KAFKA}-${broker}`);
    });
    if (injection.recovery !== undefined && (await pods.claimUid(broker)) === before) {
        throw new Error(`claim of broker ${broker}: expected another one, got the same`);
    }
    return injection;
}
