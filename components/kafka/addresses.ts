import { isExternal, Listener } from "./listeners";
import {
    KAFKA,
    KAFKA_BOOTSTRAP,
    KAFKA_HEADLESS,
    KAFKA_SERVICE,
    ordinals,
    podHost,
    serviceHost,
} from "./names";

/** Port of the external bootstrap Service, whatever the listener's own port is. */
export const BOOTSTRAP_SERVICE_PORT = 9092;

/** Where clients reach a listener. */
export interface ListenerAddresses {
    /** Comma-separated `host:port` list for a client's `bootstrap.servers`. */
    readonly bootstrap: string;
    /**
     * `host:port` that each broker advertises, by broker id; empty where only the brokers know, which is so with load
     * balancers that an operator makes.
     */
    readonly brokers: readonly string[];
}

/** What a listener's addresses follow from. */
interface AddressArgs {
    readonly brokers: number;
    /** DNS name of the bootstrap Service inside the cluster. */
    readonly bootstrapHost: string;
    /** Port of the bootstrap Service, for load balancers. */
    readonly bootstrapPort: number;
    /** DNS name of a broker's pod inside the cluster. */
    readonly brokerHost: (id: number) => string;
}

/**
 * The addresses of a listener that are known before anything is deployed; `undefined` for load balancers without a
 * domain, which get theirs from the cloud, and for shared ones.
 */
export function knownAddresses(
    listener: Listener,
    args: AddressArgs,
): ListenerAddresses | undefined {
    const eachBroker = (address: (ordinal: number) => string) =>
        ordinals(args.brokers).map(address);
    switch (listener.type) {
        case "internal":
            return {
                bootstrap: `${args.bootstrapHost}:${listener.port}`,
                brokers: eachBroker((n) => `${args.brokerHost(n)}:${listener.port}`),
            };
        case "nodePort": {
            const hosts = listener.advertisedHosts;
            return {
                bootstrap: hosts.map((host) => `${host}:${listener.basePort}`).join(),
                brokers: eachBroker(
                    (n) => `${hosts[n % hosts.length]}:${listener.basePort + 1 + n}`,
                ),
            };
        }
        case "loadBalancer":
            return listener.domain === undefined
                ? undefined
                : {
                      bootstrap: `${bootstrapHost(listener.domain)}:${args.bootstrapPort}`,
                      brokers: eachBroker(
                          (n) => `${brokerHost(n, listener.domain!)}:${listener.port}`,
                      ),
                  };
    }
}

/** What is known before anything is deployed of a listener's addresses where Kafka runs as a StatefulSet. */
export function knownStatefulSetAddresses(
    listener: Listener,
    args: {
        readonly namespace: string;
        readonly listeners: readonly Listener[];
        readonly brokers: number;
    },
): ListenerAddresses | undefined {
    return knownAddresses(listener, {
        brokers: args.brokers,
        bootstrapHost: serviceHost(KAFKA_BOOTSTRAP, args.namespace),
        bootstrapPort: bootstrapService(listener, args.listeners).port,
        brokerHost: (id) => podHost(`${KAFKA}-${id}`, KAFKA_HEADLESS, args.namespace),
    });
}

/** Ports of a load balancer that all brokers share: the bootstrap address's first, then one for each broker. */
export function sharedPorts(listener: Listener, brokers: number): number[] {
    return ordinals(brokers + 1).map((index) => listener.port + index);
}

/** The addresses of a listener whose brokers share the load balancer with that name. */
export function sharedAddresses(
    listener: Listener,
    host: string,
    brokers: number,
): ListenerAddresses {
    const [bootstrap, ...each] = sharedPorts(listener, brokers).map((port) => `${host}:${port}`);
    return { bootstrap: bootstrap!, brokers: each };
}

/** Name of the bootstrap address in a listener's domain. */
export function bootstrapHost(domain: string): string {
    return `bootstrap.${domain}`;
}

/**
 * Name of a broker in a listener's domain.
 *
 * @param broker Id of the broker, or what an operator puts the id in place of.
 */
export function brokerHost(broker: number | "{nodeId}", domain: string): string {
    return `broker-${broker}.${domain}`;
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
    return listener === listeners.find(isExternal)
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
export function addressSource(listener: Listener, addresses: ListenerAddresses): unknown {
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
