import * as pulumi from "@pulumi/pulumi";

export interface CertManagerArgs {
    readonly chart?: string;
}

export class CertManager extends pulumi.ComponentResource {
    constructor(name: string, _: CertManagerArgs, opts?: pulumi.ComponentResourceOptions) {
        super("kafka-eks:index:CertManager", name, {}, opts);
        this.registerOutputs();
    }
}
