import assert from "node:assert/strict";
import { PreviewAccess } from "../../../../components/eks/previewAccess";
import { clusterRules, dryRunOnly, namespaceRules } from "../../../../components/eks/previewRules";
import { register, Registrations } from "../../../support/mocks";

const NAME = "kafka-eks-preview-streams";
const ADMISSION = "admissionregistration.k8s.io";
const RBAC = "rbac.authorization.k8s.io";
const SCOPE = { group: "kafka-eks:preview", namespace: "streams" };

interface Rule {
    readonly apiGroups: readonly string[];
    readonly resources: readonly string[];
    readonly resourceNames?: readonly string[];
    readonly verbs: readonly string[];
}

const IN_CLUSTER = clusterRules(SCOPE) as Rule[];
const IN_NAMESPACE = namespaceRules(SCOPE) as Rule[];
const RULES = [...IN_CLUSTER, ...IN_NAMESPACE];

/** What may be done to a resource, and under which names. */
function permissionsTo(resource: string): Pick<Rule, "resourceNames" | "verbs">[] {
    return RULES.filter(({ resources }) => resources.includes(resource)).map(
        ({ resourceNames, verbs }) => ({ resourceNames, verbs }),
    );
}

describe("PreviewAccess", () => {
    let resources: Registrations;

    before(async () => {
        ({ resources } = await register(() => new PreviewAccess("preview", SCOPE)));
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

    describe("refuses everything that the group does unless it is a dry run", () => {
        const policy = dryRunOnly(SCOPE);

        it("whatever it is, subresources such as exec included", () => {
            assert.deepEqual(policy.matchConstraints, {
                resourceRules: [
                    { apiGroups: ["*"], apiVersions: ["*"], resources: ["*/*"], operations: ["*"] },
                ],
            });
            assert.equal(policy.failurePolicy, "Fail");
        });

        it("and says why", () => {
            assert.deepEqual(policy.validations, [
                {
                    expression: "has(request.dryRun) && request.dryRun",
                    message: "this identity may only preview: everything but a dry run is refused",
                    reason: "Forbidden",
                },
            ]);
        });

        it("and nothing of anybody else, whatever the group's name", () => {
            const expressionOf = (group: string) => {
                const { matchConditions } = dryRunOnly({ ...SCOPE, group });
                const [condition, ...more] = matchConditions as { expression: string }[];
                assert.deepEqual(more, []);
                return condition!.expression;
            };
            assert.equal(
                expressionOf("kafka-eks:preview"),
                'has(request.userInfo.groups) && "kafka-eks:preview" in request.userInfo.groups',
            );
            // Quoted for the policy's language.
            assert.equal(
                expressionOf('a"b\\c'),
                String.raw`has(request.userInfo.groups) && "a\"b\\c" in request.userInfo.groups`,
            );
        });

        it("by a policy that is enforced", () => {
            assert.deepEqual(
                resources.object("ValidatingAdmissionPolicy", NAME).inputs.spec,
                policy,
            );
            assert.deepEqual(
                resources.object("ValidatingAdmissionPolicyBinding", NAME).inputs.spec,
                { policyName: NAME, validationActions: ["Deny"] },
            );
        });
    });

    describe("gives permissions", () => {
        it("to its group and nobody else, in the cluster and in Kafka's namespace", () => {
            for (const [kind, rules] of [
                ["ClusterRole", IN_CLUSTER],
                ["Role", IN_NAMESPACE],
            ] as const) {
                const role = resources.object(kind, NAME).inputs;
                const binding = resources.object(`${kind}Binding`, NAME).inputs;
                assert.deepEqual(role.rules, rules);
                assert.deepEqual(binding.roleRef, { apiGroup: RBAC, kind, name: NAME });
                assert.deepEqual(binding.subjects, [
                    { apiGroup: RBAC, kind: "Group", name: "kafka-eks:preview" },
                ]);
                const namespace = kind === "Role" ? "streams" : undefined;
                assert.equal(role.metadata.namespace, namespace);
                assert.equal(binding.metadata.namespace, namespace);
            }
        });

        it("to see and to try changes, and none to delete", () => {
            for (const { resources: of, verbs } of RULES) {
                for (const verb of verbs) {
                    const isOfCrd = of.includes("customresourcedefinitions");
                    // The provider changes a CRD by replacing what is in it.
                    const allowed = ["get", "create", "patch", ...(isOfCrd ? ["update"] : [])];
                    // A refresh looks at what belongs to the objects, too.
                    const isSeen = /^(endpoints|pods)$/.test(of[0]!) && verb === "list";
                    assert.ok(allowed.includes(verb) || isSeen, `${of.join()}: ${verb}`);
                }
            }
        });

        it("for what the program makes by name, and to no Secrets", () => {
            const named = RULES.flatMap(({ apiGroups, resources: of }) => [...apiGroups, ...of]);
            assert.ok(!named.some((name) => name.includes("*")));
            assert.ok(!named.includes("secrets"));
        });

        it("to no other namespace", () => {
            assert.deepEqual(permissionsTo("namespaces"), [
                { resourceNames: ["streams"], verbs: ["get", "patch"] },
            ]);
        });

        it("not to change permissions or admission policies, but to see its own", () => {
            for (const resource of [
                "clusterroles",
                "clusterrolebindings",
                "roles",
                "rolebindings",
                "validatingadmissionpolicies",
                "validatingadmissionpolicybindings",
            ]) {
                assert.deepEqual(
                    permissionsTo(resource),
                    [{ resourceNames: [NAME], verbs: ["get"] }],
                    resource,
                );
            }
        });

        it("not before there is a policy and what enforces it", () => {
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
});
