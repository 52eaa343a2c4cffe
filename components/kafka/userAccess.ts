import type { UserAccess } from "./clientAccess";
import { PASSWORD_KEY } from "./names";
import type { User } from "./users";

/** Where the credentials of a user are. */
export function userAccess(
    { name, authentication }: User,
    secret: string,
    { certificateKey, privateKeyKey }: { certificateKey: string; privateKeyKey: string },
): UserAccess {
    switch (authentication.type) {
        case "scram-sha-512":
            return { name, type: "scram-sha-512", secret, passwordKey: PASSWORD_KEY };
        case "tls":
            return { name, type: "tls", secret, certificateKey, privateKeyKey };
    }
}
