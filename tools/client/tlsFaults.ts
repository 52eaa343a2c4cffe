/** What a fault means, and what to do next. */
export interface FaultWords {
    readonly meaning: string;
    readonly next: string;
}

const UNKNOWN_AUTHORITY: FaultWords = {
    meaning: "the broker's certificate comes from a CA that this client does not trust",
    next: "give the certificate of Kafka's CA with --ca FILE, or take it from the stack with --stack NAME",
};

/** What Node finds wrong with a broker's certificate, by its error code. */
const CERTIFICATE_FAULTS: Readonly<Record<string, FaultWords>> = {
    CERT_HAS_EXPIRED: {
        meaning: "the broker's certificate has expired",
        next: "renew it; npm run health shows the certificates of all brokers",
    },
    CERT_NOT_YET_VALID: {
        meaning: "the broker's certificate is not valid yet",
        next: "compare this machine's clock with that of the brokers",
    },
    SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_AUTHORITY,
    DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_AUTHORITY,
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
    UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_AUTHORITY,
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_AUTHORITY,
    CERT_SIGNATURE_FAILURE: UNKNOWN_AUTHORITY,
};

const WRONG_NAME = "ERR_TLS_CERT_ALTNAME_INVALID";
const ALERT = /ALERT_(\w+)$/;
/** Alerts by which a broker refuses the client's certificate, or that it shows none. */
const CERTIFICATE_ALERTS = [
    "CERTIFICATE_REQUIRED",
    "BAD_CERTIFICATE",
    "CERTIFICATE_UNKNOWN",
    "CERTIFICATE_EXPIRED",
    "CERTIFICATE_REVOKED",
    "UNSUPPORTED_CERTIFICATE",
    "UNKNOWN_CA",
];

/** Whether a broker refused the client's certificate, or asked for one in vain. */
export function isCertificateAlert(code: unknown): boolean {
    return CERTIFICATE_ALERTS.includes(alertOf(code) ?? "");
}

/** What an error of TLS means; `undefined` for errors of another kind. */
export function tlsFault(code: unknown, message = ""): FaultWords | undefined {
    if (code === WRONG_NAME) {
        return {
            meaning: `the broker's certificate is not for this name: it is ${namesOfCertificate(message)}`,
            next: "use one of its names as address, or have the certificate made for this one, too",
        };
    }
    const alert = alertOf(code);
    if (isCertificateAlert(code)) {
        return {
            meaning: `the broker wants a client certificate that it trusts (alert ${words(alert)})`,
            next: "give the certificate of a user with --cert FILE and --key FILE",
        };
    }
    if (alert !== undefined) {
        return {
            meaning: `the broker ended the TLS handshake (alert ${words(alert)})`,
            next: "read the broker's log",
        };
    }
    return typeof code === "string" ? CERTIFICATE_FAULTS[code] : undefined;
}

function alertOf(code: unknown): string | undefined {
    return typeof code === "string" ? ALERT.exec(code)?.[1] : undefined;
}

function words(alert = ""): string {
    return alert.toLowerCase().replaceAll("_", " ");
}

/** The names of a certificate, taken from Node's sentence about a name that is not among them. */
export function namesOfCertificate(message: string): string {
    const names = /is not (?:in the )?cert's \w+: ?(.*)$/.exec(message)?.[1]?.trim();
    return names ? `for ${names}` : "for no address";
}

/** The day of a certificate's beginning or end. */
export function day(date: Date): string {
    return date.toISOString().slice(0, 10);
}

/** A distinguished name, which Node has with a line for each part. */
export function oneLine(name: string): string {
    return name.split("\n").join(", ");
}
