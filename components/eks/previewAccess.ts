import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { clusterRules, dryRunOnly, namespaceRules, previewName } from "./previewRules";

/** Arguments of {@link PreviewAccess}. */
export interface PreviewAccessArgs {
    /**
     * Kubernetes group of the identity that previews, such as `kafka-eks:preview`. On EKS it is a group of the role's
     * access entry. Nobody who deploys may be in it.
     */
    readonly group: string;
    /** Namespace of Kafka; it has to exist. */
    readonly namespace: string;
}

/**
 * What `pulumi preview` needs of the cluster, and no more, for an identity such as that of a pull request: it may see what
 * the program makes, except Secrets, and do dry runs of it. Kubernetes knows no right to a dry run alone, so an admission
 * policy refuses everything else that the identity tries.
 */
export class PreviewAccess extends pulumi.ComponentResource {
    constructor(name: string, args: PreviewAccessArgs, opts?: pulumi.ComponentResourceOptions) {
        super("kafka-eks:index:PreviewAccess", name, args, opts);
        const metadata = {
            name: previewName(args),
            labels: {
                "app.kubernetes.io/part-of": "kafka-eks",
                "app.kubernetes.io/managed-by": "pulumi",
            },
        };
        const policy = new k8s.admissionregistration.v1.ValidatingAdmissionPolicy(
            `${name}-policy`,
            { metadata, spec: dryRunOnly(args) },
            { parent: this },
        );
        const enforcement = new k8s.admissionregistration.v1.ValidatingAdmissionPolicyBinding(
            `${name}-policy-binding`,
            { metadata, spec: { policyName: metadata.name, validationActions: ["Deny"] } },
            { parent: this, dependsOn: policy },
        );
        this.grant(name, args, metadata, enforcement);
        this.registerOutputs();
    }

    /**
     * Gives the group its permissions. They come after the policy and go before it; when it is new, the API server heeds it a
     * moment after that.
     */
    private grant(
        name: string,
        args: PreviewAccessArgs,
        metadata: { name: string; labels: Record<string, string> },
        enforcement: pulumi.Resource,
    ): void {
        const opts = { parent: this };
        const restrained = { parent: this, dependsOn: enforcement };
        const subjects = [
            { apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: args.group },
        ];
        const roleRef = (kind: string) => ({
            apiGroup: "rbac.authorization.k8s.io",
            kind,
            name: metadata.name,
        });
        new k8s.rbac.v1.ClusterRole(
            `${name}-cluster-role`,
            { metadata, rules: clusterRules(args) },
            opts,
        );
        new k8s.rbac.v1.ClusterRoleBinding(
            `${name}-cluster-role-binding`,
            { metadata, roleRef: roleRef("ClusterRole"), subjects },
            restrained,
        );
        const inNamespace = { ...metadata, namespace: args.namespace };
        new k8s.rbac.v1.Role(
            `${name}-role`,
            { metadata: inNamespace, rules: namespaceRules(args) },
            opts,
        );
        new k8s.rbac.v1.RoleBinding(
            `${name}-role-binding`,
            { metadata: inNamespace, roleRef: roleRef("Role"), subjects },
            restrained,
        );
    }
}
