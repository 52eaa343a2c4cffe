import type { KubeConfig } from "@kubernetes/client-node";
import { findAccess } from "../../tools/client/connection";
import type { ClientSecurity } from "../../tools/client/tls";

/** What a client needs to use a listener. */
export interface ClientAccess extends ClientSecurity {
    /** `bootstrap.servers` of a client. */
    readonly bootstrap: string;
}

/** Finds out how a listener of a deployment is used, as this project's own clients do. */
export async function accessTo(
    kubeConfig: KubeConfig,
    namespace: string,
    listenerName: string,
): Promise<ClientAccess> {
    const { listener, security } = await findAccess(
        { kubeConfig, namespace },
        { listener: listenerName },
    );
    return { ...security, bootstrap: listener.brokers.join() };
}

/** Properties of a Java client. The certificates are in them and not in a file beside theirs. */
export function clientProperties({ bootstrap, tls, sasl }: ClientAccess): Record<string, string> {
    const protocol = `${sasl ? "SASL_" : ""}${tls ? "SSL" : "PLAINTEXT"}`;
    return {
        "bootstrap.servers": bootstrap,
        "security.protocol": protocol,
        ...(tls?.ca !== undefined && {
            "ssl.truststore.type": "PEM",
            "ssl.truststore.certificates": tls.ca,
        }),
        ...(sasl && {
            "sasl.mechanism": "SCRAM-SHA-512",
            "sasl.jaas.config":
                "org.apache.kafka.common.security.scram.ScramLoginModule required " +
                `username=${quoted(sasl.username)} password=${quoted(sasl.password)};`,
        }),
    };
}

/** A value as JAAS reads it. */
function quoted(value: string): string {
    return `"${value.replace(/["\\]/g, "\\$&")}"`;
}
