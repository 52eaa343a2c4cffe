import type { Listener } from "./listeners";
import { type User, userSecretName } from "./users";
import { BROKERS_TLS } from "../statefulset/certificates/certificates";
import { CLUSTER } from "../strimzi/names";

/** The Secrets of Kafka's namespace that clients need, by what they have in them. Nothing of it is secret itself. */
export interface ClientAccess {
    /** Authorities that sign the brokers' certificates. */
    readonly trust: readonly { readonly secret: string; readonly key: string }[];
    readonly users: readonly UserAccess[];
}

/** Where a user's credentials are. */
export type UserAccess = { readonly name: string; readonly secret: string } & (
    | { readonly type: "scram-sha-512"; readonly passwordKey: string }
    | { readonly type: "tls"; readonly certificateKey: string; readonly privateKeyKey: string }
);

/**
 * What clients of StatefulSets need.
 *
 * @param issued Whether users with a certificate get it from the stack, and not from somebody else.
 */
export function statefulSetAccess(args: {
    readonly encrypted: boolean;
    readonly issued: boolean;
    readonly users: readonly User[];
}): ClientAccess {
    return {
        trust: args.encrypted ? [{ secret: BROKERS_TLS, key: "ca.crt" }] : [],
        users: args.users
            .filter(({ authentication }) => args.issued || authentication.type !== "tls")
            .map((user) => access(user, userSecretName(user.name), ["tls.crt", "tls.key"])),
    };
}

/** What clients need where Strimzi's operator runs Kafka. */
export function strimziAccess(args: {
    readonly listeners: readonly Listener[];
    readonly users: readonly User[];
}): ClientAccess {
    return {
        trust: args.listeners.some(({ tls }) => tls)
            ? [{ secret: `${CLUSTER}-cluster-ca-cert`, key: "ca.crt" }]
            : [],
        users: args.users.map((user) => access(user, user.name, ["user.crt", "user.key"])),
    };
}

function access(
    { name, authentication }: User,
    secret: string,
    [certificateKey, privateKeyKey]: readonly [string, string],
): UserAccess {
    switch (authentication.type) {
        case "scram-sha-512":
            return { name, type: "scram-sha-512", secret, passwordKey: "password" };
        case "tls":
            return { name, type: "tls", secret, certificateKey, privateKeyKey };
    }
}
