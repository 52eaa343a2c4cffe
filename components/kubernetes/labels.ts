/** Label of nodes, and since Kubernetes 1.35 of pods, with their zone. */
export const ZONE_LABEL = "topology.kubernetes.io/zone";

/** Label of a ConfigMap with files of one revision; its value is the StatefulSet. */
export const FILES_OF_LABEL = "kafka-eks/files-of";

/** Labels that select the pods of an application; part of immutable selectors, so they never change. */
export function selectorLabels(application: "kafka" | "zookeeper"): Record<string, string> {
    return { "app.kubernetes.io/name": application };
}

/** Labels of every object of an application. */
export function objectLabels(application: "kafka" | "zookeeper"): Record<string, string> {
    return {
        ...selectorLabels(application),
        "app.kubernetes.io/part-of": "kafka-eks",
        "app.kubernetes.io/managed-by": "pulumi",
    };
}

/** Annotation of a custom resource that Pulumi waits for until its operator says that it is ready. */
export const WAIT_FOR_READY = { "pulumi.com/waitFor": "condition=Ready" };
