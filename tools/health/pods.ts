import type { V1ContainerStatus, V1Node, V1Pod } from "@kubernetes/client-node";
import { CLUSTER, CLUSTER_LABEL } from "../../components/strimzi/names";
import { APPLICATIONS_SELECTOR, type Check, type HealthContext } from "./check";
import type { ExpectedSet } from "./expected";

const ZONE_LABEL = "topology.kubernetes.io/zone";
const CRASHED = "CrashLoopBackOff";

/** Judges the pods of Kafka: all that are expected exist, and all that exist run and are Ready. */
export function judgePods(
    pods: readonly V1Pod[],
    expected: readonly ExpectedSet[],
    nodes: readonly V1Node[],
    namespace: string,
    now = new Date(),
): Check[] {
    const zones = new Map(
        nodes.map(({ metadata }) => [metadata?.name, metadata?.labels?.[ZONE_LABEL]]),
    );
    const found = new Map(pods.map((pod) => [pod.metadata?.name ?? "", pod]));
    const names = new Set([...expected.flatMap((set) => set.pods), ...found.keys()]);
    if (names.size === 0) {
        return [
            {
                area: "pods",
                name: "pods",
                ok: false,
                detail: `there are no pods of Kafka in namespace ${namespace}`,
                next: "kubectl get pods --all-namespaces -l app.kubernetes.io/name=kafka",
            },
        ];
    }
    return [...names].sort().map((name) => {
        const pod = found.get(name);
        return pod === undefined
            ? missingPod(name, expected, namespace)
            : judgePod(name, pod, zones, namespace, now);
    });
}

function missingPod(name: string, expected: readonly ExpectedSet[], namespace: string): Check {
    // What is missing was expected of one of them.
    const set = expected.find(({ pods }) => pods.includes(name))!;
    return {
        area: "pods",
        name,
        ok: false,
        detail: "does not exist",
        next: `kubectl describe ${set.kind} ${set.name} -n ${namespace}`,
    };
}

function judgePod(
    name: string,
    { metadata, spec, status }: V1Pod,
    zones: ReadonlyMap<string | undefined, string | undefined>,
    namespace: string,
    now: Date,
): Check {
    const phase = status?.phase ?? "Unknown";
    const ready = status?.conditions?.some(
        ({ type, status: value }) => type === "Ready" && value === "True",
    );
    const end = metadata?.deletionTimestamp;
    const leaving = end !== undefined;
    const containers = status?.containerStatuses ?? [];
    const restarts = containers.reduce((sum, { restartCount }) => sum + restartCount, 0);
    const zone = zones.get(spec?.nodeName) ?? metadata?.labels?.[ZONE_LABEL] ?? "unknown";
    const ok = phase === "Running" && ready === true && !leaving;
    const detail = [
        phase,
        ready ? "ready" : "not ready",
        ...(leaving ? ["being deleted"] : []),
        ...(ok ? [] : reasons({ status })),
        `${restarts} ${restarts === 1 ? "restart" : "restarts"}`,
        spec?.nodeName ? `node ${spec.nodeName}` : "no node",
        `zone ${zone}`,
    ].join(", ");
    if (ok) {
        return { area: "pods", name, ok, detail };
    }
    if (leaving) {
        const next = waitForEnd(spec?.nodeName, new Date(end), now);
        return { area: "pods", name, ok, detail, next };
    }
    const next = containers.some(isInLog)
        ? `kubectl logs ${name} -n ${namespace}${containers.some(isInPreviousLog) ? " --previous" : ""}`
        : `kubectl describe pod ${name} -n ${namespace}`;
    return { area: "pods", name, ok, detail, next };
}

/** How long a hung broker gets to stop, in seconds: the probe that restarts one gives it as long. */
const GRACE_SECONDS = 30;

/**
 * The command that ends a pod, also one that hangs: its node kills the process, and says when it is gone. A pod that is being
 * deleted already keeps the time that it had, as Kubernetes 1.34 with containerd 1.6 showed.
 */
export function endSooner(pod: string, namespace: string): string {
    return `kubectl delete pod ${pod} -n ${namespace} --grace-period=${GRACE_SECONDS}`;
}

/**
 * What to do about a pod that is being deleted.
 *
 * @param end When its node has to kill it at the latest.
 */
function waitForEnd(node: string | undefined, end: Date, now: Date): string {
    return now < end
        ? `wait until ${end.toISOString()}, when its node kills what still runs`
        : // With --force another pod would start beside it, with the same volume.
          `kubectl describe node ${node ?? "NAME"}, which should have ended it; no --force while its process may run: ` +
              'docs/operations.md, "A node or a zone is lost"';
}

/** Whether a container ended and waits to be started again, so that its last log has the reason. */
function isInPreviousLog({ state, lastState }: V1ContainerStatus): boolean {
    return state?.waiting?.reason === CRASHED && lastState?.terminated !== undefined;
}

/** Whether a log says more than the pod's events: of a container that runs or ran, not of one that can't start. */
function isInLog(status: V1ContainerStatus): boolean {
    const { running, terminated } = status.state ?? {};
    return running !== undefined || terminated !== undefined || isInPreviousLog(status);
}

/** What the node and the scheduler say about a pod that isn't well. */
function reasons({ status }: Pick<V1Pod, "status">): string[] {
    const scheduling = status?.conditions?.find(
        ({ type, status: value }) => type === "PodScheduled" && value === "False",
    );
    const waiting = [
        ...(status?.initContainerStatuses ?? []),
        ...(status?.containerStatuses ?? []),
    ].map(({ state }) => state?.waiting?.reason ?? state?.terminated?.reason);
    return [scheduling?.message, ...waiting].filter((reason) => reason !== undefined);
}

/** Whether a pod is no part of what runs: of a Job, or left behind by a Deployment that has replaced it. */
export function isPast({ metadata, status }: V1Pod): boolean {
    const owners = (metadata?.ownerReferences ?? []).map(({ kind }) => kind);
    const ended = ["Failed", "Succeeded"].includes(status?.phase ?? "");
    return owners.includes("Job") || (ended && owners.includes("ReplicaSet"));
}

/** Checks the pods. */
export async function checkPods(
    context: HealthContext,
    expected: readonly ExpectedSet[],
): Promise<Check[]> {
    const { apis, namespace } = context;
    const [pods, ofStrimzi, nodes] = await Promise.all([
        apis.core.listNamespacedPod({ namespace, labelSelector: APPLICATIONS_SELECTOR }),
        // The operators of topics and users have another name than Kafka.
        apis.core.listNamespacedPod({ namespace, labelSelector: `${CLUSTER_LABEL}=${CLUSTER}` }),
        // Nodes are cluster-wide and often not for every user to see; only the zones are missing without them.
        apis.core.listNode().catch(() => ({ items: [] })),
    ]);
    const present = [...pods.items, ...ofStrimzi.items].filter((pod) => !isPast(pod));
    return judgePods(present, expected, nodes.items, namespace);
}
