import type { KubernetesObject, V1PodSpec } from "@kubernetes/client-node";
import type { KafkaFacts } from "../../../../components/statefulset/admin/facts";

/** Namespace of what {@link liveStatefulSet} and {@link livePod} return. */
export const NAMESPACE = "streams";

/** How the only container of a pod is. */
export interface ContainerState {
    /** @default true */
    readonly ready?: boolean;
    /** @default - It runs. */
    readonly waiting?: string;
    /** @default 0 */
    readonly restarts?: number;
    /** Whether its startup probe has passed; by default as {@link ready}. */
    readonly started?: boolean;
}

/** A StatefulSet as the API server has it. */
export function liveStatefulSet(
    name: "kafka" | "zookeeper",
    replicas: number,
    pod: object = livePodSpec(name),
) {
    return {
        apiVersion: "apps/v1",
        kind: "StatefulSet",
        metadata: { name, namespace: NAMESPACE },
        spec: { replicas, template: { spec: pod as V1PodSpec } },
    };
}

/** The specification of a pod, as far as it matters. */
export function livePodSpec(name: "kafka" | "zookeeper", image = `${name}:1`) {
    return { containers: [{ name, image }] };
}

/** A pod of a StatefulSet, such as `kafka-0`, as the API server has it. */
export function livePod(name: string, state: ContainerState = {}) {
    const server = name.replace(/-\d+$/, "") as "kafka" | "zookeeper";
    const { ready = true, waiting, restarts = 0, started = ready } = state;
    return {
        apiVersion: "v1",
        kind: "Pod",
        metadata: {
            name,
            namespace: NAMESPACE,
            labels: { "app.kubernetes.io/name": server },
        },
        spec: livePodSpec(server),
        status: {
            conditions: [{ type: "Ready", status: ready ? "True" : "False" }],
            containerStatuses: [
                {
                    state:
                        waiting === undefined ? { running: {} } : { waiting: { reason: waiting } },
                    started,
                    restartCount: restarts,
                },
            ],
        },
    };
}

/** A pod that no node takes: it has no containers yet. */
export function unscheduledPod(name: string) {
    const conditions = [{ type: "PodScheduled", status: "False", reason: "Unschedulable" }];
    return { ...livePod(name), status: { phase: "Pending", conditions } };
}

/** Pods `0` to `count - 1` that are ready. */
export function livePods(name: "kafka" | "zookeeper", count: number) {
    return Array.from({ length: count }, (_, ordinal) => livePod(`${name}-${ordinal}`));
}

/** A claim of a broker's volume; without a volume, no pod has used it yet. */
export function liveClaim(name: string, volumeName?: string) {
    return {
        apiVersion: "v1",
        kind: "PersistentVolumeClaim",
        metadata: { name, namespace: NAMESPACE },
        spec: { volumeName },
    };
}

/** What a StatefulSet is made of, as far as its pods need it. */
interface SentStatefulSet {
    readonly metadata: { readonly name: string; readonly namespace?: string };
    readonly spec: {
        readonly replicas: number;
        readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
    };
}

const REVISION = "revision";

/** A StatefulSet as it was sent, all of whose pods are ready. */
export function runningStatefulSet(inputs: object): KubernetesObject[] {
    const sent = inputs as SentStatefulSet;
    const { replicas } = sent.spec;
    const status = {
        updateRevision: REVISION,
        readyReplicas: replicas,
        updatedReplicas: replicas,
    };
    const { namespace } = sent.metadata;
    const pods = Array.from({ length: replicas }, (_, ordinal) => ({
        apiVersion: "v1",
        kind: "Pod",
        metadata: {
            name: `${sent.metadata.name}-${ordinal}`,
            namespace,
            uid: `${sent.metadata.name}-${ordinal}`,
            labels: { ...sent.spec.selector.matchLabels, "controller-revision-hash": REVISION },
        },
        spec: { containers: [], nodeName: "node" },
        status: { conditions: [{ type: "Ready", status: "True" }] },
    }));
    const set = { apiVersion: "apps/v1", kind: "StatefulSet", ...sent, status };
    return [set, ...pods];
}

/** The same objects, where a pod can't start for a reason that only another configuration ends. */
export function withBrokenPod(objects: readonly object[], name: string): object[] {
    const state = { waiting: { reason: "InvalidImageName", message: "no such name" } };
    const broken = objects.map((each: KubernetesObject) =>
        each.metadata?.name === name
            ? { ...each, status: { containerStatuses: [{ name: "server", state }] } }
            : each,
    );
    const status = { conditions: [{ type: "Ready", status: "True" }] };
    return [...broken, { apiVersion: "v1", kind: "Node", metadata: { name: "node" }, status }];
}

/** A container that failed and is not tried again for a while. */
export const CRASHING: ContainerState = { ready: false, waiting: "CrashLoopBackOff" };

const NONE = { count: 0, examples: [] };

/** What Kafka says when three brokers are there and nothing is missing. */
export const WHOLE: KafkaFacts = {
    clusterId: "eCp0PqUqQ6yL6fS7vXyTbA",
    reassigning: 0,
    controller: 1,
    brokers: [0, 1, 2],
    silent: [],
    topics: 2,
    partitions: 53,
    underReplicated: { ...NONE, missing: [] },
    offline: NONE,
    atRisk: NONE,
    noRoom: NONE,
    single: NONE,
};
