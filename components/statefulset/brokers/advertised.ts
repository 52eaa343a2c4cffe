import type { ListenerEntry } from "../../kafka/clientAccess";
import type { Listener } from "../../kafka/listeners";
import { ADVERTISED, type NamespaceDns, ordinals, serviceDomain } from "../../kafka/names";
import { contentHash } from "../../kubernetes/files";
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

/** Keys of a ConfigMap with what brokers advertise: one for each broker. */
export function advertisedKeys(data: Readonly<Record<string, unknown>> = {}): string[] {
    return Object.keys(data).filter((key) => key.startsWith(KEY));
}
