import { isIP } from "node:net";
import type { Duplex } from "node:stream";
import tls from "node:tls";

/** How a client uses TLS; all of it is PEM. */
export interface TlsIdentity {
    /**
     * Certificates of the CAs that the brokers' certificates have to come from.
     *
     * @default - Those that the operating system and Node.js trust.
     */
    readonly ca?: string;
    /** The client's own certificate, followed by intermediate ones. */
    readonly cert?: string;
    /** Private key of the certificate. */
    readonly key?: string;
}

/** A user with a password. */
export interface SaslIdentity {
    readonly username: string;
    readonly password: string;
}

/** What a client shows and what it asks for: nothing of both for a plaintext listener without users. */
export interface ClientSecurity {
    readonly tls?: TlsIdentity;
    /** By SCRAM-SHA-512. */
    readonly sasl?: SaslIdentity;
}

/** The options that Node's TLS takes, and kafkajs hands over to it. */
export function tlsOptions({ ca, cert, key }: TlsIdentity): tls.ConnectionOptions {
    return { ca: ca ?? systemAuthorities(), cert, key };
}

/** `undefined` for Node's own list, which is all that it has before version 22.15. */
function systemAuthorities(): string[] | undefined {
    const certificates = tls.getCACertificates as typeof tls.getCACertificates | undefined;
    return certificates && [...certificates("default"), ...certificates("system")];
}

/** Speaks TLS with a host over a connection that leads to it, whose errors are those of the result, too. */
export function secured(
    connection: Duplex,
    host: string,
    options: tls.ConnectionOptions,
): tls.TLSSocket {
    return tls.connect({
        ...options,
        socket: connection,
        // The name that the certificate has to have. As a server's name an address is not allowed.
        host,
        ...(isIP(host) === 0 && { servername: host }),
    });
}
