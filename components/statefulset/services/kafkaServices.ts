import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type DeployedListener, isExternal } from "../../kafka/listeners";
import { bootstrapService } from "./addresses";
import type { ClientAccess, ListenerEntry } from "../../kafka/clientAccess";
import { listenersConfigMap, listenerEntry } from "../../kafka/listenersConfigMap";
import type { ServiceAdditions } from "../../kubernetes/podAdditions";
import { knownEntry } from "./knownEntry";
import { externalServices, internalServices, serviceMetadata, ServiceObject } from "./services";

/** Arguments of {@link KafkaServices}. */
export interface KafkaServicesArgs {
    /** Namespace of the brokers. */
    readonly namespace: string;
    /** DNS domain of the Kubernetes cluster, such as `cluster.local`. */
    readonly clusterDomain: string;
    /** Number of brokers. */
    readonly brokers: number;
    /** Listeners of the brokers, at least one of them `internal`. */
    readonly listeners: readonly DeployedListener[];
    /**
     * Labels and annotations of the Services, beside those of the program.
     *
     * @default - None.
     */
    readonly services?: ServiceAdditions;
    /** Secrets that clients need. */
    readonly access: ClientAccess;
    /**
     * Hooks of the Services.
     *
     * @default - None.
     */
    readonly hooks?: pulumi.ResourceHookBinding;
}

/**
 * The Services in front of the brokers: a headless one for the brokers' own names, a bootstrap Service inside the
 * cluster, `kafka-service` for clients outside it, and one for each broker and external listener, so that every broker
 * advertises an address that leads to itself and to no other.
 */
export class KafkaServices extends pulumi.ComponentResource {
    /** Every listener with its addresses, in the order of the arguments. */
    readonly listeners: pulumi.Output<ListenerEntry[]>;

    constructor(name: string, args: KafkaServicesArgs, opts?: pulumi.ComponentResourceOptions) {
        const { hooks: _, ...inputs } = args;
        // The domain is left out: as an input of its own it would change every stack that there is.
        super("kafka-eks:index:KafkaServices", name, { ...inputs, clusterDomain: undefined }, opts);
        internalServices(args.listeners).forEach((service) =>
            this.createService(name, args, service),
        );
        this.listeners = pulumi.all(
            args.listeners.map((listener) => this.createListener(name, args, listener)),
        );
        new k8s.core.v1.ConfigMap(
            `${name}-listeners`,
            listenersConfigMap(args.namespace, this.listeners, args.access),
            { parent: this },
        );
        this.registerOutputs({ listeners: this.listeners });
    }

    private createListener(
        name: string,
        args: KafkaServicesArgs,
        listener: DeployedListener,
    ): pulumi.Output<ListenerEntry> {
        const known = knownEntry(listener, args);
        if (!isExternal(listener)) {
            return known!;
        }
        const services = externalServices(listener, args.listeners, args.brokers);
        const bootstrap = this.createService(name, args, services.bootstrap);
        const brokers = services.brokers.map((service) => this.createService(name, args, service));
        if (known !== undefined) {
            return known;
        }
        return pulumi
            .all([
                assignedAddress(bootstrap, bootstrapService(listener, args.listeners).port),
                pulumi.all(brokers.map((service) => assignedAddress(service, listener.port))),
            ])
            .apply(([first, all]) => listenerEntry(listener, { bootstrap: first, brokers: all }));
    }

    private createService(
        name: string,
        args: KafkaServicesArgs,
        service: ServiceObject,
    ): k8s.core.v1.Service {
        return new k8s.core.v1.Service(
            `${name}-${service.role}`,
            { metadata: serviceMetadata(service, "kafka", args), spec: service.spec },
            { parent: this, hooks: args.hooks },
        );
    }
}

/** `host:port` of a load balancer, as soon as it has an address. */
function assignedAddress(service: k8s.core.v1.Service, port: number): pulumi.Output<string> {
    return service.status.apply((status) => {
        const ingress = status?.loadBalancer?.ingress?.[0];
        const host = ingress?.hostname ?? ingress?.ip;
        if (host === undefined && pulumi.runtime.isDryRun()) {
            // A Service that becomes a load balancer gets its address only when it does.
            return pulumi.unknown as string;
        }
        if (host === undefined) {
            throw new pulumi.ResourceError(
                "expected an address in the status of the load balancer's Service, found none; " +
                    "its events say why (kubectl describe service)",
                service,
                true,
            );
        }
        return `${host}:${port}`;
    });
}
