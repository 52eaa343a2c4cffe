import { Listener } from "../../listeners";
import { bootstrapHost, brokerHost } from "../addresses";
import { ordinals } from "../names";
import { EXTERNAL_DNS_HOSTNAME } from "../services";

/** A listener as the `Kafka` resource has it. */
export interface StrimziListener {
    readonly name: string;
    readonly port: number;
    readonly type: "internal" | "loadbalancer" | "nodeport";
    readonly tls: boolean;
    readonly authentication?: Listener["authentication"];
    readonly configuration: StrimziListenerConfiguration;
}

/** What the types of listeners differ in. */
export interface StrimziListenerConfiguration {
    readonly useServiceDnsDomain?: boolean;
    readonly bootstrap?: {
        readonly alternativeNames?: readonly string[];
        readonly annotations?: Readonly<Record<string, string>>;
        readonly nodePort?: number;
    };
    readonly brokers?: readonly {
        readonly broker: number;
        readonly advertisedHost: string;
        readonly nodePort: number;
    }[];
    readonly advertisedHostTemplate?: string;
    readonly perBrokerAnnotationsTemplate?: Readonly<Record<string, string>>;
    readonly loadBalancerSourceRanges?: readonly string[];
}

const STRIMZI_TYPE = {
    internal: "internal",
    loadBalancer: "loadbalancer",
    nodePort: "nodeport",
} as const;

/** The listeners of the `Kafka` resource. Each broker advertises an address of its own on each of them. */
export function strimziListeners(
    listeners: readonly Listener[],
    brokers: number,
): StrimziListener[] {
    return listeners.map((listener) => ({
        name: listener.name,
        port: listener.port,
        type: STRIMZI_TYPE[listener.type],
        tls: listener.tls,
        ...(listener.authentication !== undefined && { authentication: listener.authentication }),
        configuration: configuration(listener, brokers),
    }));
}

function configuration(listener: Listener, brokers: number): StrimziListenerConfiguration {
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
        case "loadBalancer": {
            const { domain, annotations, sourceRanges } = listener;
            const brokerName = domain && brokerHost("{nodeId}", domain);
            return {
                bootstrap: {
                    ...(domain !== undefined && { alternativeNames: [bootstrapHost(domain)] }),
                    annotations: {
                        ...(domain !== undefined && {
                            [EXTERNAL_DNS_HOSTNAME]: bootstrapHost(domain),
                        }),
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
    }
}
