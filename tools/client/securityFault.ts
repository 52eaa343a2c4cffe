import { X509Certificate } from "node:crypto";
import { parseAddress } from "../../components/kafka/addresses";
import { TimeoutError, type UserError } from "../cli/errors";
import { SecurityError, SilentPortError } from "./errors";
import { faultOf, kafkaAnswer } from "./errorFields";
import type { KafkaClient } from "./kafka";
import { portProtocol } from "./portProtocol";
import { day, isCertificateAlert, oneLine } from "./tlsFaults";

const MECHANISM = "SCRAM-SHA-512";
/** What kafkajs reports when the other side ends a connection. */
const CLOSED_CODES = ["ECONNRESET", "EPIPE"];

/**
 * Finds out whether a failure comes from client and listener that do not speak alike, which kafkajs can't tell: it sees a
 * connection that is closed, or an alert that means several things.
 */
export async function findSecurityFault(
    kafka: KafkaClient,
    error: unknown,
): Promise<UserError | undefined> {
    const { name, broker, code } = faultOf(error);
    const { tls, sasl } = kafka.security;
    if (name === "KafkaJSSASLAuthenticationError") {
        return new SecurityError(
            `Kafka refuses user ${sasl?.username}: there is no such user, or the password is wrong`,
            "check the name and the password; a user that was just made may take a moment",
        );
    }
    if (isCertificateAlert(code)) {
        return certificateRefused(broker, tls?.cert);
    }
    if (error instanceof TimeoutError || name === "KafkaJSRequestTimeoutError") {
        return broker === undefined
            ? faultOfAll(kafka)
            : differenceAt(kafka, broker, kafka.silenceMs);
    }
    const isClosed =
        name === "KafkaJSConnectionClosedError" ||
        (name === "KafkaJSConnectionError" && CLOSED_CODES.includes(String(code)));
    const noMechanism = kafkaAnswer(error) === "UNSUPPORTED_SASL_MECHANISM";
    const address = broker ?? (noMechanism ? kafka.bootstrap[0] : undefined);
    return isClosed || noMechanism ? differenceAt(kafka, address ?? "") : undefined;
}

/** What is wrong with the bootstrap, where it is so with each of its addresses. */
async function faultOfAll(kafka: KafkaClient): Promise<UserError | undefined> {
    const faults = await Promise.all(
        kafka.bootstrap.map((address) => differenceAt(kafka, address, kafka.silenceMs)),
    );
    return faults.every((fault) => fault !== undefined) ? faults[0] : undefined;
}

/** Compares what a port speaks with what the client does. */
async function differenceAt(
    { security, socketFactory }: KafkaClient,
    address: string,
    timeoutMs?: number,
): Promise<UserError | undefined> {
    const parsed = parseAddress(address);
    const port = parsed && (await portProtocol(parsed, socketFactory, timeoutMs));
    const where = `broker ${address}`;
    if (port === undefined) {
        return undefined;
    }
    if (port === "silent") {
        return new SilentPortError(
            `${where} accepts connections and answers nothing: its process hangs, has too much to do, or is no Kafka`,
            "check the address, and that Kafka runs (npm run health)",
        );
    }
    if (port.http) {
        return new SecurityError(
            `${where} speaks HTTP on this port: it is no listener of Kafka`,
            "use the address of a listener of Kafka, as the stack's outputs and npm run health show it",
        );
    }
    if (port.tls && !security.tls) {
        return new SecurityError(
            `${where} speaks TLS on this port, and the client does not`,
            "add --ca FILE with the certificate of Kafka's CA, or --tls if the system trusts it",
        );
    }
    if (!port.tls && security.tls) {
        return new SecurityError(
            `${where} speaks no TLS on this port, and the client does`,
            "use the address of a listener with TLS, or leave out --tls, --ca, --cert and --key",
        );
    }
    if (port.mechanisms !== undefined && !security.sasl) {
        return new SecurityError(
            `${where} asks for a user with a password (${port.mechanisms.join(", ")}), and the client gives none`,
            "add --sasl USER, and the password in KAFKA_PASSWORD or with --password-file FILE",
        );
    }
    if (port.mechanisms !== undefined && !port.mechanisms.includes(MECHANISM)) {
        return new SecurityError(
            `${where} does not take passwords by ${MECHANISM}: it takes ${port.mechanisms.join(", ")}`,
            "use a listener whose authentication is scram-sha-512",
        );
    }
    return undefined;
}

function certificateRefused(broker: string | undefined, cert: string | undefined): SecurityError {
    if (cert === undefined) {
        return new SecurityError(
            `broker ${broker} asks for a client certificate, and the client has none`,
            "give that of a user with --cert FILE and --key FILE",
        );
    }
    const { validToDate, issuer } = new X509Certificate(cert);
    return validToDate < new Date()
        ? new SecurityError(
              `broker ${broker} refuses the client's certificate: it expired on ${day(validToDate)}`,
              "take the renewed one: from its Secret, or from whoever issued it",
          )
        : new SecurityError(
              `broker ${broker} refuses the client's certificate, which ${oneLine(issuer)} issued`,
              "use a certificate that the CA of Kafka's clients issued (Secret kafka-clients-ca)",
          );
}
