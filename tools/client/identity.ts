import { UsageError } from "../cli/errors";
import { readText } from "../cli/readText";
import { isPair, type PemProblem, problemOfCertificates, problemOfKey } from "./pem";
import type { ClientSecurity, TlsIdentity } from "./tls";

/** Where a command line says that the client's identity is. */
export interface IdentitySource {
    /** Whether to use TLS, which the files of TLS imply. */
    readonly tls?: boolean;
    /** File with the certificates of the trusted CAs. */
    readonly ca?: string;
    /** Files of the client's certificate and private key. */
    readonly cert?: string;
    readonly key?: string;
    /** Name of the user with a password. */
    readonly sasl?: string;
    readonly passwordFile?: string;
}

/** The variable with the password: on a command line every user of the machine could see it. */
export const PASSWORD_VARIABLE = "KAFKA_PASSWORD";

const REASONS: Readonly<Record<string, string>> = {
    ENOENT: "there is no such file",
    EACCES: "no permission to read it",
    EISDIR: "it is a directory",
};

/**
 * Reads the client's identity.
 *
 * @throws {@link UsageError} when a part is missing, can't be read, or is not what it should be.
 */
export function readIdentity(source: IdentitySource, env = process.env): ClientSecurity {
    const tls = readTls(source);
    const password = readPassword(source, env);
    return {
        ...(tls && { tls }),
        ...(source.sasl !== undefined && { sasl: { username: source.sasl, password: password! } }),
    };
}

function readTls(source: IdentitySource): TlsIdentity | undefined {
    const { tls, ca, cert, key } = source;
    if ((cert === undefined) !== (key === undefined)) {
        const [given, missing] = cert === undefined ? ["--key", "--cert"] : ["--cert", "--key"];
        throw new UsageError(
            `${given} without ${missing}: a client certificate needs both`,
            `give ${missing} FILE, too`,
        );
    }
    if (!tls && ca === undefined && cert === undefined) {
        return undefined;
    }
    const identity = {
        ...(ca !== undefined && { ca: readPem("--ca", ca, problemOfCertificates) }),
        ...(cert !== undefined && { cert: readPem("--cert", cert, problemOfCertificates) }),
        ...(key !== undefined && { key: readPem("--key", key, problemOfKey) }),
    };
    if (identity.cert !== undefined && !isPair(identity.cert, identity.key!)) {
        throw new UsageError(
            `the private key in ${key} does not belong to the certificate in ${cert}`,
            "give the key that the certificate was made for",
        );
    }
    return identity;
}

function readPassword(
    { sasl, passwordFile }: IdentitySource,
    env: NodeJS.ProcessEnv,
): string | undefined {
    if (sasl === undefined) {
        if (passwordFile !== undefined) {
            throw new UsageError(
                "--password-file without --sasl: whose password is it?",
                "give the user's name with --sasl USER",
            );
        }
        return undefined;
    }
    const password =
        passwordFile === undefined
            ? env[PASSWORD_VARIABLE]
            : read("--password-file", passwordFile).replace(/\r?\n$/, "");
    if (!password) {
        throw new UsageError(
            passwordFile === undefined
                ? `no password for user ${sasl}: ${PASSWORD_VARIABLE} is not set`
                : `no password for user ${sasl}: the file ${passwordFile} is empty`,
            `set ${PASSWORD_VARIABLE}, or give a file with --password-file FILE`,
        );
    }
    return password;
}

function readPem(
    option: string,
    file: string,
    problemOf: (text: string) => PemProblem | undefined,
): string {
    const text = read(option, file);
    const problem = problemOf(text);
    if (problem !== undefined) {
        throw new UsageError(`${option} ${file} is wrong: ${problem}`, `correct ${option}`);
    }
    return text;
}

function read(option: string, file: string): string {
    return readText(
        file,
        (code) =>
            new UsageError(
                `cannot read ${option} ${file}: ${REASONS[code] ?? code}`,
                `correct ${option}`,
            ),
    );
}
