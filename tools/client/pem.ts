import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g;
const CERTIFICATE = "CERTIFICATE";
const KEY = /PRIVATE KEY$/;

/** What is wrong with a text that should be PEM, as it follows "is wrong:". */
export type PemProblem = string;

/** Checks certificates, of which there has to be one or more. */
export function problemOfCertificates(text: string): PemProblem | undefined {
    const blocks = blocksOf(text);
    const certificates = blocks.filter(({ label }) => label === CERTIFICATE);
    if (certificates.length === 0) {
        return `expected a certificate (-----BEGIN CERTIFICATE-----), found ${contentOf(text, blocks)}`;
    }
    return certificates.every(({ pem }) => parsed(() => new X509Certificate(pem)))
        ? undefined
        : "its certificate can't be read";
}

/** Checks a private key. */
export function problemOfKey(text: string): PemProblem | undefined {
    const blocks = blocksOf(text);
    const key = blocks.find(({ label }) => KEY.test(label));
    if (key === undefined) {
        return `expected a private key (-----BEGIN PRIVATE KEY-----), found ${contentOf(text, blocks)}`;
    }
    if (key.label.startsWith("ENCRYPTED") || key.pem.includes("ENCRYPTED")) {
        return "its private key is encrypted; expected one without a password";
    }
    return keyOf(text) ? undefined : "its private key can't be read";
}

/** Whether a private key is that of a certificate, both of which are without problems. */
export function isPair(certificate: string, key: string): boolean {
    return new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key));
}

function blocksOf(text: string): { label: string; pem: string }[] {
    return [...text.matchAll(BLOCK)].map(([pem, label]) => ({ label: label!, pem }));
}

/** What a text holds instead of what was expected. */
function contentOf(text: string, blocks: readonly { label: string }[]): string {
    if (text.trim() === "") {
        return "an empty file";
    }
    const [first] = blocks;
    return first ? `-----BEGIN ${first.label}-----` : "no PEM";
}

function keyOf(text: string): KeyObject | undefined {
    return parsed(() => createPrivateKey(text));
}

function parsed<T>(parse: () => T): T | undefined {
    try {
        return parse();
    } catch {
        return undefined;
    }
}
