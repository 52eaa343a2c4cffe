import type { CoreV1Api } from "@kubernetes/client-node";
import {
    ACCESS,
    ACCESS_KEY,
    type ClientAccess,
    type UserAccess,
} from "../../components/kafka/clientAccess";
import { KAFKA_LISTENERS } from "../../components/kafka/names";
import { IdentityError } from "./errors";
import { describeFault } from "./describeFault";
import { answerCode, FORBIDDEN, NOT_FOUND } from "./kubernetes";
import { parseKey } from "./listenersConfigMap";
import { isPair, type PemProblem, problemOfCertificates, problemOfKey } from "./pem";
import type { SaslIdentity, TlsIdentity } from "./tls";

/** The parts of the Kubernetes API that identities are read from. */
export type SecretReader = Pick<CoreV1Api, "readNamespacedSecret">;

/**
 * Reads where the identities are.
 *
 * @throws {@link ListenersConfigMapError} that names what is wrong.
 */
export function parseAccess(text: string, namespace: string): ClientAccess {
    return parseKey(ACCESS, text, { key: ACCESS_KEY, whole: "the whole", namespace });
}

/**
 * Fetches where the identities are.
 *
 * @returns `undefined` where the program that deployed Kafka knew nothing of them yet.
 */
export async function fetchAccess(
    core: Pick<CoreV1Api, "readNamespacedConfigMap">,
    namespace: string,
): Promise<ClientAccess | undefined> {
    const { data } = await core.readNamespacedConfigMap({ name: KAFKA_LISTENERS, namespace });
    const text = data?.[ACCESS_KEY];
    return text === undefined ? undefined : parseAccess(text, namespace);
}

/**
 * The CAs to trust; `undefined` where none are named, which leaves those that the system trusts.
 *
 * @throws {@link IdentityError} when a Secret of them can't be read.
 */
export async function fetchTrust(
    core: SecretReader,
    namespace: string,
    { trust }: ClientAccess,
): Promise<string | undefined> {
    const texts = await Promise.all(
        trust.map(async ({ secret, key }) => {
            const values = await readSecret(core, namespace, secret);
            return pemOf(values, namespace, secret, key, problemOfCertificates);
        }),
    );
    return texts.length === 0 ? undefined : texts.join("\n");
}

/** Reads a user's identity. */
export async function fetchIdentity(
    core: SecretReader,
    namespace: string,
    user: UserAccess,
): Promise<{ tls?: Pick<TlsIdentity, "cert" | "key">; sasl?: SaslIdentity }> {
    const { secret } = user;
    const values = await readSecret(core, namespace, secret);
    if (user.type === "scram-sha-512") {
        const password = valueOf(values, namespace, secret, user.passwordKey);
        return { sasl: { username: user.name, password } };
    }
    const cert = pemOf(values, namespace, secret, user.certificateKey, problemOfCertificates);
    const key = pemOf(values, namespace, secret, user.privateKeyKey, problemOfKey);
    if (!isPair(cert, key)) {
        throw wrongSecret(namespace, secret, "its private key does not belong to its certificate");
    }
    return { tls: { cert, key } };
}

type Values = Readonly<Record<string, string>>;

async function readSecret(core: SecretReader, namespace: string, name: string): Promise<Values> {
    try {
        const { data = {} } = await core.readNamespacedSecret({ name, namespace });
        return Object.fromEntries(
            Object.entries(data).map(([key, value]) => [
                key,
                Buffer.from(value, "base64").toString(),
            ]),
        );
    } catch (error) {
        const code = answerCode(error);
        if (code === NOT_FOUND) {
            throw new IdentityError(
                `there is no Secret ${name} in namespace ${namespace}`,
                `see which there are: kubectl get secrets -n ${namespace}; pulumi up --refresh makes what is missing`,
                { cause: error },
            );
        }
        if (code === FORBIDDEN) {
            throw new SecretForbiddenError(
                `the Secret ${name} in namespace ${namespace} may not be read: ${describeFault(error).message}`,
                "use a kubeconfig that may read it, or give the identity with --ca, --cert and --key, or --sasl",
                { cause: error },
            );
        }
        throw error;
    }
}

/** The kubeconfig's user lacks the right to read a Secret, which says nothing about Kafka. */
export class SecretForbiddenError extends IdentityError {}

function valueOf(values: Values, namespace: string, secret: string, key: string): string {
    const value = values[key];
    if (!value) {
        const found = Object.keys(values).sort().join(", ") || "none";
        throw wrongSecret(namespace, secret, `there is no key ${key} (keys: ${found})`);
    }
    return value;
}

function pemOf(
    values: Values,
    namespace: string,
    secret: string,
    key: string,
    problemOf: (text: string) => PemProblem | undefined,
): string {
    const text = valueOf(values, namespace, secret, key);
    const problem = problemOf(text);
    if (problem !== undefined) {
        throw wrongSecret(namespace, secret, `key ${key}: ${problem}`);
    }
    return text;
}

function wrongSecret(namespace: string, secret: string, problem: string): IdentityError {
    return new IdentityError(
        `the Secret ${secret} in namespace ${namespace} is wrong: ${problem}`,
        `look at it: kubectl describe secret ${secret} -n ${namespace}`,
    );
}
