import type { Listener } from "../../kafka/listeners";

/** Directory of the key and the trusted CAs as the broker reads them. Dynamic configuration remembers these paths. */
export const TLS_DIRECTORY = "/run/kafka/tls";
const KEY_STORE = `${TLS_DIRECTORY}/keystore.pem`;
const CLUSTER_TRUST = `${TLS_DIRECTORY}/cluster-ca.pem`;
const CLIENTS_TRUST = `${TLS_DIRECTORY}/clients-ca.pem`;

/** What is known of a listener's security. */
export type SecuredListener = Pick<Listener, "name" | "tls" | "authentication">;

/** Kafka's name for how a listener is secured. */
export function securityProtocol({ tls, authentication }: SecuredListener): string {
    const isSasl = authentication?.type === "scram-sha-512";
    return `${isSasl ? "SASL_" : ""}${tls ? "SSL" : "PLAINTEXT"}`;
}

/**
 * Broker properties of a listener's security. All of them begin with the listener's name: only such files are read again
 * while the broker runs.
 *
 * @param trust Whose certificates are accepted of those who connect.
 */
export function listenerProperties(
    listener: SecuredListener,
    trust: "cluster" | "clients",
): Record<string, string> {
    const properties = {
        ...(listener.tls && {
            "ssl.keystore.type": "PEM",
            "ssl.keystore.location": KEY_STORE,
            // Of no use without a location, but Kafka remembers one that the loop beside the broker has set while the
            // listener had authentication of type "tls", and would take that file for another type.
            "ssl.truststore.type": "PEM",
        }),
        ...(listener.authentication?.type === "tls" && {
            "ssl.truststore.location": trust === "cluster" ? CLUSTER_TRUST : CLIENTS_TRUST,
            "ssl.client.auth": "required",
        }),
        ...(listener.authentication?.type === "scram-sha-512" && {
            "sasl.enabled.mechanisms": "SCRAM-SHA-512",
            "scram-sha-512.sasl.jaas.config":
                "org.apache.kafka.common.security.scram.ScramLoginModule required;",
        }),
    };
    return Object.fromEntries(
        Object.entries(properties).map(([key, value]) => [
            `listener.name.${listener.name.toLowerCase()}.${key}`,
            value,
        ]),
    );
}

/** The settings of a listener that are read again when a certificate is renewed: `truststore` first, which has to trust the key. */
export function reloadedSettings(
    properties: Readonly<Record<string, string>>,
    store: "truststore" | "keystore",
): string {
    return Object.entries(properties)
        .filter(([key]) => key.endsWith(`.ssl.${store}.location`))
        .map(([key, value]) => `${key}=${value}`)
        .join();
}

/** Client properties of a tool that has a broker's own certificate and connects to the listener between brokers. */
export function brokerIdentity(files: {
    readonly keyStore: string;
    readonly trustStore: string;
}): Record<string, string> {
    return {
        "security.protocol": "SSL",
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": files.keyStore,
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": files.trustStore,
    };
}

/** {@link brokerIdentity} of a tool in the broker's own pod, which connects to the loopback address, a name of no certificate. */
export const POD_IDENTITY: Readonly<Record<string, string>> = {
    ...brokerIdentity({ keyStore: KEY_STORE, trustStore: CLUSTER_TRUST }),
    "ssl.endpoint.identification.algorithm": "",
};
