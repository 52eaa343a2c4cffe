import type { X509Certificate } from "node:crypto";
import net from "node:net";
import type { ISocketFactory } from "kafkajs";
import type { Address } from "../../components/kafka/addresses";
import { whyUnreachable } from "./socketFaults";
import { secured, type TlsIdentity, tlsOptions } from "./tls";

/** The certificate that a server shows. */
export interface ServerCertificate {
    readonly certificate: X509Certificate;
    /** Code of what Node finds wrong with it, whose name or CA may not be the expected one. */
    readonly fault?: string;
}

const TIMEOUT_MS = 10_000;

/**
 * Takes a server's certificate from a TLS handshake, whatever is wrong with it.
 *
 * @returns Why there is none, when it comes to no handshake.
 */
export function serverCertificate(
    { host, port }: Address,
    identity: TlsIdentity,
    socketFactory?: ISocketFactory,
): Promise<ServerCertificate | string> {
    const ssl = undefined as never;
    const plain = socketFactory
        ? socketFactory({ host, port, ssl, onConnect: () => undefined })
        : net.connect({ host, port });
    const socket = secured(plain, host, { ...tlsOptions(identity), rejectUnauthorized: false });
    return new Promise((resolve) => {
        const done = (result: ServerCertificate | string) => {
            clearTimeout(timer);
            // First: the end of the connection is reported at once, and would be the result.
            resolve(result);
            socket.destroy();
            plain.destroy();
        };
        const timer = setTimeout(
            () => done(`no TLS handshake within ${TIMEOUT_MS / 1000} s`),
            TIMEOUT_MS,
        );
        socket.once("secureConnect", () => {
            const certificate = socket.getPeerX509Certificate();
            // A code, in spite of its type.
            const fault = socket.authorizationError as unknown as string | null;
            done(
                certificate
                    ? { certificate, ...(fault && { fault }) }
                    : "the server shows no certificate",
            );
        });
        socket.on("error", (error) => done(whyUnreachable(error)));
        socket.on("close", () => done("the connection was closed before the TLS handshake"));
    });
}
