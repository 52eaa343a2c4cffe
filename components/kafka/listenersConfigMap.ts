import type { types } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { objectLabels } from "../kubernetes/labels";
import { type ListenerAddresses, sharedAddresses } from "./addresses";
import { ACCESS_KEY, type ClientAccess, type ListenerEntry, LISTENERS_KEY } from "./clientAccess";
import type { DeployedListener } from "./listeners";
import { KAFKA_LISTENERS } from "./names";

/** The entry of a listener. */
export function listenerEntry(
    { name, type, tls, authentication }: DeployedListener,
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
    listener: DeployedListener,
    brokers: number,
): pulumi.Output<ListenerEntry> | undefined {
    return listener.type === "loadBalancer" && listener.sharedHost !== undefined
        ? pulumi
              .output(listener.sharedHost)
              .apply((host) => listenerEntry(listener, sharedAddresses(listener, host, brokers)))
        : undefined;
}

/** The ConfigMap `kafka-listeners`. */
export function listenersConfigMap(
    namespace: string,
    listeners: pulumi.Input<readonly ListenerEntry[]>,
    access: ClientAccess,
): types.input.core.v1.ConfigMap {
    return {
        metadata: { name: KAFKA_LISTENERS, namespace, labels: objectLabels("kafka") },
        data: {
            [LISTENERS_KEY]: pulumi.jsonStringify(listeners, undefined, 2),
            [ACCESS_KEY]: JSON.stringify(access, undefined, 2),
        },
    };
}
