import { X509Certificate, createPrivateKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import type { PemFileCertificates } from "./sources";
import type { User } from "../../kafka/users";
import { ProgramError } from "../../kafka/programError";

/** The certificates of brokers that somebody else made, as PEM. */
export interface BrokerPems {
    /** The brokers' certificate, and those between it and the CA. */
    readonly certificate: string;
    /** Its private key in PKCS #8, the only form that Kafka reads. */
    readonly key: string;
    /** CAs that signed it. */
    readonly ca: string;
    /** CAs of the clients' certificates. */
    readonly clientsCa?: string;
    /** Name of the brokers as Kafka writes it, such as `CN=kafka-brokers,O=Example`. */
    readonly subject: string;
    /** Names and addresses that the certificate is for. */
    readonly names: string;
}

/** A PEM file that can't be used, with what is wrong and what to do. */
export class PemFileError extends ProgramError {
    constructor(key: keyof PemFileCertificates, path: string, problem: string) {
        super(`kafka-eks:certificates.${key}: ${path}: ${problem}`);
    }
}

/** What the certificates of brokers have to fit. */
export interface BrokerPemsArgs {
    /** Identities of clients. */
    readonly users: readonly Pick<User, "name" | "authentication">[];
    /** Names and addresses by which brokers are reached, as far as they are known. */
    readonly hosts: readonly string[];
}

/**
 * Reads the PEM files of the configuration.
 *
 * @throws {@link PemFileError} when one of them can't be read, is no such PEM, has expired or does not fit the others or the
 * arguments: brokers that nobody trusts, that have another name, or that have the name of a user.
 */
export function readBrokerPems(
    files: PemFileCertificates,
    { users, hosts }: BrokerPemsArgs,
): BrokerPems {
    const certificate = readCertificates("certificateFile", files.certificateFile);
    const cas = readCertificates("caFile", files.caFile);
    const [leaf, ...between] = certificate.certificates as [X509Certificate];
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
    if (!leadsTo(cas.certificates, leaf, between)) {
        throw new PemFileError(
            "caFile",
            files.caFile,
            `does not contain the CA that issued ${files.certificateFile}; clients could not verify the brokers`,
        );
    }
    checkUsages(leaf, files.certificateFile);
    checkHosts(leaf, hosts, files.certificateFile);
    return {
        certificate: certificate.text,
        key: key.export({ type: "pkcs8", format: "pem" }).toString(),
        ca: cas.text,
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

/** Whether one of some CAs has signed a certificate, or has by way of those between them. */
function leadsTo(
    cas: readonly X509Certificate[],
    leaf: X509Certificate,
    between: readonly X509Certificate[],
): boolean {
    const isTrusted = cas.some(
        (ca) => ca.fingerprint256 === leaf.fingerprint256 || hasSigned(ca, leaf),
    );
    return (
        isTrusted ||
        between.some(
            (next, index) =>
                hasSigned(next, leaf) && leadsTo(cas, next, between.toSpliced(index, 1)),
        )
    );
}

function hasSigned(ca: X509Certificate, certificate: X509Certificate): boolean {
    return certificate.checkIssued(ca) && certificate.verify(ca.publicKey);
}

/** What brokers are to each other, by the identifiers of RFC 5280. */
const USAGES = { "1.3.6.1.5.5.7.3.1": "serverAuth", "1.3.6.1.5.5.7.3.2": "clientAuth" };

function checkUsages(leaf: X509Certificate, path: string): void {
    // Node names those of the extended key usage so; without any a certificate is good for all.
    const allowed = leaf.keyUsage as readonly string[] | undefined;
    const missing = Object.entries(USAGES).filter(([id]) => allowed && !allowed.includes(id));
    if (missing.length > 0) {
        throw new PemFileError(
            "certificateFile",
            path,
            `expected extended key usages ${Object.values(USAGES).join(" and ")}, as brokers connect to each other; ` +
                `missing: ${missing.map(([, name]) => name).join(", ")}`,
        );
    }
}

function checkHosts(leaf: X509Certificate, hosts: readonly string[], path: string): void {
    const missing = hosts.filter(
        (host) => (isIP(host) === 0 ? leaf.checkHost(host) : leaf.checkIP(host)) === undefined,
    );
    if (missing.length > 0) {
        throw new PemFileError(
            "certificateFile",
            path,
            `expected the names and addresses by which brokers are reached, missing: ${missing.join(", ")}`,
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
