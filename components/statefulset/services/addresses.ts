import { knownAddresses, type ListenerAddresses } from "../../kafka/addresses";
import { type DeployedListener, isExternal, type Listener } from "../../kafka/listeners";
import {
    KAFKA,
    KAFKA_BOOTSTRAP,
    KAFKA_HEADLESS,
    KAFKA_SERVICE,
    type NamespaceDns,
    podHost,
    serviceHost,
} from "../../kafka/names";

/** Port of the external bootstrap Service, whatever the listener's own port is. */
export const BOOTSTRAP_SERVICE_PORT = 9092;

/** The addresses of a listener that are known before anything is deployed, where Kafka runs as a StatefulSet. */
export function knownStatefulSetAddresses(
    listener: Listener,
    args: NamespaceDns & { readonly listeners: readonly Listener[]; readonly brokers: number },
): ListenerAddresses | undefined {
    return knownAddresses(listener, {
        brokers: args.brokers,
        bootstrapHost: serviceHost(KAFKA_BOOTSTRAP, args),
        bootstrapPort: bootstrapService(listener, args.listeners).port,
        brokerHost: (id) => podHost(`${KAFKA}-${id}`, KAFKA_HEADLESS, args),
    });
}

/** Name of the Service in front of one broker's external listener. */
export function brokerService(listener: Listener, ordinal: number): string {
    return `${KAFKA}-${listener.name}-${ordinal}`;
}

/**
 * The bootstrap Service of an external listener: `kafka-service` for the first one, in the same role as without any
 * external listener, so that the Service changes in place.
 */
export function bootstrapService(
    listener: Listener,
    listeners: readonly Listener[],
): { readonly role: string; readonly name: string; readonly port: number } {
    return listener.name === listeners.find(isExternal)?.name
        ? { role: "service", name: KAFKA_SERVICE, port: BOOTSTRAP_SERVICE_PORT }
        : {
              role: `${listener.name}-bootstrap`,
              name: `${KAFKA}-${listener.name}-bootstrap`,
              port: listener.port,
          };
}

/**
 * What the brokers' addresses on a listener follow from. It stays the same when a broker is added, unless the cloud
 * assigns the addresses, so that adding one does not restart the others.
 */
export function addressSource(listener: DeployedListener, addresses: ListenerAddresses): unknown {
    switch (listener.type) {
        case "internal":
            return listener.port;
        case "nodePort":
            return [listener.advertisedHosts, listener.basePort];
        case "loadBalancer":
            if (listener.sharedHost !== undefined) {
                return addresses.bootstrap;
            }
            // The bootstrap address, too: it is in the certificate, and a running broker refuses one that lacks a name
            // of the one before.
            return listener.domain ?? [addresses.bootstrap, addresses.brokers];
    }
}
