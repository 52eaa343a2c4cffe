import { userAccess } from "../kafka/userAccess";
import type { ClientAccess } from "../kafka/clientAccess";
import type { Listener } from "../kafka/listeners";
import type { User } from "../kafka/users";
import { CLUSTER } from "./names";

/** Keys of a Secret with a client certificate, as the User Operator has them. */
const CERTIFICATE_KEYS = { certificateKey: "user.crt", privateKeyKey: "user.key" };

/** What clients need where Strimzi's operator runs Kafka. */
export function strimziAccess(args: {
    readonly listeners: readonly Listener[];
    readonly users: readonly User[];
}): ClientAccess {
    return {
        trust: args.listeners.some(({ tls }) => tls)
            ? [{ secret: `${CLUSTER}-cluster-ca-cert`, key: "ca.crt" }]
            : [],
        users: args.users.map((user) => userAccess(user, user.name, CERTIFICATE_KEYS)),
    };
}
