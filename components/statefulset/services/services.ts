import { types } from "@pulumi/kubernetes";
import {
    ExternalListener,
    isExternal,
    Listener,
    nodePorts,
    REPLICATION_PORT,
} from "../../kafka/listeners";
import { bootstrapHost, brokerHost, EXTERNAL_DNS_HOSTNAME } from "../../kafka/addresses";
import { BOOTSTRAP_SERVICE_PORT, bootstrapService, brokerService } from "./addresses";
import { objectLabels, selectorLabels } from "../../kubernetes/labels";
import type { ServiceAdditions } from "../../kubernetes/podAdditions";
import { KAFKA, KAFKA_BOOTSTRAP, KAFKA_HEADLESS, KAFKA_SERVICE, ordinals } from "../../kafka/names";

/** A Service, and what it is for. */
export interface ServiceObject {
    /** Last part of the Pulumi resource's name. */
    readonly role: string;
    readonly name: string;
    readonly annotations: Readonly<Record<string, string>>;
    readonly spec: types.input.core.v1.ServiceSpec;
}

/** Services do not wait for ready pods: the StatefulSet behind them does, and it is created after them. */
const NO_WAIT = { "pulumi.com/skipAwait": "true" };

/** A load balancer's address is all there is to wait for; the pods behind it need the address to start. */
const WAIT_FOR_ADDRESS = { "pulumi.com/waitFor": "jsonpath={.status.loadBalancer.ingress}" };

/** Metadata of a Service. */
export function serviceMetadata(
    { name, annotations }: ServiceObject,
    application: "kafka" | "zookeeper",
    { namespace, services }: { readonly namespace: string; readonly services?: ServiceAdditions },
): types.input.meta.v1.ObjectMeta {
    return {
        name,
        namespace,
        labels: { ...services?.labels, ...objectLabels(application) },
        annotations: { ...services?.annotations, ...annotations },
    };
}

/** A Service inside the cluster for the pods of an application. */
export function clusterService(
    role: string,
    name: string,
    application: "kafka" | "zookeeper",
    ports: types.input.core.v1.ServicePort[],
): ServiceObject {
    return {
        role,
        name,
        annotations: NO_WAIT,
        spec: { selector: selectorLabels(application), ports },
    };
}

/** A headless Service that gives each pod of an application a name, ready or not: they find each other by it. */
export function headlessService(
    name: string,
    application: "kafka" | "zookeeper",
    ports: types.input.core.v1.ServicePort[],
): ServiceObject {
    const service = clusterService("headless", name, application, ports);
    return {
        ...service,
        spec: { ...service.spec, clusterIP: "None", publishNotReadyAddresses: true },
    };
}

/** The Services inside the cluster; `kafka-service` is among them where there is no external listener. */
export function internalServices(listeners: readonly Listener[]): ServiceObject[] {
    const internal = listeners.filter((listener) => !isExternal(listener));
    const services = [
        // Its clients connect to the pods themselves, and no port leads to another one.
        headlessService(KAFKA_HEADLESS, "kafka", [
            { name: "replication", port: REPLICATION_PORT },
            ...internal.map(({ name, port }) => ({ name, port })),
        ]),
        clusterService(
            "bootstrap",
            KAFKA_BOOTSTRAP,
            "kafka",
            internal.map(({ name, port }) => ({ name, port, targetPort: name })),
        ),
    ];
    if (internal.length < listeners.length) {
        return services;
    }
    const [first] = internal;
    return [
        ...services,
        clusterService("service", KAFKA_SERVICE, "kafka", [
            { name: first!.name, port: BOOTSTRAP_SERVICE_PORT, targetPort: first!.name },
        ]),
    ];
}

/** The Services of an external listener: one that leads to any ready broker, and one for each broker. */
export function externalServices(
    listener: ExternalListener,
    listeners: readonly Listener[],
    brokers: number,
): { readonly bootstrap: ServiceObject; readonly brokers: readonly ServiceObject[] } {
    const { port, ...bootstrap } = bootstrapService(listener, listeners);
    return {
        bootstrap: {
            ...bootstrap,
            annotations: exposureAnnotations(listener, bootstrapHost),
            spec: {
                ...exposure(listener),
                selector: selectorLabels("kafka"),
                ports: [externalPort(listener, port, 0, brokers)],
            },
        },
        brokers: ordinals(brokers).map((ordinal) => ({
            role: `${listener.name}-${ordinal}`,
            name: brokerService(listener, ordinal),
            annotations: exposureAnnotations(listener, (domain) => brokerHost(ordinal, domain)),
            spec: {
                ...exposure(listener),
                selector: {
                    ...selectorLabels("kafka"),
                    "statefulset.kubernetes.io/pod-name": `${KAFKA}-${ordinal}`,
                },
                // Clients must reach a broker that catches up: it may already lead partitions.
                publishNotReadyAddresses: true,
                ports: [externalPort(listener, listener.port, 1 + ordinal, brokers)],
            },
        })),
    };
}

/** The Services behind a shared load balancer: the bootstrap's first, then that of each broker. */
export function servicesOf(
    listener: ExternalListener,
    listeners: readonly Listener[],
    brokers: number,
): { readonly name: string; readonly port: number }[] {
    const { name, port } = bootstrapService(listener, listeners);
    return [
        { name, port },
        ...ordinals(brokers).map((ordinal) => ({
            name: brokerService(listener, ordinal),
            port: listener.port,
        })),
    ];
}

function exposure(listener: ExternalListener): types.input.core.v1.ServiceSpec {
    switch (listener.type) {
        case "loadBalancer":
            if (listener.sharedHost !== undefined) {
                // The load balancer is made elsewhere and finds the pods through these.
                return {};
            }
            return {
                type: "LoadBalancer",
                ...(listener.class !== undefined && { loadBalancerClass: listener.class }),
                ...(listener.sourceRanges === undefined
                    ? {}
                    : { loadBalancerSourceRanges: [...listener.sourceRanges] }),
            };
        case "nodePort":
            return { type: "NodePort" };
    }
}

function exposureAnnotations(
    listener: ExternalListener,
    host: (domain: string) => string,
): Record<string, string> {
    switch (listener.type) {
        case "loadBalancer":
            if (listener.sharedHost !== undefined) {
                return NO_WAIT;
            }
            return {
                ...WAIT_FOR_ADDRESS,
                ...(listener.domain === undefined
                    ? {}
                    : { [EXTERNAL_DNS_HOSTNAME]: host(listener.domain) }),
                ...listener.annotations,
            };
        case "nodePort":
            return NO_WAIT;
    }
}

/** @param index 0 for the bootstrap Service, 1 and up for the brokers. */
function externalPort(
    listener: ExternalListener,
    port: number,
    index: number,
    brokers: number,
): types.input.core.v1.ServicePort {
    const { name } = listener;
    switch (listener.type) {
        case "loadBalancer":
            // A number: for a name AWS' controller would make another target group, which begins without targets.
            return { name, port, targetPort: listener.port };
        case "nodePort":
            return { name, port, targetPort: name, nodePort: nodePorts(listener, brokers)[index]! };
    }
}
