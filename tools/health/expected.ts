import type { V1StatefulSet } from "@kubernetes/client-node";
import { KAFKA, ordinals, ZOOKEEPER } from "../../components/kafka/names";
import { BROKER_POOL, firstNodeId, nodePod } from "../../components/strimzi/names";
import { answerCode, FORBIDDEN } from "../client/kubernetes";
import type { HealthContext } from "./check";
import { fetchResources, type NodePool } from "./strimzi/resources";

/** What a StatefulSet or a node pool promises. */
export interface ExpectedSet {
    /** Kind of the resource, as kubectl takes it. */
    readonly kind: "statefulset" | "kafkanodepool";
    readonly name: string;
    readonly replicas: number;
    readonly pods: readonly string[];
    readonly claims: readonly string[];
}

/** The pods and claims that a StatefulSet should have. */
export function expectedOfStatefulSet({ metadata, spec }: V1StatefulSet): ExpectedSet {
    const name = metadata?.name ?? "";
    const replicas = spec?.replicas ?? 1;
    const pods = ordinals(replicas).map((ordinal) => `${name}-${ordinal}`);
    const volumes = (spec?.volumeClaimTemplates ?? []).map((claim) => claim.metadata?.name ?? "");
    return { kind: "statefulset", name, replicas, pods, claims: claimsOf(volumes, pods) };
}

/** The pods and claims that a node pool should have. */
export function expectedOfNodePool({ metadata: { name }, spec, status }: NodePool): ExpectedSet {
    const { replicas, storage } = spec;
    const first = firstNodeId(name);
    // Until the operator has given out ids, those that it will begin with.
    const ids = status?.nodeIds ?? ordinals(replicas).map((ordinal) => first + ordinal);
    const pods = ids.map((id) => nodePod(name, id));
    const volumes = (storage.volumes ?? [])
        .filter(({ type }) => type === "persistent-claim")
        .map(({ id }) => `data-${id}`);
    return { kind: "kafkanodepool", name, replicas, pods, claims: claimsOf(volumes, pods) };
}

function claimsOf(volumes: readonly string[], pods: readonly string[]): string[] {
    return volumes.flatMap((volume) => pods.map((pod) => `${volume}-${pod}`));
}

/** Ids of the brokers that there should be; `undefined` where nothing that may be read says so. */
export function expectedBrokers(expected: readonly ExpectedSet[]): number[] | undefined {
    return expected
        .find(({ kind, name }) => name === (kind === "statefulset" ? KAFKA : BROKER_POOL))
        ?.pods.map((pod) => Number(pod.slice(pod.lastIndexOf("-") + 1)));
}

/** The StatefulSets of brokers and ZooKeeper, and the node pools of Strimzi. */
export async function fetchExpectedSets(context: HealthContext): Promise<ExpectedSet[]> {
    const { apis, namespace } = context;
    const [statefulSets, pools] = await Promise.all([
        apis.apps.listNamespacedStatefulSet({ namespace }),
        fetchResources(context, "kafkanodepools").catch((error: unknown) => {
            // It is for the area of the operator to say so, and the pods that exist are still checked.
            if (answerCode(error) !== FORBIDDEN) {
                throw error;
            }
            return [];
        }),
    ]);
    return [
        ...statefulSets.items
            .filter(({ metadata }) => [KAFKA, ZOOKEEPER].includes(metadata?.name ?? ""))
            .map(expectedOfStatefulSet),
        ...pools.filter(({ spec }) => spec.replicas > 0).map(expectedOfNodePool),
    ];
}
