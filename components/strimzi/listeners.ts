import * as pulumi from "@pulumi/pulumi";
import {
    DeployedListener,
    Listener,
    LoadBalancerListener,
    NetworkPolicyPeer,
} from "../kafka/listeners";
import { bootstrapHost, brokerHost, EXTERNAL_DNS_HOSTNAME, sharedPorts } from "../kafka/addresses";
import { ordinals } from "../kafka/names";

/** A listener as the `Kafka` resource has it. */
export interface StrimziListener {
    readonly name: string;
    readonly port: number;
    readonly type: "internal" | "loadbalancer" | "nodeport" | "cluster-ip";
    readonly tls: boolean;
    readonly authentication?: Listener["authentication"];
    readonly networkPolicyPeers?: readonly NetworkPolicyPeer[];
    readonly configuration: StrimziListenerConfiguration;
}

/** What the types of listeners differ in. */
export interface StrimziListenerConfiguration {
    readonly class?: string;
    readonly useServiceDnsDomain?: boolean;
    readonly bootstrap?: {
        readonly alternativeNames?: readonly pulumi.Input<string>[];
        readonly annotations?: Readonly<Record<string, string>>;
        readonly nodePort?: number;
    };
    readonly brokers?: readonly {
        readonly broker: number;
        readonly advertisedHost: pulumi.Input<string>;
        readonly advertisedPort?: number;
        readonly nodePort?: number;
    }[];
    readonly advertisedHostTemplate?: string;
    readonly perBrokerAnnotationsTemplate?: Readonly<Record<string, string>>;
    readonly loadBalancerSourceRanges?: readonly string[];
}

function strimziType(listener: DeployedListener): StrimziListener["type"] {
    switch (listener.type) {
        case "internal":
            return "internal";
        case "loadBalancer":
            // A shared load balancer is not the operator's; it finds the pods through the Services of this type.
            return listener.sharedHost !== undefined ? "cluster-ip" : "loadbalancer";
        case "nodePort":
            return "nodeport";
    }
}

/** The listeners of the `Kafka` resource. Each broker advertises an address of its own on each of them. */
export function strimziListeners(
    listeners: readonly DeployedListener[],
    brokers: number,
): StrimziListener[] {
    return listeners.map((listener) => ({
        name: listener.name,
        port: listener.port,
        type: strimziType(listener),
        tls: listener.tls,
        ...(listener.authentication !== undefined && { authentication: listener.authentication }),
        ...(listener.networkPolicyPeers !== undefined && {
            networkPolicyPeers: listener.networkPolicyPeers,
        }),
        configuration: configuration(listener, brokers),
    }));
}

function configuration(listener: DeployedListener, brokers: number): StrimziListenerConfiguration {
    switch (listener.type) {
        case "internal":
            // Whole names: those without the cluster's domain depend on the search list of the client's resolver.
            return { useServiceDnsDomain: true };
        case "nodePort": {
            const { advertisedHosts, basePort } = listener;
            return {
                bootstrap: { nodePort: basePort, alternativeNames: advertisedHosts },
                brokers: ordinals(brokers).map((broker) => ({
                    broker,
                    advertisedHost: advertisedHosts[broker % advertisedHosts.length]!,
                    nodePort: basePort + 1 + broker,
                })),
            };
        }
        case "loadBalancer":
            return listener.sharedHost !== undefined
                ? sharedLoadBalancer(listener, brokers, listener.sharedHost)
                : ownLoadBalancers(listener);
    }
}

function sharedLoadBalancer(
    listener: Listener,
    brokers: number,
    host: pulumi.Input<string>,
): StrimziListenerConfiguration {
    const [, ...ports] = sharedPorts(listener, brokers);
    return {
        bootstrap: { alternativeNames: [host] },
        brokers: ports.map((advertisedPort, broker) => ({
            broker,
            advertisedHost: host,
            advertisedPort,
        })),
    };
}

function ownLoadBalancers(listener: LoadBalancerListener): StrimziListenerConfiguration {
    const { domain, annotations, sourceRanges } = listener;
    const brokerName = domain && brokerHost("{nodeId}", domain);
    return {
        ...(listener.class !== undefined && { class: listener.class }),
        bootstrap: {
            ...(domain !== undefined && { alternativeNames: [bootstrapHost(domain)] }),
            annotations: {
                ...(domain !== undefined && { [EXTERNAL_DNS_HOSTNAME]: bootstrapHost(domain) }),
                ...annotations,
            },
        },
        ...(brokerName !== undefined && { advertisedHostTemplate: brokerName }),
        perBrokerAnnotationsTemplate: {
            ...(brokerName !== undefined && { [EXTERNAL_DNS_HOSTNAME]: brokerName }),
            ...annotations,
        },
        ...(sourceRanges !== undefined && { loadBalancerSourceRanges: sourceRanges }),
    };
}
