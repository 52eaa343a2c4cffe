import type {
    CoreV1Event,
    V1ContainerStatus,
    V1Node,
    V1PersistentVolumeClaim,
    V1Pod,
    V1StatefulSet,
} from "@kubernetes/client-node";
import type { RolloutState, WantedStatefulSet } from "../../../../../components/live/rollout/state";

/** Labels that the pods are selected by. */
const LABELS = { "app.kubernetes.io/name": "kafka" };
/** When whatever goes was told to. */
const GOING = { deletionTimestamp: new Date("2026-01-01T00:00:00Z") };

/** What is sent in all of these tests, and answered. */
export const SPEC = {
    replicas: 3,
    template: {
        metadata: { annotations: { "kafka-eks/config-hash": "0123" } },
        spec: { containers: [{ name: "kafka", image: "kafka:1" }] },
    },
};
export const WANTED: WantedStatefulSet = {
    namespace: "streams",
    name: "kafka",
    sent: SPEC,
    accepted: SPEC,
};

/** The revision that all pods are to have, and the one before it. */
export const NEW = "kafka-new";
export const OLD = "kafka-old";

/** The StatefulSet, with three ready pods of its last revision. */
export function statefulSet({
    spec = {},
    status = {},
    metadata = {},
}: {
    readonly spec?: object;
    readonly status?: object;
    readonly metadata?: object;
} = {}): V1StatefulSet {
    return {
        apiVersion: "apps/v1",
        kind: "StatefulSet",
        metadata: { name: "kafka", namespace: "streams", uid: "set", generation: 2, ...metadata },
        spec: {
            selector: { matchLabels: LABELS },
            serviceName: "kafka-headless",
            podManagementPolicy: "OrderedReady",
            ...SPEC,
            ...spec,
        },
        status: {
            observedGeneration: 2,
            updateRevision: NEW,
            replicas: 3,
            readyReplicas: 3,
            updatedReplicas: 3,
            ...status,
        },
    };
}

interface PodOptions {
    readonly revision?: string;
    readonly uid?: string;
    readonly status?: V1Pod["status"];
    /** Without one, `spec.nodeName` is missing. */
    readonly node?: string | null;
    readonly containers?: NonNullable<V1Pod["spec"]>["containers"];
}

/** A pod that is ready, unless its options say otherwise. */
export function pod(ordinal: number, options: PodOptions = {}): V1Pod {
    const { revision = NEW, uid = `uid-${ordinal}`, node = `node-${ordinal}`, status } = options;
    const name = `kafka-${ordinal}`;
    return {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name, uid, labels: { ...LABELS, "controller-revision-hash": revision } },
        spec: {
            containers: options.containers ?? [{ name: "kafka", readinessProbe: {} }],
            ...(node !== null && { nodeName: node }),
            volumes: [
                { name: "data", persistentVolumeClaim: { claimName: `data-${name}` } },
                { name: "tmp", emptyDir: {} },
            ],
        },
        status: status ?? {
            phase: "Running",
            conditions: [{ type: "Ready", status: "True" }],
            containerStatuses: [container({ ready: true, state: { running: {} }, started: true })],
        },
    };
}

/** How a container is. */
export function container(status: Partial<V1ContainerStatus>): V1ContainerStatus {
    return { name: "kafka", image: "i", imageID: "", ready: false, restartCount: 0, ...status };
}

/** A pod that is not ready, with one container. */
export function unready(
    ordinal: number,
    status: Partial<V1ContainerStatus>,
    options: PodOptions = {},
): V1Pod {
    return pod(ordinal, {
        status: {
            phase: "Running",
            conditions: [{ type: "Ready", status: "False" }],
            containerStatuses: [container(status)],
        },
        ...options,
    });
}

/** The state of a container that runs while its startup probe has not passed. */
export const CATCHING_UP = { state: { running: {} }, started: false };

/** The state of a container that crashes again and again. */
export function crashing(restartCount: number, message?: string): Partial<V1ContainerStatus> {
    return {
        restartCount,
        started: false,
        state: { waiting: { reason: "CrashLoopBackOff", message: "back-off 10s" } },
        lastState: { terminated: { exitCode: 1, reason: "Error", message } },
    };
}

/** The state of a container that can't start. */
export function waiting(reason: string, message?: string): Partial<V1ContainerStatus> {
    return { started: false, state: { waiting: { reason, message } } };
}

/** A pod that no node takes. */
export function unscheduled(ordinal: number, message?: string, options: PodOptions = {}): V1Pod {
    return pod(ordinal, {
        node: null,
        status: {
            phase: "Pending",
            conditions:
                message === undefined
                    ? []
                    : [{ type: "PodScheduled", status: "False", reason: "Unschedulable", message }],
        },
        ...options,
    });
}

/** The same object, about to go. */
export function going<T extends V1Pod | V1PersistentVolumeClaim>(object: T): T {
    return { ...object, metadata: { ...object.metadata, ...GOING } };
}

/** The claim of a pod. */
export function claim(ordinal: number, phase: string, size = "10Gi"): V1PersistentVolumeClaim {
    const name = `data-kafka-${ordinal}`;
    return {
        apiVersion: "v1",
        kind: "PersistentVolumeClaim",
        metadata: { name, uid: `uid-${name}` },
        spec: { resources: { requests: { storage: size } } },
        status: { phase },
    };
}

let events = 0;

/**
 * An event of an object.
 *
 * @param time As the API server has it, a text.
 */
export function event(
    uid: string,
    reason: string,
    message: string,
    { type = "Warning", time = "2026-01-01T00:00:00Z" } = {},
): CoreV1Event {
    return {
        apiVersion: "v1",
        kind: "Event",
        metadata: { name: `event-${events++}` },
        involvedObject: { uid },
        type,
        reason,
        message,
        lastTimestamp: time as unknown as Date,
    };
}

/** A node. */
export function nodeOf(name: string, ready: "True" | "False" | "Unknown"): V1Node {
    return {
        apiVersion: "v1",
        kind: "Node",
        metadata: { name },
        status: { conditions: [{ type: "Ready", status: ready }] },
    };
}

/** A state in which all is well, unless it says otherwise. */
export function stateOf(state: Partial<RolloutState>): RolloutState {
    return {
        wanted: WANTED,
        set: statefulSet(),
        pods: [pod(0), pod(1), pod(2)],
        histories: new Map(),
        claims: [],
        events: [],
        lostNodes: new Set(),
        missingFiles: new Set(),
        ...state,
    };
}
