import type { Listener } from "./listeners";
import { ordinals } from "./names";

/** A host and a port. */
export interface Address {
    readonly host: string;
    readonly port: number;
}

/** Reads an address `host:port`; `undefined` when it isn't one. */
export function parseAddress(text: string): Address | undefined {
    const match = /^([A-Za-z0-9._-]+):(\d{1,5})$/.exec(text);
    const port = Number(match?.[2]);
    return match && port >= 1 && port <= 65_535 ? { host: match[1]!, port } : undefined;
}

/** Annotation from which external-dns takes the name that it publishes for a Service. */
export const EXTERNAL_DNS_HOSTNAME = "external-dns.alpha.kubernetes.io/hostname";

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
