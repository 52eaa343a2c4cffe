import { types } from "@pulumi/eks";
import { contentHash } from "../files";

/** Logs of the control plane that are kept. */
export const CONTROL_PLANE_LOGS = [
    "api",
    "audit",
    "authenticator",
    "controllerManager",
    "scheduler",
] as const;

/** Kubernetes group of previews in pull requests. */
export const PREVIEW_GROUP = "kafka-eks:preview";

/** Who may use the cluster, beside the role that creates it. */
export function accessEntries(args: {
    readonly adminRoleArns: readonly string[];
    readonly previewRoleArn?: string;
}): Record<string, types.input.AccessEntryArgs> {
    const admins = args.adminRoleArns.map((principalArn) => [
        // Roles of the same name may be in several accounts and below several paths.
        `admin-${principalArn.split("/").at(-1)}-${contentHash(principalArn).slice(0, 8)}`,
        {
            principalArn,
            accessPolicies: {
                cluster: {
                    policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
                    accessScope: { type: "cluster" },
                },
            },
        },
    ]);
    return {
        ...(Object.fromEntries(admins) as Record<string, types.input.AccessEntryArgs>),
        ...(args.previewRoleArn !== undefined && {
            preview: { principalArn: args.previewRoleArn, kubernetesGroups: [PREVIEW_GROUP] },
        }),
    };
}
