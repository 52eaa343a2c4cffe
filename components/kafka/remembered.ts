import type { KubernetesObject, V1Namespace, V1StatefulSet } from "@kubernetes/client-node";
import { type LiveObjects, NAMESPACE, STATEFUL_SET } from "../live/objects";
import { boundOrdinals } from "./boundClaims";
import { mountedReplication } from "./mountedReplication";
import { KAFKA, ZOOKEEPER } from "./names";
import { MIN_ISR } from "./replication";
import { listStrimzi, STRIMZI_KAFKA, STRIMZI_NODE_POOL } from "./strimziObjects";

/**
 * What the data in a namespace depends on. It is kept in annotations of the namespace, which outlives the stack with the
 * claims. None of it is an input of a resource: taking the namespace back would overwrite it.
 */
export interface Remembered {
    /** The stack whose data it is, as `kafka-eks/prod`, or `acme/kafka-eks/prod` where there are organizations. */
    readonly owner?: string;
    /** Set where data of Strimzi's is here. Data of StatefulSets have ZooKeeper's members instead. */
    readonly deploymentType?: "strimzi";
    /** Number of ZooKeeper members that the ensemble's data was made with. */
    readonly zookeeperMembers?: number;
    /** Number of brokers that ran last. */
    readonly brokers?: number;
    /** Kafka's cluster id. */
    readonly clusterId?: string;
    /** Copies of a new topic's partitions. */
    readonly replicationFactor?: number;
    /** The brokers' `min.insync.replicas`. */
    readonly minInsyncReplicas?: number;
}

const ANNOTATION: { readonly [key in keyof Required<Remembered>]: string } = {
    owner: "kafka-eks/owner",
    deploymentType: "kafka-eks/deployment-type",
    zookeeperMembers: "kafka-eks/zookeeper-members",
    brokers: "kafka-eks/brokers",
    clusterId: "kafka-eks/cluster-id",
    replicationFactor: "kafka-eks/replication-factor",
    minInsyncReplicas: "kafka-eks/min-insync-replicas",
};

/** Reads what a namespace remembers; of a stack of an earlier program, what its claims and its configuration tell. */
export async function recall(live: LiveObjects, namespace: string): Promise<Remembered> {
    const found = await live.read<V1Namespace>({ ...NAMESPACE, name: namespace });
    if (found === undefined) {
        return {};
    }
    const remembered = fromAnnotations(found.metadata?.annotations ?? {});
    const brokers = await live.read<V1StatefulSet>({ ...STATEFUL_SET, namespace, name: KAFKA });
    return {
        ...remembered,
        ...(remembered.owner === undefined && {
            deploymentType: remembered.deploymentType ?? (await typeByPools(live, namespace)),
            zookeeperMembers:
                remembered.zookeeperMembers ?? (await membersByClaims(live, namespace)),
        }),
        // What brokers were told counts: an `up` may have ended before it wrote that down.
        minInsyncReplicas:
            (await mountedReplication(live, namespace, brokers)).minInsyncReplicas ??
            remembered.minInsyncReplicas ??
            (await minInsyncReplicasOfStrimzi(live, namespace)),
    };
}

/** Writes down what has changed; the rest stays as it is. */
export async function remember(
    live: LiveObjects,
    namespace: string,
    values: Remembered,
): Promise<void> {
    const ref = { ...NAMESPACE, name: namespace };
    const now = (await live.read<V1Namespace>(ref))?.metadata?.annotations ?? {};
    const changed = Object.entries(values)
        .filter(([, value]) => value !== undefined)
        .map(([key, value]) => [ANNOTATION[key as keyof Remembered], String(value)] as const)
        .filter(([annotation, value]) => now[annotation] !== value);
    if (changed.length > 0) {
        await live.merge(ref, { metadata: { annotations: Object.fromEntries(changed) } });
    }
}

function fromAnnotations(annotations: Readonly<Record<string, string>>): Remembered {
    const text = (key: keyof Remembered) => annotations[ANNOTATION[key]];
    const number = (key: keyof Remembered) => {
        const value = Number(text(key));
        return Number.isInteger(value) && value > 0 ? value : undefined;
    };
    return {
        owner: text("owner"),
        deploymentType: text("deploymentType") === "strimzi" ? "strimzi" : undefined,
        clusterId: text("clusterId"),
        zookeeperMembers: number("zookeeperMembers"),
        brokers: number("brokers"),
        replicationFactor: number("replicationFactor"),
        minInsyncReplicas: number("minInsyncReplicas"),
    };
}

/** The pool that keeps the cluster's id outlives the stack, as the claims do. */
async function typeByPools(live: LiveObjects, namespace: string): Promise<"strimzi" | undefined> {
    const pools = await listStrimzi(live, STRIMZI_NODE_POOL, namespace);
    return pools.length === 0 ? undefined : "strimzi";
}

async function membersByClaims(live: LiveObjects, namespace: string): Promise<number | undefined> {
    const ordinals = await boundOrdinals(live, namespace, ZOOKEEPER);
    return ordinals.length === 0 ? undefined : Math.max(...ordinals) + 1;
}

/** The value that brokers of Strimzi's were given. */
async function minInsyncReplicasOfStrimzi(
    live: LiveObjects,
    namespace: string,
): Promise<number | undefined> {
    const [kafka] = await listStrimzi<StrimziKafka>(live, STRIMZI_KAFKA, namespace);
    const value = kafka?.spec?.kafka?.config?.[MIN_ISR];
    return value === undefined ? undefined : Number(value);
}

/** Strimzi's resource, as far as it is read here. */
interface StrimziKafka extends KubernetesObject {
    readonly spec?: { readonly kafka?: { readonly config?: Readonly<Record<string, string>> } };
}
