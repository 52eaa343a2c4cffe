import { CoreV1Api, type KubeConfig } from "@kubernetes/client-node";
import { HEALTH } from "../../components/kafka/names";
import { UsageError } from "../cli/errors";
import type { IdentitySource } from "./identity";
import { createKafka, type KafkaClient } from "./kafka";
import { requireApiServer } from "./kubernetes";
import { bootstrapAddresses, type ListenerEntry } from "../../components/kafka/clientAccess";
import { fetchListeners } from "./listenersConfigMap";
import type { UserAccess, ClientAccess } from "../../components/kafka/clientAccess";
import { fetchIdentity, fetchAccess, fetchTrust, type SecretReader } from "./access";
import { openStackAccess } from "./stackAccess";
import type { ClientSecurity } from "./tls";
import { openTunnel } from "./tunnel";

/** Where Kafka is and who the client is: by hand, or as a stack says. */
export type ConnectionSource =
    | { readonly bootstrap: readonly string[]; readonly identity: IdentitySource }
    | { readonly stack: string; readonly listener?: string; readonly user?: string };

/** Opens the way to the Kafka of a stack; what it needs is read, and nothing is connected to Kafka yet. */
export async function openStack(
    source: Extract<ConnectionSource, { readonly stack: string }>,
    retries: number,
): Promise<KafkaClient> {
    const access = await openStackAccess(source.stack);
    await requireApiServer(access.kubeConfig, access.namespace);
    return (await connectTo(access, { ...source, retries })).kafka;
}

/** A way to a Kafka from this machine. */
export interface Connection {
    readonly kafka: KafkaClient;
    readonly listener: ListenerEntry;
    readonly close: () => void;
}

/**
 * Opens the way to the Kafka in a namespace: to an external listener directly, to an internal one through the API server.
 *
 * @throws {@link UsageError} when there is no such listener or user, or several fit.
 */
export async function connectTo(
    { kubeConfig, namespace }: { readonly kubeConfig: KubeConfig; readonly namespace: string },
    choice: { readonly listener?: string; readonly user?: string; readonly retries?: number } = {},
): Promise<Connection> {
    const { listener, security } = await findAccess({ kubeConfig, namespace }, choice);
    if (listener.type !== "internal") {
        const kafka = createKafka({
            ...security,
            bootstrap: bootstrapAddresses(listener),
            retries: choice.retries,
        });
        return { kafka, listener, close: () => undefined };
    }
    const tunnel = openTunnel({ kubeConfig, namespace });
    // The bootstrap is a Service, and a tunnel leads to pods.
    const bootstrap = listener.brokers;
    const kafka = createKafka({
        ...security,
        bootstrap,
        socketFactory: tunnel.socketFactory,
        retries: choice.retries,
    });
    return { kafka, listener, close: () => tunnel.close() };
}

/**
 * A listener, and what a client needs for it.
 *
 * @throws {@link UsageError} when there is no such listener or user, or several fit.
 */
export async function findAccess(
    { kubeConfig, namespace }: { readonly kubeConfig: KubeConfig; readonly namespace: string },
    choice: { readonly listener?: string; readonly user?: string },
): Promise<{ readonly listener: ListenerEntry; readonly security: ClientSecurity }> {
    const core = kubeConfig.makeApiClient(CoreV1Api);
    const listener = chooseListener(await fetchListeners(core, namespace), choice.listener);
    const access = (await fetchAccess(core, namespace)) ?? { trust: [], users: [] };
    const user = chooseUser(listener, access.users, choice.user);
    return { listener, security: await securityOf(core, namespace, listener, access, user) };
}

/**
 * The listener with that name; without a name the first external one, else the first of all.
 *
 * @throws {@link UsageError} with the names that there are.
 */
export function chooseListener(listeners: readonly ListenerEntry[], name?: string): ListenerEntry {
    const chosen =
        name === undefined
            ? (listeners.find(({ type }) => type !== "internal") ?? listeners[0])
            : listeners.find((listener) => listener.name === name);
    if (chosen === undefined) {
        throw new UsageError(
            `there is no listener ${JSON.stringify(name)} (listeners: ${namesOf(listeners)})`,
            "correct --listener",
        );
    }
    return chosen;
}

/**
 * The user with that name; without a name the only one that the listener lets in. None where it asks for none.
 *
 * @throws {@link UsageError} with the names that there are.
 */
export function chooseUser(
    { name: listener, authentication }: ListenerEntry,
    users: readonly UserAccess[],
    name?: string,
): UserAccess | undefined {
    const type = authentication?.type;
    if (type === undefined) {
        if (name !== undefined) {
            throw new UsageError(
                `listener ${listener} asks for no user`,
                "leave out --user, or choose another listener with --listener",
            );
        }
        return undefined;
    }
    const fitting = users.filter((user) => user.type === type);
    // The program's own users are never meant by default.
    const offered = fitting.filter((user) => !user.name.startsWith(HEALTH));
    const candidates = name === undefined ? offered : fitting.filter((user) => user.name === name);
    if (candidates.length === 1) {
        return candidates[0];
    }
    const asked = `listener ${listener} asks for a user with ${type}`;
    if (name !== undefined) {
        throw new UsageError(
            `${asked}, and there is no such user ${JSON.stringify(name)} (users: ${namesOf(offered)})`,
            "correct --user",
        );
    }
    throw new UsageError(
        `${asked}, and there ${offered.length === 0 ? "is none" : `are several: ${namesOf(offered)}`}`,
        offered.length === 0
            ? "add one to kafka-eks:users and run pulumi up"
            : "choose one with --user NAME",
    );
}

/** What a client needs for a listener. */
export async function securityOf(
    core: SecretReader,
    namespace: string,
    { tls }: Pick<ListenerEntry, "tls">,
    access: ClientAccess,
    user: UserAccess | undefined,
): Promise<ClientSecurity> {
    const [ca, own] = await Promise.all([
        tls ? fetchTrust(core, namespace, access) : undefined,
        user && fetchIdentity(core, namespace, user),
    ]);
    return {
        ...(tls && { tls: { ...(ca !== undefined && { ca }), ...own?.tls } }),
        ...(own?.sasl && { sasl: own.sasl }),
    };
}

function namesOf(entries: readonly { name: string }[]): string {
    return entries.map(({ name }) => name).join(", ") || "none";
}
