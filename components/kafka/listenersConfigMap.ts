import { types } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Listener } from "./listeners";
import { ListenerAddresses, sharedAddresses } from "./addresses";
import type { ClientAccess } from "./access";
import { objectLabels } from "../kubernetes/labels";
import { KAFKA_LISTENERS } from "./names";

/** A listener and where clients reach it. */
export type ListenerEntry = Pick<Listener, "name" | "type" | "tls" | "authentication"> &
    ListenerAddresses;

/** The entry of a listener. */
export function listenerEntry(
    { name, type, tls, authentication }: Listener,
    addresses: ListenerAddresses,
): ListenerEntry {
    return {
        name,
        type,
        tls,
        ...(authentication === undefined ? {} : { authentication }),
        ...addresses,
    };
}

/** The entry of a listener whose brokers share a load balancer; `undefined` for every other one. */
export function sharedListenerEntry(
    listener: Listener,
    brokers: number,
): pulumi.Output<ListenerEntry> | undefined {
    return listener.type === "loadBalancer" && listener.sharedHost !== undefined
        ? pulumi
              .output(listener.sharedHost)
              .apply((host) => listenerEntry(listener, sharedAddresses(listener, host, brokers)))
        : undefined;
}

/** The ConfigMap that tells clients and the health check how each listener is reached, and which Secrets that takes. */
export function listenerDirectory(
    namespace: string,
    listeners: pulumi.Input<readonly ListenerEntry[]>,
    access: ClientAccess,
): types.input.core.v1.ConfigMap {
    return {
        metadata: { name: KAFKA_LISTENERS, namespace, labels: objectLabels("kafka") },
        data: {
            "listeners.json": pulumi.jsonStringify(listeners, undefined, 2),
            "security.json": JSON.stringify(access, undefined, 2),
        },
    };
}
