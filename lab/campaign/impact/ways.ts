import { CoreV1Api, type KubeConfig } from "@kubernetes/client-node";
import { bootstrapAddresses, type ListenerEntry } from "../../../components/kafka/clientAccess";
import { findAccess } from "../../../tools/client/connection";
import { fetchListeners } from "../../../tools/client/listenersConfigMap";
import type { ClientSecurity } from "../../../tools/client/tls";
import { NAMES } from "./settings";

/** A listener, as a client that was told of it at one moment uses it. */
export interface Way {
    readonly listener: string;
    readonly isOutside: boolean;
    readonly bootstrap: readonly string[];
    /**
     * What the client shows.
     *
     * @default - The stack has no user for this listener.
     */
    readonly security?: ClientSecurity;
}

/** All listeners of a deployment now, with the credentials of now. */
export async function waysNow(kubeConfig: KubeConfig, namespace: string): Promise<Way[]> {
    const entries = await fetchListeners(kubeConfig.makeApiClient(CoreV1Api), namespace);
    return Promise.all(
        entries.map(async (entry) => {
            const isOutside = entry.type !== "internal";
            const security = await securityFor(kubeConfig, namespace, entry);
            return {
                listener: entry.name,
                isOutside,
                bootstrap: isOutside ? bootstrapAddresses(entry) : entry.brokers,
                ...(security && { security }),
            };
        }),
    );
}

async function securityFor(
    kubeConfig: KubeConfig,
    namespace: string,
    { name: listener, authentication }: ListenerEntry,
): Promise<ClientSecurity | undefined> {
    const user = authentication && NAMES.users[authentication.type as keyof typeof NAMES.users];
    try {
        return (await findAccess({ kubeConfig, namespace }, { listener, user })).security;
    } catch {
        return undefined;
    }
}
