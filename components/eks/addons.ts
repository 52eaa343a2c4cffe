import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { managedPolicy, POD_IDENTITY_TRUST } from "./iam";
import { AddonVersions } from "./versions";
import type { Tags } from "./tags";

/** Arguments of {@link EksAddons}. */
export interface EksAddonsArgs {
    /** Name of the cluster. */
    readonly clusterName: pulumi.Input<string>;
    readonly versions: AddonVersions;
    readonly tags: Tags;
}

/** The managed add-ons that run on nodes: names, roles for pods, and volumes. */
export class EksAddons extends pulumi.ComponentResource {
    constructor(name: string, args: EksAddonsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("kafka-eks:index:EksAddons", name, {}, opts);
        const addon = (
            addonName: string,
            addonVersion: string,
            more: Pick<aws.eks.AddonArgs, "podIdentityAssociations"> = {},
            dependsOn: pulumi.Resource[] = [],
        ) =>
            new aws.eks.Addon(
                `${name}-${addonName}`,
                {
                    clusterName: args.clusterName,
                    addonName,
                    addonVersion,
                    // EKS installs its own CoreDNS with a new cluster; it becomes the add-on's.
                    resolveConflictsOnCreate: "OVERWRITE",
                    resolveConflictsOnUpdate: "OVERWRITE",
                    ...more,
                    tags: args.tags,
                },
                { parent: this, dependsOn },
            );
        const { versions } = args;
        addon("coredns", versions.coredns);
        const podIdentity = addon("eks-pod-identity-agent", versions.podIdentityAgent);
        const role = new aws.iam.Role(
            `${name}-ebs-csi-role`,
            { assumeRolePolicy: POD_IDENTITY_TRUST, tags: args.tags },
            { parent: this },
        );
        const permissions = new aws.iam.RolePolicyAttachment(
            `${name}-ebs-csi-policy`,
            {
                role: role.name,
                // Version 2 reaches the driver's own volumes only.
                policyArn: managedPolicy("AmazonEBSCSIDriverPolicyV2"),
            },
            { parent: this },
        );
        addon(
            "aws-ebs-csi-driver",
            versions.ebsCsiDriver,
            {
                podIdentityAssociations: [
                    { roleArn: role.arn, serviceAccount: "ebs-csi-controller-sa" },
                ],
            },
            [podIdentity, permissions],
        );
        this.registerOutputs();
    }
}
