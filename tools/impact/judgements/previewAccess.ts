import { isObject } from "../../../config/everyFault";
import { changedFields, valueAt } from "../fields";
import { type JudgedChange, type Judgement, notJudged } from "../judgement";
import { resourceName, objectName, type State } from "../preview";
import type { Consequence } from "./table";

const RBAC = "rbac.authorization.k8s.io/v1";
const ADMISSION = "admissionregistration.k8s.io/v1";

/** Types of what gives a preview its permissions, and takes all but dry runs away again. */
export const PREVIEW_ACCESS_TYPES = [
    `${RBAC}:ClusterRole`,
    `${RBAC}:ClusterRoleBinding`,
    `${RBAC}:Role`,
    `${RBAC}:RoleBinding`,
    `${ADMISSION}:ValidatingAdmissionPolicy`,
    `${ADMISSION}:ValidatingAdmissionPolicyBinding`,
];

/** Judges the permissions of previews, which nothing in Kafka uses. */
export const judgePreviewAccess: Judgement = (change, { changes }) => {
    if (!objectName(change).startsWith("kafka-eks-preview-")) {
        return [notJudged(change, resourceName(change.urn))];
    }
    // With their permissions they lose what restrains them, and there is nothing left to restrain.
    const areAllGone = changes.some(
        ({ type, action }) =>
            type === `kubernetes:${RBAC}:ClusterRoleBinding` && action === "delete",
    );
    return [{ subject: "permissions of previews", ...consequence(change, areAllGone) }];
};

function consequence(change: JudgedChange, areAllGone: boolean): Consequence {
    const { type, action, old, new: now } = change;
    const isRestraint = type.startsWith(`kubernetes:${ADMISSION}`);
    const isOnlyLabelled = changedFields(old?.inputs, now?.inputs).every(
        ({ path }) => path.slice(0, 2).join(".") === "metadata.labels",
    );
    if (action === "update" && isOnlyLabelled) {
        return { what: "only labels change", severity: "nothing" };
    }
    if (isRestraint) {
        return action === "create" || (action === "delete" && areAllGone)
            ? {
                  what: "keeps previews to dry runs, as far as they have permissions",
                  severity: "nothing",
              }
            : {
                  what: "previews may change for real what they may only try",
                  severity: "cluster-opens",
              };
    }
    const before = grantsOf(old);
    return action === "delete" || (action === "update" && isSubset(grantsOf(now), before))
        ? { what: "previews may do less; Kafka does not notice it", severity: "nothing" }
        : { what: "previews may see or try more", severity: "cluster-opens" };
}

/** Each thing that a role allows, by itself; what a binding binds is the whole of it. */
function grantsOf(state: State | undefined): readonly string[] {
    const { metadata: _name, rules, ...binding } = state?.inputs ?? {};
    return rules === undefined && Object.keys(binding).length > 0
        ? [JSON.stringify(binding)]
        : (Array.isArray(rules) ? rules : [])
              .filter(isObject)
              .flatMap((rule) =>
                  listOf(rule, "apiGroups").flatMap((group) =>
                      listOf(rule, "resources").flatMap((resource) =>
                          listOf(rule, "verbs").map((verb) =>
                              JSON.stringify([group, resource, verb, rule["resourceNames"]]),
                          ),
                      ),
                  ),
              );
}

function listOf(rule: unknown, key: string): readonly unknown[] {
    const value = valueAt(rule, key);
    return Array.isArray(value) ? value : [];
}

function isSubset(some: readonly string[], all: readonly string[]): boolean {
    return some.every((each) => all.includes(each));
}
