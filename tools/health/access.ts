import { HEALTH } from "../../components/kafka/names";
import { describeFault } from "../client/describeFault";
import { createKafka, type KafkaClient, type KafkaOptions } from "../client/kafka";
import { bootstrapAddresses, type ListenerEntry } from "../../components/kafka/clientAccess";
import type { UserAccess, ClientAccess } from "../../components/kafka/clientAccess";
import {
    fetchIdentity,
    fetchTrust,
    SecretForbiddenError,
    type SecretReader,
} from "../client/access";
import type { ClientSecurity } from "../client/tls";
import type { Tunnel } from "../client/tunnel";

const REQUEST_TIMEOUT_MS = 10_000;

/** Why a part of a listener can't be checked. */
export interface Obstacle {
    readonly reason: string;
    /** Whether it is a fault of Kafka's deployment; otherwise it only lacks what the check was given or may read. */
    readonly isFault: boolean;
    readonly next?: string;
}

/** A listener and the identity with which it is checked. */
export interface ListenerAccess {
    readonly listener: ListenerEntry;
    /** What is known of the CAs and the identity; all that the listener asks for unless there is an obstacle. */
    readonly security: ClientSecurity;
    /** Why there is no client for it. */
    readonly obstacle?: Obstacle;
    /** Why it is not known which CAs to trust. */
    readonly trustUnknown?: string;
}

/** Where identities are looked for. */
export interface IdentitySources {
    readonly core: SecretReader;
    readonly namespace: string;
    /** `undefined` where the program that deployed Kafka knew nothing of identities yet. */
    readonly access: ClientAccess | undefined;
    /** What the command line gives, which counts more. */
    readonly given: ClientSecurity;
    /**
     * Whether the CAs that the system trusts are trusted where none are given.
     *
     * @default false, those that the ConfigMap names are
     */
    readonly trustSystem?: boolean;
}

/** What a listener asks for. */
export function wantsOf({ tls, authentication }: ListenerEntry): string {
    return [...(tls ? ["TLS"] : []), ...(authentication ? ["credentials"] : [])].join(" and ");
}

/** Finds the identity for a listener: the given one, else that of the program's own user for the health check. */
export async function accessTo(
    listener: ListenerEntry,
    sources: IdentitySources,
): Promise<ListenerAccess> {
    const [trust, identity] = await Promise.all([
        settle(() => trustFor(listener, sources)),
        settle(() => identityFor(listener, sources)),
    ]);
    const obstacle = trust.obstacle ?? identity.obstacle;
    return {
        listener,
        security: {
            ...(listener.tls && { tls: { ...trust.found?.tls, ...identity.found?.tls } }),
            ...(identity.found?.sasl && { sasl: identity.found.sasl }),
        },
        ...(obstacle && { obstacle }),
        ...(trust.obstacle && { trustUnknown: trust.obstacle.reason }),
    };
}

/** A client for a listener: through the tunnel for addresses that only exist inside the cluster. */
export function kafkaOf(
    { listener, security }: ListenerAccess,
    tunnel: Tunnel,
    options: Partial<Pick<KafkaOptions, "bootstrap" | "retries" | "silenceMs">> = {},
): KafkaClient {
    const { type, brokers } = listener;
    const isInternal = type === "internal";
    return createKafka({
        ...security,
        // An internal bootstrap is a Service, and a tunnel leads to pods.
        bootstrap: isInternal ? brokers : bootstrapAddresses(listener),
        ...(isInternal && { socketFactory: tunnel.socketFactory }),
        timeoutMs: REQUEST_TIMEOUT_MS,
        ...options,
    });
}

/** What is missing, as the result of a search. */
class Missing extends Error {
    constructor(readonly obstacle: Obstacle) {
        super(obstacle.reason);
    }
}

function notTried(listener: ListenerEntry, hint: string): Missing {
    const reason = `the listener asks for ${wantsOf(listener)}, which this check does not have${hint}`;
    return new Missing({ reason, isFault: false });
}

async function trustFor(
    listener: ListenerEntry,
    { core, namespace, access, given, trustSystem }: IdentitySources,
): Promise<ClientSecurity> {
    if (!listener.tls) {
        return {};
    }
    if (given.tls?.ca !== undefined) {
        return { tls: { ca: given.tls.ca } };
    }
    if (trustSystem === true) {
        return {};
    }
    if (access === undefined) {
        throw notTried(listener, "");
    }
    const ca = await fetchTrust(core, namespace, access);
    return { tls: ca === undefined ? {} : { ca } };
}

async function identityFor(
    listener: ListenerEntry,
    { core, namespace, access, given }: IdentitySources,
): Promise<ClientSecurity> {
    const type = listener.authentication?.type;
    switch (type) {
        case undefined:
            return {};
        case "tls":
            if (given.tls?.cert !== undefined) {
                return { tls: { cert: given.tls.cert, key: given.tls.key } };
            }
            break;
        case "scram-sha-512":
            if (given.sasl !== undefined) {
                return { sasl: given.sasl };
            }
            break;
        default:
            throw notTried(listener, "");
    }
    if (access === undefined) {
        throw notTried(listener, "");
    }
    const user = healthUser(access.users, type);
    if (user === undefined) {
        throw notTried(listener, `: there is no user ${HEALTH}-*; ${HINTS[type]}`);
    }
    return fetchIdentity(core, namespace, user);
}

const HINTS = {
    tls: "give one with --cert and --key",
    "scram-sha-512": "give one with --sasl",
} as const;

function healthUser(
    users: readonly UserAccess[],
    type: UserAccess["type"],
): UserAccess | undefined {
    return users.find((user) => user.type === type && user.name.startsWith(HEALTH));
}

/** What a search finds, or why it finds nothing. */
async function settle(
    search: () => Promise<ClientSecurity>,
): Promise<{ found?: ClientSecurity; obstacle?: Obstacle }> {
    try {
        return { found: await search() };
    } catch (error) {
        if (error instanceof Missing) {
            return { obstacle: error.obstacle };
        }
        const { message, next } = describeFault(error);
        const isFault = !(error instanceof SecretForbiddenError);
        return { obstacle: { reason: message, isFault, ...(next && { next }) } };
    }
}
