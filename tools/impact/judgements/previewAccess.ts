import { type Judgement, notJudged } from "../judgement";
import { resourceName, objectName } from "../preview";

/** Types of what gives a preview its permissions, and takes all but dry runs away again. */
export const PREVIEW_ACCESS_TYPES = [
    "rbac.authorization.k8s.io/v1:ClusterRole",
    "rbac.authorization.k8s.io/v1:ClusterRoleBinding",
    "rbac.authorization.k8s.io/v1:Role",
    "rbac.authorization.k8s.io/v1:RoleBinding",
    "admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy",
    "admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding",
];

/** Judges the permissions of previews, which nothing in Kafka uses. */
export const judgePreviewAccess: Judgement = (change) => {
    const { urn } = change;
    const name = objectName(change);
    return name.startsWith("kafka-eks-preview-")
        ? [
              {
                  subject: "permissions of previews",
                  what: "only previews have them; Kafka does not notice it",
                  severity: "nothing",
              },
          ]
        : [notJudged(change, resourceName(urn))];
};
