import type {
    V1Affinity,
    V1PodSpec,
    V1ResourceRequirements,
    V1SecurityContext,
} from "@kubernetes/client-node";
import { CERT_MANAGER } from "../../components/statefulset/certificates/certManagerChart";
import type { HelmRelease } from "../render/helmReleases";
import type { PodGroup } from "./podGroup";

/** Values of Strimzi's chart, as far as they decide about pods. */
interface OperatorValues {
    readonly replicas: number;
    readonly resources: V1ResourceRequirements;
    readonly affinity: V1Affinity;
    readonly securityContext: V1SecurityContext;
}

/** Values of a Deployment in cert-manager's chart. */
interface DeploymentValues {
    readonly replicaCount: number;
    readonly resources: V1ResourceRequirements;
}

/** Values of cert-manager's chart, as far as they decide about pods. */
interface CertManagerValues extends DeploymentValues {
    readonly webhook: DeploymentValues;
    readonly cainjector: DeploymentValues;
}

/**
 * The pods that a Helm release makes. Only Helm knows a chart, so this follows what the values say of its Deployments.
 *
 * @see https://github.com/strimzi/strimzi-kafka-operator/tree/1.2.0/packaging/helm-charts/helm3/strimzi-kafka-operator/templates
 * @see https://github.com/cert-manager/cert-manager/tree/master/deploy/charts/cert-manager/templates
 */
export function releasePods({ name, namespace, values }: HelmRelease): PodGroup[] {
    return name === CERT_MANAGER
        ? certManagerPods(namespace, values as unknown as CertManagerValues)
        : [operatorPods(namespace, values as unknown as OperatorValues)];
}

function operatorPods(
    namespace: string,
    { replicas, resources, affinity, securityContext }: OperatorValues,
): PodGroup {
    const labels = { name: "strimzi-cluster-operator", "strimzi.io/kind": "cluster-operator" };
    return {
        what: "pods of Strimzi's operator",
        key: "strimzi.resources",
        ...podsOf("strimzi-cluster-operator", replicas),
        namespace,
        labels,
        selector: labels,
        spec: { affinity, containers: [{ name: "operator", resources, securityContext }] },
        madeBy: "Helm",
    };
}

function certManagerPods(namespace: string, values: CertManagerValues): PodGroup[] {
    const parts = [
        ["controller", CERT_MANAGER, values],
        ["webhook", `${CERT_MANAGER}-webhook`, values.webhook],
        ["cainjector", `${CERT_MANAGER}-cainjector`, values.cainjector],
    ] as const;
    return parts.map(([component, name, { replicaCount, resources }]) => {
        const labels = {
            "app.kubernetes.io/instance": CERT_MANAGER,
            "app.kubernetes.io/component": component,
        };
        const spec: V1PodSpec = { containers: [{ name, resources }] };
        return {
            what: `pods of ${name}`,
            ...podsOf(name, replicaCount),
            namespace,
            labels,
            selector: labels,
            spec,
            madeBy: "Helm",
        };
    });
}

function podsOf(name: string, replicas: number): Pick<PodGroup, "names"> {
    return { names: Array.from({ length: replicas }, (_, index) => `${name}-${index}`) };
}
