import { type Resources, schedulingRules } from "../kubernetes/pods";
import { DEFAULT_CLUSTER_DOMAIN } from "../kafka/names";
import { RESTRICTED } from "./nodePools";

/** Strimzi's own Helm chart. */
export const STRIMZI_CHART = "oci://quay.io/strimzi-helm/strimzi-kafka-operator";

/** The CRDs as Strimzi publishes them with a release. */
export function strimziCrds(version: string): string {
    return `https://github.com/strimzi/strimzi-kafka-operator/releases/download/${version}/strimzi-crds-${version}.yaml`;
}

/**
 * Values of Strimzi's chart.
 *
 * @see https://github.com/strimzi/strimzi-kafka-operator/tree/1.2.0/packaging/helm-charts/helm3/strimzi-kafka-operator#configuration
 */
export function operatorValues(args: {
    readonly resources: Resources;
    readonly watchNamespaces: readonly string[];
    readonly clusterDomain: string;
}): Record<string, unknown> {
    return {
        // The operator's own namespace is always among them.
        watchNamespaces: args.watchNamespaces,
        resources: args.resources,
        // The chart's own default is left out, since a value that is new restarts the operator.
        ...(args.clusterDomain !== DEFAULT_CLUSTER_DOMAIN && {
            kubernetesServiceDnsDomain: args.clusterDomain,
        }),
        // The namespace admits nothing else; the charts before 1.2 have none. What is said here is merged into the chart's.
        securityContext: RESTRICTED,
        // Without one a drain of its node may find it gone from every node at once.
        podDisruptionBudget: { enabled: true },
        // Two, so that the loss of a node does not also stop the repair of what that node held.
        replicas: 2,
        // On different nodes where there are some.
        affinity: schedulingRules(
            { "strimzi.io/kind": "cluster-operator" },
            { spread: "preferred" },
        ).affinity,
    };
}

/**
 * An object without the empty `properties` of schemas. The API server drops them, so a CRD that has one would differ from
 * what the cluster has at every preview.
 */
export function withoutEmptySchemas(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(withoutEmptySchemas);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const isEmpty = (child: unknown) =>
        typeof child === "object" && child !== null && Object.keys(child).length === 0;
    return Object.fromEntries(
        Object.entries(value)
            .filter(([key, child]) => key !== "properties" || !isEmpty(child))
            .map(([key, child]) => [key, withoutEmptySchemas(child)]),
    );
}
