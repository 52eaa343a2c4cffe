import * as k8s from "@pulumi/kubernetes";

type Rule = k8s.types.input.rbac.v1.PolicyRule;

/** Who previews, and where Kafka is. */
export interface PreviewScope {
    /** Kubernetes group of the identity that previews. */
    readonly group: string;
    /** Kafka's namespace. */
    readonly namespace: string;
}

/** What the API server answers when the group tries to change something. */
export const REFUSAL = "this identity may only preview: everything but a dry run is refused";

/** Verbs of a dry run; Kubernetes asks for the same permissions as for the change itself. Nothing is deleted in a preview. */
const DRY_RUN = ["create", "patch"];

/** Name of the objects; those of the cluster carry the namespace, since several stacks may share a cluster. */
export function previewName({ namespace }: PreviewScope): string {
    return `kafka-eks-preview-${namespace}`;
}

/**
 * Permissions in Kafka's namespace. Secrets are missing on purpose: whoever may try a change of one sees what is in it. Pulumi
 * previews them by itself, and the preview of a Helm release reads none.
 */
export function namespaceRules(scope: PreviewScope): Rule[] {
    const rule = (apiGroup: string, resources: string[]): Rule => ({
        apiGroups: [apiGroup],
        resources,
        verbs: ["get", ...DRY_RUN],
    });
    return [
        rule("", ["configmaps", "persistentvolumeclaims", "services"]),
        rule("apps", ["statefulsets"]),
        rule("batch", ["jobs"]),
        rule("policy", ["poddisruptionbudgets"]),
        rule("networking.k8s.io", ["networkpolicies"]),
        rule("cert-manager.io", ["certificates", "issuers"]),
        rule("kafka.strimzi.io", ["kafkanodepools", "kafkas", "kafkatopics", "kafkausers"]),
        rule("elbv2.k8s.aws", ["targetgroupbindings"]),
        // A refresh looks at what belongs to the objects, too.
        { apiGroups: [""], resources: ["endpoints", "pods"], verbs: ["list"] },
        ownRbac(scope, ["rolebindings", "roles"]),
    ];
}

/** Permissions in the cluster. */
export function clusterRules(scope: PreviewScope): Rule[] {
    return [
        {
            apiGroups: [""],
            resources: ["namespaces"],
            resourceNames: [scope.namespace],
            verbs: ["get", "patch"],
        },
        {
            apiGroups: ["storage.k8s.io"],
            resources: ["storageclasses"],
            verbs: ["get", ...DRY_RUN],
        },
        {
            apiGroups: ["apiextensions.k8s.io"],
            resources: ["customresourcedefinitions"],
            // The provider changes a CRD by replacing what is in it.
            verbs: ["get", ...DRY_RUN, "update"],
        },
        ownRbac(scope, ["clusterrolebindings", "clusterroles"]),
        {
            apiGroups: ["admissionregistration.k8s.io"],
            resources: ["validatingadmissionpolicies", "validatingadmissionpolicybindings"],
            resourceNames: [previewName(scope)],
            // No admission policy guards admission policies: a right to change them would be one for real.
            verbs: ["get"],
        },
    ];
}

/**
 * Permissions to see the group's own permissions. A dry run of them would need all that is granted, or `escalate` and `bind`, and
 * whoever has those can do everything once the admission policy is gone; Pulumi previews what is forbidden by itself.
 */
function ownRbac(scope: PreviewScope, resources: string[]): Rule {
    return {
        apiGroups: ["rbac.authorization.k8s.io"],
        resources,
        resourceNames: [previewName(scope)],
        verbs: ["get"],
    };
}

/** Refuses all that the group does to any object unless it is a dry run, whatever other permissions it has. */
export function dryRunOnly({
    group,
}: PreviewScope): k8s.types.input.admissionregistration.v1.ValidatingAdmissionPolicySpec {
    return {
        failurePolicy: "Fail",
        matchConstraints: {
            resourceRules: [
                {
                    apiGroups: ["*"],
                    apiVersions: ["*"],
                    // Subresources included: `exec` is a CONNECT, `scale` an UPDATE.
                    resources: ["*/*"],
                    operations: ["*"],
                },
            ],
        },
        matchConditions: [
            {
                name: "previewing-group",
                // JSON's strings are strings of CEL. A condition that fails would refuse the requests of everyone.
                expression: `has(request.userInfo.groups) && ${JSON.stringify(group)} in request.userInfo.groups`,
            },
        ],
        validations: [
            {
                expression: "has(request.dryRun) && request.dryRun",
                message: REFUSAL,
                reason: "Forbidden",
            },
        ],
    };
}
