import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/**
 * The addresses under which clients reach Kafka, in Strimzi's terms and the same for every deployment type.
 *
 * @see https://strimzi.io/docs/operators/latest/configuring.html#type-GenericKafkaListener-reference
 */
export type Listener = InternalListener | LoadBalancerListener | NodePortListener;

/** What every listener has. */
export interface ListenerBase {
    /** Name, unique in the cluster: up to 11 lower-case letters and digits. */
    readonly name: string;
    /** Port of the brokers, unique in the cluster. */
    readonly port: number;
    /**
     * Whether connections are encrypted.
     *
     * @default false
     */
    readonly tls: boolean;
    /**
     * The one identity scheme of this listener.
     *
     * @default - Clients are anonymous.
     */
    readonly authentication?: { readonly type: "tls" | "scram-sha-512" };
    /**
     * Whether the clients of a listener without authentication have all permissions where another listener has authentication.
     *
     * @default false
     */
    readonly allowAnonymous?: boolean;
    /**
     * Who may connect, as the brokers see them: a load balancer or a node may have put its own address in place of the
     * client's.
     *
     * @default - Everybody.
     */
    readonly networkPolicyPeers?: readonly NetworkPolicyPeer[];
}

/** Pods or addresses, in the shape that Kubernetes has for them. */
export type NetworkPolicyPeer = types.input.networking.v1.NetworkPolicyPeer;

/** Reached by clients inside the Kubernetes cluster, under the brokers' own DNS names. */
export interface InternalListener extends ListenerBase {
    readonly type: "internal";
}

/** Reached through load balancers: one for each broker and one for the bootstrap address, or one for all of them. */
export interface LoadBalancerListener extends ListenerBase {
    readonly type: "loadBalancer";
    /**
     * DNS domain of the advertised names `broker-N.<domain>` and `bootstrap.<domain>`, published by external-dns.
     *
     * @default - The addresses that the load balancers get are advertised.
     */
    readonly domain?: string;
    /** Annotations of every load balancer Service, the bootstrap's and the brokers'. */
    readonly annotations?: Readonly<Record<string, string>>;
    /**
     * Client addresses that are let in, as CIDR blocks.
     *
     * @default - The cloud's own default.
     */
    readonly sourceRanges?: readonly string[];
    /**
     * Class of the load balancer Services.
     *
     * @default - The cluster's own.
     */
    readonly class?: string;
}

/** Reached on fixed ports of the Kubernetes nodes. */
export interface NodePortListener extends ListenerBase {
    readonly type: "nodePort";
    /** Names or addresses of nodes as clients reach them; broker N advertises entry N modulo their number. */
    readonly advertisedHosts: readonly string[];
    /** Node port of the bootstrap address; broker N has `basePort + 1 + N`. */
    readonly basePort: number;
}

/** A listener of a stack, with what is known only when the stack makes its load balancers. */
export type DeployedListener = InternalListener | DeployedLoadBalancerListener | NodePortListener;

/** A listener whose load balancers exist or are made with its Services. */
export interface DeployedLoadBalancerListener extends LoadBalancerListener {
    /**
     * DNS name of one load balancer that leads to all brokers, each of which has a port of its own there: the bootstrap
     * address the listener's port, broker N the port `1 + N` above it. No Service makes it.
     *
     * @default - A Service for each broker makes a load balancer.
     */
    readonly sharedHost?: pulumi.Input<string>;
}

/** A listener with addresses outside the Kubernetes cluster. */
export type ExternalListener<L extends Listener = DeployedListener> = Exclude<L, InternalListener>;

/** Tells whether clients outside the Kubernetes cluster reach this listener. */
export function isExternal<L extends Listener>(listener: L): listener is ExternalListener<L> {
    return listener.type !== "internal";
}

/** Principal of unauthenticated clients. */
export const ANONYMOUS = "ANONYMOUS";

/** Tells whether clients of one of the listeners have to prove who they are. */
export function hasIdentities(
    listeners: readonly (Pick<ListenerBase, "authentication"> | undefined)[],
): boolean {
    return listeners.some((listener) => listener?.authentication !== undefined);
}

/** Tells whether clients without an identity keep all permissions on one of the listeners. */
export function hasAnonymousClients(listeners: readonly Listener[]): boolean {
    return listeners.some(({ allowAnonymous }) => allowAnonymous === true);
}

/** Port of the program's own listener between brokers. */
export const REPLICATION_PORT = 9091;

/** Node ports that a listener takes: the bootstrap's first, then one for each broker. */
export function nodePorts(
    { basePort }: Pick<NodePortListener, "basePort">,
    brokers: number,
): number[] {
    return Array.from({ length: brokers + 1 }, (_, index) => basePort + index);
}
