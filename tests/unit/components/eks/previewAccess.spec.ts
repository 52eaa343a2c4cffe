import assert from "node:assert/strict";
import { PreviewAccess } from "../../../components/eks/previewAccess";
import { dryRunOnly } from "../../../components/eks/previewRules";
import { register, Registrations } from "../../support/mocks";

const NAME = "kafka-eks-preview-streams";
const LABELS = {
    "app.kubernetes.io/part-of": "kafka-eks",
    "app.kubernetes.io/managed-by": "pulumi",
};
const ADMISSION = "admissionregistration.k8s.io";
const RBAC = "rbac.authorization.k8s.io";
const SUBJECTS = [{ apiGroup: RBAC, kind: "Group", name: "kafka-eks:preview" }];
const READ_AND_DRY_RUN = ["get", "create", "patch"];

describe("PreviewAccess", () => {
    let resources: Registrations;

    before(async () => {
        ({ resources } = await register(
            () =>
                new PreviewAccess("preview", { group: "kafka-eks:preview", namespace: "streams" }),
        ));
    });

    it("is a policy, what enforces it, and permissions in the cluster and in Kafka's namespace", () => {
        assert.equal(resources.all.length, 7);
        assert.deepEqual(resources.childrenOf("kafka-eks:index:PreviewAccess preview"), [
            `kubernetes:${ADMISSION}/v1:ValidatingAdmissionPolicy preview-policy`,
            `kubernetes:${RBAC}/v1:ClusterRole preview-cluster-role`,
            `kubernetes:${RBAC}/v1:Role preview-role`,
            `kubernetes:${ADMISSION}/v1:ValidatingAdmissionPolicyBinding preview-policy-binding`,
            `kubernetes:${RBAC}/v1:ClusterRoleBinding preview-cluster-role-binding`,
            `kubernetes:${RBAC}/v1:RoleBinding preview-role-binding`,
        ]);
    });

    it("refuses everything that the group does unless it is a dry run", () => {
        assert.deepEqual(resources.object("ValidatingAdmissionPolicy", NAME).inputs, {
            apiVersion: `${ADMISSION}/v1`,
            kind: "ValidatingAdmissionPolicy",
            metadata: { name: NAME, labels: LABELS },
            spec: {
                failurePolicy: "Fail",
                matchConstraints: {
                    resourceRules: [
                        {
                            apiGroups: ["*"],
                            apiVersions: ["*"],
                            resources: ["*/*"],
                            operations: ["*"],
                        },
                    ],
                },
                matchConditions: [
                    {
                        name: "previewing-group",
                        expression:
                            "has(request.userInfo.groups) && " +
                            '"kafka-eks:preview" in request.userInfo.groups',
                    },
                ],
                validations: [
                    {
                        expression: "has(request.dryRun) && request.dryRun",
                        message:
                            "this identity may only preview: everything but a dry run is refused",
                        reason: "Forbidden",
                    },
                ],
            },
        });
        assert.deepEqual(resources.object("ValidatingAdmissionPolicyBinding", NAME).inputs, {
            apiVersion: `${ADMISSION}/v1`,
            kind: "ValidatingAdmissionPolicyBinding",
            metadata: { name: NAME, labels: LABELS },
            spec: { policyName: NAME, validationActions: ["Deny"] },
        });
    });

    it("quotes the group for the policy's language", () => {
        const { matchConditions } = dryRunOnly({ group: 'a"b\\c', namespace: "streams" });
        assert.deepEqual(matchConditions, [
            {
                name: "previewing-group",
                expression:
                    String.raw`has(request.userInfo.groups) && ` +
                    String.raw`"a\"b\\c" in request.userInfo.groups`,
            },
        ]);
    });

    it("gives permissions in the cluster: none over other namespaces, and none to change permissions", () => {
        assert.deepEqual(resources.object("ClusterRole", NAME).inputs, {
            apiVersion: `${RBAC}/v1`,
            kind: "ClusterRole",
            metadata: { name: NAME, labels: LABELS },
            rules: [
                {
                    apiGroups: [""],
                    resources: ["namespaces"],
                    resourceNames: ["streams"],
                    verbs: ["get", "patch"],
                },
                {
                    apiGroups: ["storage.k8s.io"],
                    resources: ["storageclasses"],
                    verbs: READ_AND_DRY_RUN,
                },
                {
                    apiGroups: ["apiextensions.k8s.io"],
                    resources: ["customresourcedefinitions"],
                    verbs: [...READ_AND_DRY_RUN, "update"],
                },
                {
                    apiGroups: [RBAC],
                    resources: ["clusterrolebindings", "clusterroles"],
                    resourceNames: [NAME],
                    verbs: ["get"],
                },
                {
                    apiGroups: [ADMISSION],
                    resources: ["validatingadmissionpolicies", "validatingadmissionpolicybindings"],
                    resourceNames: [NAME],
                    verbs: ["get"],
                },
            ],
        });
        assert.deepEqual(resources.object("ClusterRoleBinding", NAME).inputs, {
            apiVersion: `${RBAC}/v1`,
            kind: "ClusterRoleBinding",
            metadata: { name: NAME, labels: LABELS },
            roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: NAME },
            subjects: SUBJECTS,
        });
    });

    it("gives permissions in Kafka's namespace: to no Secrets, and none to delete", () => {
        const metadata = { name: NAME, namespace: "streams", labels: LABELS };
        assert.deepEqual(resources.object("Role", NAME).inputs, {
            apiVersion: `${RBAC}/v1`,
            kind: "Role",
            metadata,
            rules: [
                {
                    apiGroups: [""],
                    resources: ["configmaps", "persistentvolumeclaims", "services"],
                    verbs: READ_AND_DRY_RUN,
                },
                { apiGroups: ["apps"], resources: ["statefulsets"], verbs: READ_AND_DRY_RUN },
                { apiGroups: ["batch"], resources: ["jobs"], verbs: READ_AND_DRY_RUN },
                {
                    apiGroups: ["policy"],
                    resources: ["poddisruptionbudgets"],
                    verbs: READ_AND_DRY_RUN,
                },
                {
                    apiGroups: ["networking.k8s.io"],
                    resources: ["networkpolicies"],
                    verbs: READ_AND_DRY_RUN,
                },
                {
                    apiGroups: ["cert-manager.io"],
                    resources: ["certificates", "issuers"],
                    verbs: READ_AND_DRY_RUN,
                },
                {
                    apiGroups: ["kafka.strimzi.io"],
                    resources: ["kafkanodepools", "kafkas", "kafkatopics", "kafkausers"],
                    verbs: READ_AND_DRY_RUN,
                },
                {
                    apiGroups: ["elbv2.k8s.aws"],
                    resources: ["targetgroupbindings"],
                    verbs: READ_AND_DRY_RUN,
                },
                { apiGroups: [""], resources: ["endpoints", "pods"], verbs: ["list"] },
                {
                    apiGroups: [RBAC],
                    resources: ["rolebindings", "roles"],
                    resourceNames: [NAME],
                    verbs: ["get"],
                },
            ],
        });
        assert.deepEqual(resources.object("RoleBinding", NAME).inputs, {
            apiVersion: `${RBAC}/v1`,
            kind: "RoleBinding",
            metadata,
            roleRef: { apiGroup: RBAC, kind: "Role", name: NAME },
            subjects: SUBJECTS,
        });
    });

    it("gives no right before there is a policy and what enforces it", () => {
        const enforcement = `kubernetes:${ADMISSION}/v1:ValidatingAdmissionPolicyBinding preview-policy-binding`;
        for (const kind of ["ClusterRoleBinding", "RoleBinding"]) {
            assert.deepEqual(resources.object(kind, NAME).options.dependencies, [enforcement]);
        }
        assert.deepEqual(
            resources.object("ValidatingAdmissionPolicyBinding", NAME).options.dependencies,
            [`kubernetes:${ADMISSION}/v1:ValidatingAdmissionPolicy preview-policy`],
        );
    });
});
