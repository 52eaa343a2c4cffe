import { types } from "@pulumi/kubernetes";
import { BROKERS_TLS, CLIENTS_CA, CLUSTER_CA, COMBINED_PEM } from "./certificates";
import type { Mounts } from "../../kubernetes/mounts";

/** Directory in the containers that holds the brokers' certificate. */
const CERTIFICATES_DIRECTORY = "/etc/kafka-eks-tls";

/** Names of the files there, in the container of every tool and of the broker. */
export const CERTIFICATE_FILES = {
    keyStore: `${CERTIFICATES_DIRECTORY}/${COMBINED_PEM}`,
    trustStore: `${CERTIFICATES_DIRECTORY}/ca.crt`,
} as const;

/**
 * The brokers' certificate and key, and the CAs without their keys. The CAs' own Secrets say that one was
 * renewed before anything is signed by it; they are missing where somebody else has the CAs.
 */
function certificatesVolume(name: string): types.input.core.v1.Volume {
    const ca = (secret: string, path: string) => ({
        secret: { name: secret, optional: true, items: [{ key: "tls.crt", path }] },
    });
    return {
        name,
        projected: {
            // For the group, which every container runs with.
            defaultMode: 0o440,
            sources: [
                {
                    secret: {
                        name: BROKERS_TLS,
                        items: [
                            { key: COMBINED_PEM, path: COMBINED_PEM },
                            { key: "ca.crt", path: "ca.crt" },
                        ],
                    },
                },
                ca(CLUSTER_CA, "cluster-ca.crt"),
                ca(CLIENTS_CA, "clients-ca.crt"),
            ],
        },
    };
}

/** Volume of the brokers' certificate. */
const CERTIFICATES = "certificates";

/** What a pod needs to be a broker to the brokers. */
export const BROKER_IDENTITY: Mounts = {
    volumes: [certificatesVolume(CERTIFICATES)],
    volumeMounts: [{ name: CERTIFICATES, mountPath: CERTIFICATES_DIRECTORY, readOnly: true }],
};
