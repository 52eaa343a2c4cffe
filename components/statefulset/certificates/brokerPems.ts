import { X509Certificate, createPrivateKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import type { PemFileCertificates } from "./sources";
import type { User } from "../../kafka/users";
import { collectFaults, pemFault, PemFileError } from "./pemFaults";

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
 * @throws {@link PemFileError} with all that is wrong: files that can't be read, are no such PEM, have expired or do not fit the
 * others or the arguments. Those are brokers that nobody trusts, that have another name, or that have the name of a user.
 */
export function readBrokerPems(
    files: PemFileCertificates,
    { users, hosts }: BrokerPemsArgs,
): BrokerPems {
    const { certificateFile, keyFile, caFile, clientsCaFile } = files;
    const { faults, tried } = collectFaults();
    const certificate = tried(() => readCertificates("certificateFile", certificateFile));
    const key = tried(() => parseKey(keyFile));
    const cas = tried(() => readCertificates("caFile", caFile));
    const clientsCa =
        clientsCaFile === undefined
            ? undefined
            : tried(() => readCertificates("clientsCaFile", clientsCaFile));
    const [leaf, ...between] = certificate?.certificates ?? [];
    if (leaf !== undefined) {
        tried(() => checkKey(leaf, key, files));
        tried(() => checkUser(subjectOf(leaf, certificateFile), users, certificateFile));
        tried(() => checkIssuer(leaf, between, cas?.certificates, files));
        tried(() => checkUsages(leaf, certificateFile));
        tried(() => checkHosts(leaf, hosts, certificateFile));
    }
    if (
        leaf === undefined ||
        certificate === undefined ||
        key === undefined ||
        cas === undefined ||
        faults.length > 0
    ) {
        throw new PemFileError(faults);
    }
    return {
        certificate: certificate.text,
        key: key.export({ type: "pkcs8", format: "pem" }).toString(),
        ca: cas.text,
        subject: subjectOf(leaf, certificateFile),
        names: leaf.subjectAltName ?? "",
        ...(clientsCa !== undefined && { clientsCa: clientsCa.text }),
    };
}

function checkKey(
    leaf: X509Certificate,
    key: KeyObject | undefined,
    { certificateFile, keyFile }: PemFileCertificates,
): void {
    if (key !== undefined && !leaf.checkPrivateKey(key)) {
        throw pemFault(
            "keyFile",
            keyFile,
            `not the key of ${certificateFile}`,
            "give the key with which that certificate was requested",
        );
    }
}

function checkUser(subject: string, users: BrokerPemsArgs["users"], path: string): void {
    const user = users.find(
        ({ name, authentication }) => authentication.type === "tls" && `CN=${name}` === subject,
    );
    if (user !== undefined) {
        throw pemFault(
            "certificateFile",
            path,
            `expected a subject of the brokers' own, found ${subject}, which is the user ${user.name}: ` +
                "whoever has that name may do everything",
            "rename the user, or give a certificate with another subject",
        );
    }
}

function checkIssuer(
    leaf: X509Certificate,
    between: readonly X509Certificate[],
    cas: readonly X509Certificate[] | undefined,
    { certificateFile, caFile }: PemFileCertificates,
): void {
    if (cas !== undefined && !leadsTo(cas, leaf, between)) {
        throw pemFault(
            "caFile",
            caFile,
            `does not contain the CA that issued ${certificateFile}; clients could not verify the brokers`,
            "give the CA's certificate, and those between the two in certificateFile",
        );
    }
}

const GIVE_CERTIFICATES = "give a file with certificates as PEM";

function readPem(key: keyof PemFileCertificates, path: string): string {
    try {
        return readFileSync(path, "utf8");
    } catch (error) {
        throw pemFault(
            key,
            path,
            `can't be read (${(error as NodeJS.ErrnoException).code})`,
            "correct the path, or the permissions of the file",
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
        throw pemFault(key, path, "expected certificates in PEM, found none", GIVE_CERTIFICATES);
    }
    const certificates = blocks.map((block) => parseCertificate(key, path, block));
    const { faults, tried } = collectFaults();
    certificates.forEach((certificate) => tried(() => checkValidity(key, path, certificate)));
    if (faults.length > 0) {
        throw new PemFileError(faults);
    }
    return { text, certificates };
}

function checkValidity(
    key: keyof PemFileCertificates,
    path: string,
    { subject, validTo, validToDate }: X509Certificate,
): void {
    if (validToDate < new Date()) {
        throw pemFault(
            key,
            path,
            `the certificate of ${subject.replaceAll("\n", ", ")} expired on ${validTo}`,
            "give one that is valid",
        );
    }
}

function parseCertificate(
    key: keyof PemFileCertificates,
    path: string,
    block: string,
): X509Certificate {
    try {
        return new X509Certificate(block);
    } catch {
        throw pemFault(
            key,
            path,
            "expected certificates in PEM, found one that is damaged",
            GIVE_CERTIFICATES,
        );
    }
}

function parseKey(path: string): KeyObject {
    const text = readPem("keyFile", path);
    try {
        return createPrivateKey(text);
    } catch {
        throw pemFault(
            "keyFile",
            path,
            "expected a private key in PEM without a passphrase",
            "openssl pkey -in FILE -out NEW_FILE writes one",
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
        throw pemFault(
            "certificateFile",
            path,
            `expected extended key usages ${Object.values(USAGES).join(" and ")}, as brokers connect to each other; ` +
                `missing: ${missing.map(([, name]) => name).join(", ")}`,
            "have the CA issue a certificate with them",
        );
    }
}

function checkHosts(leaf: X509Certificate, hosts: readonly string[], path: string): void {
    const missing = hosts.filter(
        (host) => (isIP(host) === 0 ? leaf.checkHost(host) : leaf.checkIP(host)) === undefined,
    );
    if (missing.length > 0) {
        throw pemFault(
            "certificateFile",
            path,
            `expected the names and addresses by which brokers are reached, missing: ${missing.join(", ")}`,
            "have the CA issue a certificate with them",
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
        throw pemFault(
            "certificateFile",
            path,
            `expected a subject of ${PARTS.join(", ")} without special characters, found ${odd}`,
            "have the CA issue a certificate with such a subject",
        );
    }
    return parts.reverse().join(",");
}
