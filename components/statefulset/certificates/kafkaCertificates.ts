import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Certificate, Issuer } from "./certManagerResources";
import type { IssuerReference } from "./sources";
import type { BrokerPems } from "./brokerPems";
import {
    caSpec,
    BROKERS_TLS,
    brokersSpec,
    CLIENTS_CA,
    CLUSTER_CA,
    COMBINED_PEM,
    ownIssuer,
    SELF_SIGNED,
} from "./certificates";
import { objectLabels } from "../../kubernetes/labels";
import type { ListenerEntry } from "../../kafka/clientAccess";

/** Arguments of {@link KafkaCertificates}. */
export interface KafkaCertificatesArgs {
    /** Namespace of the brokers. */
    readonly namespace: string;
    /** DNS domain of the Kubernetes cluster, such as `cluster.local`. */
    readonly clusterDomain: string;
    /** Addresses of the listeners, which the brokers' certificate has to name. */
    readonly addresses: pulumi.Input<readonly ListenerEntry[]>;
    /** DNS domains that addresses of brokers are in. */
    readonly domains: readonly string[];
    /**
     * Certificates that somebody else made.
     *
     * @default - cert-manager makes and renews them.
     */
    readonly pems?: BrokerPems;
    /**
     * Issuer of cert-manager's for the brokers' certificate.
     *
     * @default - A CA of the stack's own.
     */
    readonly issuer?: IssuerReference;
    /**
     * Hooks of the brokers' Certificate.
     *
     * @default - None.
     */
    readonly hooks?: pulumi.ResourceHookBinding;
}

/**
 * The certificate of the brokers, and the CAs that sign it and those of clients: Secrets that cert-manager makes
 * and renews, or that hold given certificates. Secrets of cert-manager's outlive the stack, so that clients know its
 * CA when it comes up again.
 */
export class KafkaCertificates extends pulumi.ComponentResource {
    constructor(name: string, args: KafkaCertificatesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("kafka-eks:index:KafkaCertificates", name, {}, opts);
        const { namespace, clusterDomain, addresses, domains, pems, issuer, hooks } = args;
        const metadata = { namespace, labels: objectLabels("kafka") };
        if (pems === undefined) {
            const selfSigned = new Issuer(
                `${name}-self-signed-issuer`,
                { metadata: { ...metadata, name: SELF_SIGNED }, spec: { selfSigned: {} } },
                { parent: this },
            );
            const cas = [...(issuer === undefined ? [CLUSTER_CA] : []), CLIENTS_CA].map((ca) =>
                this.createAuthority(ca, metadata, selfSigned),
            );
            new Certificate(
                `${name}-brokers-certificate`,
                {
                    metadata: { ...metadata, name: BROKERS_TLS },
                    spec: pulumi.output(addresses).apply((listeners) =>
                        brokersSpec({
                            namespace,
                            clusterDomain,
                            listeners,
                            domains,
                            issuer: issuer ?? ownIssuer(CLUSTER_CA),
                        }),
                    ),
                },
                { parent: this, dependsOn: cas, hooks },
            );
        } else {
            const secret = (role: string, secretName: string, stringData: Record<string, string>) =>
                new k8s.core.v1.Secret(
                    `${name}-${role}`,
                    {
                        metadata: { ...metadata, name: secretName },
                        stringData: pulumi.secret(stringData),
                    },
                    { parent: this },
                );
            secret("brokers-secret", BROKERS_TLS, {
                "tls.crt": pems.certificate,
                "tls.key": pems.key,
                [COMBINED_PEM]: `${pems.key}\n${pems.certificate}`,
                "ca.crt": pems.ca,
            });
            if (pems.clientsCa !== undefined) {
                secret("clients-ca-secret", CLIENTS_CA, { "tls.crt": pems.clientsCa });
            }
        }
        this.registerOutputs();
    }

    /** A CA of the stack's own, and the issuer that signs with it. */
    private createAuthority(
        ca: string,
        metadata: k8s.types.input.meta.v1.ObjectMeta,
        selfSigned: Issuer,
    ): Issuer {
        const certificate = new Certificate(
            `${ca}-certificate`,
            { metadata: { ...metadata, name: ca }, spec: caSpec(ca) },
            { parent: this, dependsOn: selfSigned },
        );
        return new Issuer(
            `${ca}-issuer`,
            { metadata: { ...metadata, name: ca }, spec: { ca: { secretName: ca } } },
            { parent: this, dependsOn: certificate },
        );
    }
}
