import type {
    KubernetesObject,
    V1Job,
    V1PersistentVolumeClaim,
    V1PodSpec,
    V1ResourceRequirements,
    V1StatefulSet,
} from "@kubernetes/client-node";
import { DATA_VOLUME, KAFKA, ordinals, ZOOKEEPER } from "../../components/kafka/names";
import { keptTo } from "../../components/kubernetes/podAdditions";
import {
    BROKER_POOL,
    CLUSTER,
    CLUSTER_LABEL,
    CONTROLLER_POOL,
    firstNodeId,
    nodePod,
    POOL_LABEL,
} from "../../components/strimzi/names";
import type { KafkaSpec } from "../../components/strimzi/kafkaSpec";
import type { KafkaNodePoolSpec } from "../../components/strimzi/nodePools";
import type { RenderedStack } from "../render/renderStack";
import type { PodGroup } from "./podGroup";
import { releasePods } from "./releasePods";

/** A claim that a stack makes. */
export interface PlannedClaim {
    readonly name: string;
    /** Key of the configuration with its storage. */
    readonly key: string;
    readonly size: string;
    /** `undefined` for the cluster's default class. */
    readonly storageClass?: string;
}

/** Kinds of servers, by the name of their StatefulSet or node pool. */
const SERVERS: Readonly<Record<string, { readonly what: string; readonly key: string }>> = {
    [KAFKA]: { what: "brokers", key: "kafka" },
    [BROKER_POOL]: { what: "brokers", key: "kafka" },
    [ZOOKEEPER]: { what: "members of ZooKeeper", key: "zookeeper" },
    [CONTROLLER_POOL]: { what: "controllers", key: "strimzi.controllers" },
};

/** The pods that a stack makes, in the order in which they come. */
export function plannedPods({ objects, releases }: RenderedStack): PodGroup[] {
    const operators = releases.flatMap(releasePods);
    const kafka = objects.find(({ kind }) => kind === "Kafka") as KafkaObject | undefined;
    const servers = objects.flatMap((object) => {
        switch (object.kind ?? "") {
            case "StatefulSet":
                return [podsOfSet(object)];
            case "KafkaNodePool":
                return podsOfPool(object as PoolObject, kafka);
            case "Job":
                return [podOfJob(object)];
            default:
                return [];
        }
    });
    return [...operators, ...servers, ...(kafka === undefined ? [] : [entityOperator(kafka)])];
}

/** The claims that a stack makes, and those that Strimzi makes for it. */
export function plannedClaims({ objects }: RenderedStack): PlannedClaim[] {
    return objects.flatMap((object) => {
        if (object.kind === "PersistentVolumeClaim") {
            const { metadata, spec } = object as V1PersistentVolumeClaim;
            const name = metadata!.name!;
            const set = name.startsWith(`${DATA_VOLUME}-${ZOOKEEPER}-`) ? ZOOKEEPER : KAFKA;
            return [
                {
                    name,
                    key: `${SERVERS[set]!.key}.storage`,
                    size: spec!.resources!.requests!["storage"]!,
                    ...(spec!.storageClassName && { storageClass: spec!.storageClassName }),
                },
            ];
        }
        return object.kind === "KafkaNodePool" ? claimsOfPool(object as PoolObject) : [];
    });
}

type KafkaObject = KubernetesObject & { readonly spec: KafkaSpec };
type PoolObject = KubernetesObject & { readonly spec: KafkaNodePoolSpec };

function podsOfSet(object: KubernetesObject): PodGroup {
    const { metadata, spec } = object as V1StatefulSet;
    const name = metadata!.name!;
    const { what, key } = SERVERS[name]!;
    const names = ordinals(spec!.replicas!).map((ordinal) => `${name}-${ordinal}`);
    return {
        what,
        key: `${key}.resources`,
        namespace: metadata!.namespace!,
        names,
        labels: spec!.template.metadata!.labels!,
        selector: spec!.selector.matchLabels!,
        spec: spec!.template.spec!,
        claims: names.map((pod) => `${DATA_VOLUME}-${pod}`),
    };
}

