import type { V1ConfigMap } from "@kubernetes/client-node";
import type { ListenerEntry } from "../../kafka/clientAccess";
import type { Listener } from "../../kafka/listeners";
import { ADVERTISED, type NamespaceDns, ordinals, serviceDomain } from "../../kafka/names";
import { contentHash } from "../../kubernetes/files";
import { CONFIG_MAP, type LiveObjects } from "../../live/objects";
import { addressSource } from "../services/addresses";
import { advertisedListeners } from "./brokerProperties";

/** What the addresses of brokers are made of, beside those of their listeners. */
export interface AdvertisedArgs extends NamespaceDns {
    readonly replicas: number;
    readonly listeners: readonly Listener[];
}

/** Beginning of the key with what a broker advertises; its id follows. */
const KEY = "advertised-";

/**
 * The ConfigMap with what each broker advertises. Its name follows from all that these addresses follow from, but not from
 * the number of brokers. So brokers of an earlier revision keep theirs, and another broker only adds a key.
 *
 * @param entries Addresses of the listeners, in the same order.
 */
export function advertisedConfigMap(
    args: AdvertisedArgs,
    entries: readonly ListenerEntry[],
): {
    readonly name: string;
    readonly data: Readonly<Record<string, string>>;
} {
    const sources = args.listeners.map((listener, n) => [
        listener.name,
        listener.port,
        addressSource(listener, entries[n]!),
    ]);
    return {
        name: `${ADVERTISED}-${contentHash([serviceDomain(args), sources])}`,
        data: Object.fromEntries(
            ordinals(args.replicas).map((ordinal) => [
                `${KEY}${ordinal}`,
                advertisedListeners(ordinal, args, entries),
            ]),
        ),
    };
}

/**
 * The keys of such a ConfigMap, with those of brokers that are to go. A broker goes long after this ConfigMap changes, or not at
 * all where its removal is refused, and one without a key can't restart. Nobody needs to take a key away later.
 *
 * @param live The cluster where the ConfigMap may be.
 * @returns `data`, and what else is there. The same name stands for the same addresses.
 */
export async function withKeysThatAreThere(
    live: LiveObjects,
    namespace: string,
    { name, data }: ReturnType<typeof advertisedConfigMap>,
): Promise<Readonly<Record<string, string>>> {
    const now = await live.read<V1ConfigMap>({ ...CONFIG_MAP, namespace, name });
    const kept = Object.entries(now?.data ?? {}).filter(([key]) => key.startsWith(KEY));
    return { ...Object.fromEntries(kept), ...data };
}
