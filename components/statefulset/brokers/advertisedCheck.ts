import type { V1ConfigMap } from "@kubernetes/client-node";
import type { types } from "@pulumi/kubernetes";
import type { Change } from "../../live/gate";
import { CONFIG_MAP } from "../../live/objects";
import { advertisedKeys } from "./advertised";
import { type BrokerCheckArgs, checkLeaving } from "./brokerCheck";

/**
 * Asks whether the addresses of brokers may go, as before the brokers do: without them one that restarts by chance can't start.
 *
 * @throws Error with what speaks against it.
 */
export async function checkAdvertised(
    { before, after }: Change<types.input.core.v1.ConfigMap>,
    args: BrokerCheckArgs,
): Promise<void> {
    const { live, namespace } = args;
    const [old, wanted] = [before, after] as (V1ConfigMap | undefined)[];
    // It may have been kept since an earlier revision: then the state does not know what is in it.
    const now = await live.read<V1ConfigMap>({
        ...CONFIG_MAP,
        namespace,
        name: wanted!.metadata!.name!,
    });
    const stay = advertisedKeys(wanted!.data);
    if (advertisedKeys(now?.data).some((key) => !stay.includes(key))) {
        await checkLeaving(stay.length, advertisedKeys(old?.data).length, args);
    }
}