function podOfJob(object: KubernetesObject): PodGroup {
    const { metadata, spec } = object as V1Job;
    const labels = spec!.template.metadata!.labels!;
    return {
        what: `pods of Job ${metadata!.name}`,
        namespace: metadata!.namespace!,
        names: [metadata!.name!],
        labels,
        selector: labels,
        spec: spec!.template.spec!,
    };
}

/** Fields of a pod template of Strimzi that stand in the pod as they are. */
type TemplatePod = Partial<V1PodSpec> & {
    readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
};

/** None for the pool that only keeps the cluster's id. */
function podsOfPool(object: PoolObject, kafka: KafkaObject | undefined): PodGroup[] {
    const { metadata, spec } = object;
    const pool = metadata!.name!;
    if (spec.replicas === 0) {
        return [];
    }
    const { what, key } = SERVERS[pool]!;
    const { metadata: podMetadata, ...pod } = (spec.template?.pod ?? {}) as TemplatePod;
    const rack = spec.roles.includes("broker") ? kafka?.spec.kafka.rack : undefined;
    const selector = { [CLUSTER_LABEL]: CLUSTER, [POOL_LABEL]: pool };
    const names = poolPods(pool, spec);
    return [
        {
            what,
            key: `${key}.resources`,
            namespace: metadata!.namespace!,
            names,
            labels: { ...podMetadata?.labels, ...selector },
            selector,
            spec: {
                ...pod,
                ...(rack !== undefined && {
                    // Strimzi keeps brokers off nodes without a rack.
                    affinity: keptTo(pod.affinity ?? {}, [
                        { key: rack.topologyKey, operator: "Exists" },
                    ]),
                }),
                containers: [
                    {
                        name: "kafka",
                        resources: spec.resources,
                        ...(spec.template?.kafkaContainer as object),
                    },
                ],
                ...(rack !== undefined && {
                    initContainers: [
                        { name: "kafka-init", ...(spec.template?.initContainer as object) },
                    ],
                }),
            },
            claims: claimsOfPool(object).map((claim) => claim.name),
            madeBy: "Strimzi",
        },
    ];
}

function poolPods(pool: string, { replicas }: KafkaNodePoolSpec): string[] {
    return ordinals(replicas).map((id) => nodePod(pool, firstNodeId(pool) + id));
}

/** Strimzi names the claim of a volume after its id and the pod. */
function claimsOfPool({ metadata, spec }: PoolObject): PlannedClaim[] {
    const { storage } = spec;
    if (storage.type !== "jbod") {
        return [];
    }
    const pool = metadata!.name!;
    const key = `${SERVERS[pool]!.key}.storage`;
    return poolPods(pool, spec).flatMap((pod) =>
        storage.volumes.map((volume) => ({
            name: `${DATA_VOLUME}-${volume.id}-${pod}`,
            key,
            size: volume.size,
            ...(volume.class !== undefined && { storageClass: volume.class }),
        })),
    );
}

/** The pod of Strimzi's operators for topics and users. */
function entityOperator({ metadata, spec }: KafkaObject): PodGroup {
    const { topicOperator, userOperator, template } = spec.entityOperator;
    const selector = {
        [CLUSTER_LABEL]: CLUSTER,
        "strimzi.io/name": `${CLUSTER}-entity-operator`,
    };
    const resources = (of: typeof topicOperator) => of.resources as V1ResourceRequirements;
    return {
        what: "operators of topics and users",
        namespace: metadata!.namespace!,
        names: [`${CLUSTER}-entity-operator`],
        labels: selector,
        selector,
        spec: {
            ...(template.pod as Partial<V1PodSpec> | undefined),
            containers: [
                {
                    name: "topic-operator",
                    resources: resources(topicOperator),
                    securityContext: template.topicOperatorContainer.securityContext as object,
                },
                {
                    name: "user-operator",
                    resources: resources(userOperator),
                    securityContext: template.userOperatorContainer.securityContext as object,
                },
            ],
        },
        madeBy: "Strimzi",
    };
}
