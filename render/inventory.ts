import type { KubernetesObject } from "@kubernetes/client-node";
import { FIELD_MANAGER, type ObjectApi } from "./objectApi";

/** Label of every object of the program. */
const LABELS = { "app.kubernetes.io/part-of": "kafka-eks" };

const CLAIMS = { apiVersion: "v1", kind: "PersistentVolumeClaim" };

/** The other kinds of the program, in the order in which they need each other. */
const WORKLOAD_KINDS = [
    { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" },
    { apiVersion: "v1", kind: "Secret" },
    { apiVersion: "cert-manager.io/v1", kind: "Issuer" },
    { apiVersion: "cert-manager.io/v1", kind: "Certificate" },
    { apiVersion: "v1", kind: "ConfigMap" },
    { apiVersion: "v1", kind: "Service" },
    { apiVersion: "policy/v1", kind: "PodDisruptionBudget" },
    { apiVersion: "batch/v1", kind: "Job" },
    { apiVersion: "apps/v1", kind: "StatefulSet" },
] as const;

/** The namespace and the claims of a Kafka, whoever made them: what outlives a deployment. */
export async function findData(api: ObjectApi, namespace: string): Promise<KubernetesObject[]> {
    const found = await api.read({
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name: namespace },
    });
    if (found === undefined) {
        return [];
    }
    const isOurs = Object.entries(LABELS).every(
        ([key, value]) => found.metadata?.labels?.[key] === value,
    );
    const claims = await api.list(CLAIMS, namespace, LABELS);
    return [...(isOurs ? [found] : []), ...claims];
}

/**
 * The objects in a namespace that were applied from here, the data left out. The brokers are the last, after
 * ZooKeeper, so that they are the first to be deleted.
 */
export async function findApplied(api: ObjectApi, namespace: string): Promise<KubernetesObject[]> {
    const lists = await Promise.all(
        WORKLOAD_KINDS.map((kind) => api.list(kind, namespace, LABELS)),
    );
    return lists.flatMap((list) =>
        list
            .filter((object) => managersOf(object).includes(FIELD_MANAGER))
            .sort((a, b) => (nameOf(a) < nameOf(b) ? 1 : -1)),
    );
}

/** The objects among `applied` that are not among `wanted`. */
export function staleObjects(
    applied: readonly KubernetesObject[],
    wanted: readonly KubernetesObject[],
): KubernetesObject[] {
    const key = (object: KubernetesObject) => `${object.kind}/${nameOf(object)}`;
    const keep = new Set(wanted.map(key));
    return applied.filter((object) => !keep.has(key(object)));
}

/** Who has set fields of an object. */
export function managersOf({ metadata }: KubernetesObject): string[] {
    return (metadata?.managedFields ?? []).map(({ manager = "" }) => manager);
}

function nameOf({ metadata }: KubernetesObject): string {
    return metadata?.name ?? "";
}
