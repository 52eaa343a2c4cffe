import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { PREVIEW_GROUP } from "./cluster";
import { contentHash } from "../kubernetes/files";
import type { Tags } from "./tags";

/** Arguments of {@link EksAccess}. */
export interface EksAccessArgs {
    /** Name of the cluster. */
    readonly clusterName: pulumi.Input<string>;
    /** IAM roles that administer the cluster. */
    readonly adminRoleArns: readonly string[];
    /**
     * IAM role of previews in pull requests.
     *
     * @default - None.
     */
    readonly previewRoleArn?: string;
    readonly tags: Tags;
}

const ADMIN_POLICY = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";

/**
 * Who may use the cluster, beside the role that creates it. The component of the cluster would make the same entries, but
 * with its own protection: whoever has left the company could not be taken out of a protected stack.
 */
export class EksAccess extends pulumi.ComponentResource {
    constructor(name: string, args: EksAccessArgs, opts?: pulumi.ComponentResourceOptions) {
        super("kafka-eks:index:EksAccess", name, {}, opts);
        const { clusterName, tags } = args;
        for (const principalArn of args.adminRoleArns) {
            const admin = `${name}-${adminName(principalArn)}`;
            const entry = new aws.eks.AccessEntry(
                `${admin}-entry`,
                { clusterName, principalArn, tags },
                { parent: this },
            );
            new aws.eks.AccessPolicyAssociation(
                `${admin}-policy`,
                {
                    clusterName,
                    principalArn,
                    policyArn: ADMIN_POLICY,
                    accessScope: { type: "cluster" },
                },
                { parent: this, dependsOn: entry },
            );
        }
        if (args.previewRoleArn !== undefined) {
            new aws.eks.AccessEntry(
                `${name}-preview-entry`,
                {
                    clusterName,
                    principalArn: args.previewRoleArn,
                    kubernetesGroups: [PREVIEW_GROUP],
                    tags,
                },
                { parent: this },
            );
        }
        this.registerOutputs();
    }
}

/** Roles of the same name may be in several accounts and below several paths. */
function adminName(roleArn: string): string {
    return `admin-${roleArn.split("/").at(-1)}-${contentHash(roleArn).slice(0, 8)}`;
}
