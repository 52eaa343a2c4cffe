import { userAccess } from "../kafka/userAccess";
import type { ClientAccess } from "../kafka/clientAccess";
import { type User, userSecretName } from "../kafka/users";
import { BROKERS_TLS } from "./certificates/certificates";

/** Keys of a Secret with a client certificate, as cert-manager has them. */
const CERTIFICATE_KEYS = { certificateKey: "tls.crt", privateKeyKey: "tls.key" };

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
            .map((user) => userAccess(user, userSecretName(user.name), CERTIFICATE_KEYS)),
    };
}
