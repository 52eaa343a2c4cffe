import { X509Certificate, createPrivateKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { RunError } from "@pulumi/pulumi/errors";
import type { PemFileCertificates } from "../certificates";
import type { User } from "../users";

/** The certificates of brokers that somebody else made, as PEM. */
export interface BrokerPems {
    /** The brokers' certificate, and those between it and the authority. */
    readonly certificate: string;
    /** Its private key in PKCS #8, the only form that Kafka reads. */
    readonly key: string;
    /** Authorities that signed it. */
    readonly ca: string;
    /** Authorities of the clients' certificates. */
    readonly clientsCa?: string;
    /** Name of the brokers as Kafka writes it, such as `CN=kafka-brokers,O=Example`. */
    readonly subject: string;
    /** Names and addresses that the certificate is for. */
    readonly names: string;
}

/** A PEM file that can't be used, with what is wrong and what to do. Pulumi prints it without a stack trace. */
export class PemFileError extends RunError {
    constructor(key: keyof PemFileCertificates, path: string, problem: string) {
        super(`kafka-eks:certificates.${key}: ${path}: ${problem}`);
    }
}

/**
 * Reads the PEM files of the configuration.
 *
 * @param users Identities of clients.
 * @throws {@link PemFileError} when one of them can't be read, is no such PEM, has expired or does not fit the others, or
 * when brokers would have the name of a user.
 */
export function readBrokerPems(
    files: PemFileCertificates,
    users: readonly Pick<User, "name" | "authentication">[],
): BrokerPems {
    const certificate = readCertificates("certificateFile", files.certificateFile);
    const leaf = certificate.certificates[0]!;
    const key = parseKey(files.keyFile);
    if (!leaf.checkPrivateKey(key)) {
        throw new PemFileError("keyFile", files.keyFile, `not the key of ${files.certificateFile}`);
    }
    const subject = subjectOf(leaf, files.certificateFile);
    const user = users.find(
        ({ name, authentication }) => authentication.type === "tls" && `CN=${name}` === subject,
    );
    if (user !== undefined) {
        throw new PemFileError(
            "certificateFile",
            files.certificateFile,
            `expected a subject of the brokers' own, found ${subject}, which is the user ${user.name}: ` +
                "whoever has that name may do everything",
        );
    }
    return {
        certificate: certificate.text,
        key: key.export({ type: "pkcs8", format: "pem" }).toString(),
        ca: readCertificates("caFile", files.caFile).text,
        subject,
        names: leaf.subjectAltName ?? "",
        ...(files.clientsCaFile !== undefined && {
            clientsCa: readCertificates("clientsCaFile", files.clientsCaFile).text,
        }),
    };
}

function readPem(key: keyof PemFileCertificates, path: string): string {
    try {
        return readFileSync(path, "utf8");
    } catch (error) {
        throw new PemFileError(
            key,
            path,
            `can't be read (${(error as NodeJS.ErrnoException).code})`,
        );
    }
}

/** The text of a file, and the certificates in it: at least one, none of which has expired. */
function readCertificates(
    key: keyof PemFileCertificates,
    path: string,
): { readonly text: string; readonly certificates: readonly X509Certificate[] } {
    const text = readPem(key, path);
    const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
    if (blocks.length === 0) {
        throw new PemFileError(key, path, "expected certificates in PEM, found none");
    }
    const certificates = blocks.map((block) => {
        const certificate = parseCertificate(key, path, block);
        if (certificate.validToDate < new Date()) {
            throw new PemFileError(
                key,
                path,
                `the certificate of ${certificate.subject.replaceAll("\n", ", ")} expired on ${certificate.validTo}`,
            );
        }
        return certificate;
    });
    return { text, certificates };
}

function parseCertificate(
    key: keyof PemFileCertificates,
    path: string,
    block: string,
): X509Certificate {
    try {
        return new X509Certificate(block);
    } catch {
        throw new PemFileError(
            key,
            path,
            "expected certificates in PEM, found one that is damaged",
        );
    }
}

function parseKey(path: string): KeyObject {
    const text = readPem("keyFile", path);
    try {
        return createPrivateKey(text);
    } catch {
        throw new PemFileError(
            "keyFile",
            path,
            "expected a private key in PEM without a passphrase",
        );
    }
}

/** Parts of a name that Java writes as they are. */
const PARTS = ["CN", "L", "ST", "O", "OU", "C", "STREET", "DC", "UID"];

/** The name of a certificate's owner as Kafka writes it (RFC 2253): the last part first. */
function subjectOf({ subject }: X509Certificate, path: string): string {
    const parts = subject.split("\n");
    const odd = parts.find((part) => {
        const [name, ...value] = part.split("=");
        return !PARTS.includes(name!) || /[,+"\\<>;#]|^ | $/.test(value.join("="));
    });
    if (odd !== undefined) {
        throw new PemFileError(
            "certificateFile",
            path,
            `expected a subject of ${PARTS.join(", ")} without special characters, found ${odd}`,
        );
    }
    return parts.reverse().join(",");
}
