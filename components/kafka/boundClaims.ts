import type { V1PersistentVolumeClaim } from "@kubernetes/client-node";
import { CLAIM, type LiveObjects } from "../live/objects";
import { DATA_VOLUME } from "./names";

/**
 * Ordinals of the pods whose claims have a volume. A claim without one holds nothing: no pod ever started with it.
 *
 * @param application Name of the StatefulSet.
 */
export async function boundOrdinals(
    live: LiveObjects,
    namespace: string,
    application: "kafka" | "zookeeper",
): Promise<number[]> {
    const pattern = new RegExp(`^${DATA_VOLUME}-${application}-(\\d+)$`);
    const claims = await live.list<V1PersistentVolumeClaim>(CLAIM, namespace);
    return claims
        .filter(({ spec }) => spec?.volumeName)
        .flatMap(({ metadata }) => pattern.exec(metadata?.name ?? "")?.[1] ?? [])
        .map(Number);
}
