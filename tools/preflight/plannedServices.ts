import type { KubernetesObject, V1Service } from "@kubernetes/client-node";
import { ordinals } from "../../components/kafka/names";
import type { KafkaSpec } from "../../components/strimzi/kafkaSpec";
import { bootstrapServiceName, brokerServiceName } from "../../components/strimzi/names";
import type { KafkaNodePoolSpec } from "../../components/strimzi/nodePools";

/** A Service that a stack makes, or that Strimzi makes for it. */
export interface PlannedService {
    readonly namespace: string;
    readonly name: string;
    readonly type: string;
}

/** Types of Services, by those of Strimzi's listeners that have Services of their own. */
const TYPES: Readonly<Record<string, string>> = {
    loadbalancer: "LoadBalancer",
    nodeport: "NodePort",
    "cluster-ip": "ClusterIP",
};

/** The Services of a stack. */
export function plannedServices(objects: readonly KubernetesObject[]): PlannedService[] {
    const pools = objects.filter(({ kind }) => kind === "KafkaNodePool") as PoolObject[];
    const brokers = pools
        .filter(({ spec }) => spec.roles.includes("broker"))
        .reduce((sum, { spec }) => sum + spec.replicas, 0);
    return objects.flatMap((object) => {
        const namespace = object.metadata?.namespace ?? "";
        if (object.kind === "Service") {
            const { spec } = object as V1Service;
            const type = spec?.type ?? "ClusterIP";
            return [{ namespace, name: object.metadata!.name!, type }];
        }
        if (object.kind !== "Kafka") {
            return [];
        }
        return (object as KafkaObject).spec.kafka.listeners
            .filter((listener) => listener.type in TYPES)
            .flatMap((listener) =>
                [
                    bootstrapServiceName(listener),
                    ...ordinals(brokers).map((id) => brokerServiceName(listener, id)),
                ].map((name) => ({ namespace, name, type: TYPES[listener.type]! })),
            );
    });
}

type KafkaObject = KubernetesObject & { readonly spec: KafkaSpec };
type PoolObject = KubernetesObject & { readonly spec: KafkaNodePoolSpec };
