import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { interruptible } from "../../live/helmRelease";
import type { LiveObjects } from "../../live/objects";
import {
    CERT_MANAGER,
    CERT_MANAGER_CHART,
    CERT_MANAGER_VERSION,
    certManagerValues,
} from "./certManagerChart";

/** Arguments of {@link CertManager}. */
export interface CertManagerArgs {
    /**
     * Reference or path of its Helm chart.
     *
     * @default - The project's own, from its registry.
     */
    readonly chart?: string;
    /** The objects of the cluster as they are now. */
    readonly live?: LiveObjects;
    /** Whose release it is; Helm notes it. */
    readonly owner: pulumi.Input<string>;
}

/**
 * cert-manager, which issues certificates and renews them; there can be one in a cluster. Whatever makes Certificates or
 * Issuers depends on this component. Its namespace and its CRDs outlive the stack, and with them the certificates.
 */
export class CertManager extends pulumi.ComponentResource {
    constructor(name: string, args: CertManagerArgs, opts?: pulumi.ComponentResourceOptions) {
        super("kafka-eks:index:CertManager", name, {}, opts);
        const release = `${name}-release`;
        new k8s.helm.v3.Release(
            release,
            {
                name: CERT_MANAGER,
                namespace: CERT_MANAGER,
                createNamespace: true,
                chart: args.chart ?? CERT_MANAGER_CHART,
                version: CERT_MANAGER_VERSION,
                description: args.owner,
                // A new cert-manager that does not start leaves the old one in place.
                atomic: true,
                timeout: 600,
                values: certManagerValues(),
            },
            {
                parent: this,
                ...interruptible(
                    release,
                    args.live,
                    "set certificates.installCertManager to false",
                ),
            },
        );
        this.registerOutputs();
    }
}
