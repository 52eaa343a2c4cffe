import * as pulumi from "@pulumi/pulumi";
import type { ListenerEntry } from "../../kafka/clientAccess";
import type { DeployedListener } from "../../kafka/listeners";
import { listenerEntry, sharedListenerEntry } from "../../kafka/listenersConfigMap";
import type { NamespaceDns } from "../../kafka/names";
import { knownStatefulSetAddresses } from "./addresses";

/** The entry of a listener whose addresses don't come from its Services; `undefined` where a cloud assigns them to those. */
export function knownEntry(
    listener: DeployedListener,
    args: NamespaceDns & {
        readonly listeners: readonly DeployedListener[];
        readonly brokers: number;
    },
): pulumi.Output<ListenerEntry> | undefined {
    const known = knownStatefulSetAddresses(listener, args);
    return known === undefined
        ? sharedListenerEntry(listener, args.brokers)
        : pulumi.output(listenerEntry(listener, known));
}
