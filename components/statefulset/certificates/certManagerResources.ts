import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { CertificateSpec } from "./certificates";
import { WAIT_FOR_READY } from "../../kubernetes/labels";

const API_VERSION = "cert-manager.io/v1";

/** Arguments of a resource of cert-manager's. */
export interface CertManagerResourceArgs<Spec> {
    readonly metadata: k8s.types.input.meta.v1.ObjectMeta;
    readonly spec: Spec;
}

/** Who signs certificates of its namespace: one that signs itself, or with the CA in a Secret. */
export class Issuer extends k8s.apiextensions.CustomResource {
    constructor(
        name: string,
        args: CertManagerResourceArgs<
            | { readonly selfSigned: Record<string, never> }
            | { readonly ca: { readonly secretName: string } }
        >,
        opts?: pulumi.CustomResourceOptions,
    ) {
        super(name, { apiVersion: API_VERSION, kind: "Issuer", ...waiting(args) }, opts);
    }
}

/** A certificate, which cert-manager keeps in a Secret and renews there. */
export class Certificate extends k8s.apiextensions.CustomResource {
    constructor(
        name: string,
        args: CertManagerResourceArgs<pulumi.Input<CertificateSpec>>,
        opts?: pulumi.CustomResourceOptions,
    ) {
        super(name, { apiVersion: API_VERSION, kind: "Certificate", ...waiting(args) }, opts);
    }
}

/** What waits until cert-manager says that it is done. */
function waiting<Spec>({ metadata, spec }: CertManagerResourceArgs<Spec>) {
    return { metadata: { ...metadata, annotations: WAIT_FOR_READY }, spec };
}
