import type { V1ConfigMap, V1StatefulSet, V1Volume } from "@kubernetes/client-node";
import { CONFIG_MAP, type LiveObjects } from "../live/objects";
import { MIN_ISR, REPLICATION_FACTOR } from "./replication";

/** What the brokers' properties say of replicas. */
export interface Replication {
    /** Copies of a new topic's partitions. */
    readonly replicationFactor?: number;
    /** The brokers' `min.insync.replicas`. */
    readonly minInsyncReplicas?: number;
}

/**
 * Reads it from the files that the brokers' StatefulSet mounts, whichever program made them: what a configuration says
 * may not have reached them.
 *
 * @param set The StatefulSet; nothing is read where there is none.
 */
export async function mountedReplication(
    live: LiveObjects,
    namespace: string,
    set: V1StatefulSet | undefined,
): Promise<Replication> {
    for (const name of (set?.spec?.template.spec?.volumes ?? []).flatMap(configMapsOf)) {
        const { data } = (await live.read<V1ConfigMap>({ ...CONFIG_MAP, namespace, name })) ?? {};
        const file = data?.["server.properties"];
        if (file !== undefined) {
            return {
                replicationFactor: numberIn(file, REPLICATION_FACTOR),
                minInsyncReplicas: numberIn(file, MIN_ISR),
            };
        }
    }
    return {};
}

function configMapsOf({ configMap, projected }: V1Volume): string[] {
    const sources = projected?.sources?.map((source) => source.configMap) ?? [];
    return [configMap, ...sources].flatMap((source) => source?.name ?? []);
}

function numberIn(file: string, property: string): number | undefined {
    const line = file.split("\n").find((each) => each.startsWith(`${property}=`));
    return line === undefined ? undefined : Number(line.slice(property.length + 1));
}
