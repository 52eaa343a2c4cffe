import type { V1ObjectMeta } from "@kubernetes/client-node";
import { CERT_MANAGER } from "../../components/statefulset/certificates/certManagerChart";
import type { HelmRelease } from "../render/helmReleases";

/** What Helm notes at each object of a release. */
const RELEASE_NAME = "meta.helm.sh/release-name";
const RELEASE_NAMESPACE = "meta.helm.sh/release-namespace";

/** Whether an object belongs to a Helm release. Helm refuses to change one that does not. */
export function isOfRelease(
    metadata: V1ObjectMeta | undefined,
    { name, namespace }: Pick<HelmRelease, "name" | "namespace">,
): boolean {
    const { [RELEASE_NAME]: release, [RELEASE_NAMESPACE]: where } = metadata?.annotations ?? {};
    return release === name && where === namespace;
}

/** Whose an object is, for a person. */
export function ownerOf(metadata: V1ObjectMeta | undefined): string {
    const { [RELEASE_NAME]: release, [RELEASE_NAMESPACE]: where } = metadata?.annotations ?? {};
    if (release !== undefined) {
        return `Helm release ${release} in ${where}`;
    }
    const managers = (metadata?.managedFields ?? [])
        .filter(({ subresource }) => subresource === undefined)
        .flatMap(({ manager }) => manager ?? []);
    return managers.length === 0 ? "somebody else" : [...new Set(managers)].join(", ");
}

/** A kind of objects, as the API names it. */
export interface Resource {
    readonly group: string;
    readonly resource: string;
}

/** What a chart makes. */
export interface ChartObjects {
    /** Kinds in the namespace of the release. */
    readonly namespaced: readonly Resource[];
    /** Kinds that belong to the whole cluster. */
    readonly clusterWide: readonly Resource[];
    /** Whether a ClusterRole has a name that the chart uses. */
    readonly isClusterRole: (name: string) => boolean;
}

const RBAC = "rbac.authorization.k8s.io";
const ROLES: readonly Resource[] = [
    { group: RBAC, resource: "clusterroles" },
    { group: RBAC, resource: "clusterrolebindings" },
];

const STRIMZI: ChartObjects = {
    namespaced: [
        { group: "", resource: "serviceaccounts" },
        { group: "", resource: "configmaps" },
        { group: "apps", resource: "deployments" },
        { group: "policy", resource: "poddisruptionbudgets" },
        { group: "networking.k8s.io", resource: "networkpolicies" },
        { group: RBAC, resource: "rolebindings" },
    ],
    clusterWide: ROLES,
    isClusterRole: (name) =>
        /^strimzi-(cluster-operator-(namespaced|global|leader-election|watched)|kafka-broker|entity-operator|kafka-client)$/.test(
            name,
        ),
};

const OF_CERT_MANAGER: ChartObjects = {
    namespaced: [
        { group: "", resource: "serviceaccounts" },
        { group: "", resource: "services" },
        { group: "apps", resource: "deployments" },
        { group: "batch", resource: "jobs" },
        { group: "policy", resource: "poddisruptionbudgets" },
        { group: RBAC, resource: "roles" },
        { group: RBAC, resource: "rolebindings" },
    ],
    clusterWide: [
        ...ROLES,
        // Its own, which the release makes.
        { group: "", resource: "namespaces" },
        { group: "apiextensions.k8s.io", resource: "customresourcedefinitions" },
        { group: "admissionregistration.k8s.io", resource: "mutatingwebhookconfigurations" },
        { group: "admissionregistration.k8s.io", resource: "validatingwebhookconfigurations" },
    ],
    isClusterRole: (name) =>
        /^cert-manager-(controller|cainjector|webhook|view|edit|cluster-view)/.test(name),
};

/**
 * What the chart of a release makes. Only Helm knows a chart, so this is a list by hand, of the versions that the program
 * installs.
 *
 * @see https://github.com/strimzi/strimzi-kafka-operator/tree/1.2.0/packaging/helm-charts/helm3/strimzi-kafka-operator/templates
 * @see https://github.com/cert-manager/cert-manager/tree/master/deploy/charts/cert-manager/templates
 */
export function chartObjects({ name }: Pick<HelmRelease, "name">): ChartObjects {
    return name === CERT_MANAGER ? OF_CERT_MANAGER : STRIMZI;
}
