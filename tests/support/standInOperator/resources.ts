import {
    CustomObjectsApi,
    KubeConfig,
    KubernetesObject,
    PatchStrategy,
    setHeaderOptions,
} from "@kubernetes/client-node";
import { KafkaSpec } from "../../../components/strimzi/kafkaSpec";
import { STRIMZI_API } from "../../../components/strimzi/names";
import { KafkaNodePoolSpec } from "../../../components/strimzi/nodePools";
import { KafkaTopicSpec } from "../../../components/strimzi/topics";

/** A resource of Strimzi's as the API server has it. */
export interface StrimziObject<Spec> extends KubernetesObject {
    readonly metadata: KubernetesObject["metadata"] & { readonly name: string };
    readonly spec: Spec;
    readonly status?: { readonly clusterId?: string; readonly observedGeneration?: number };
}

/** The resources that the stand-in looks at, by their plural. */
export interface StrimziSpecs {
    readonly kafkas: KafkaSpec;
    readonly kafkanodepools: KafkaNodePoolSpec;
    readonly kafkatopics: KafkaTopicSpec;
    readonly kafkausers: object;
}

const MERGE_PATCH = setHeaderOptions("Content-Type", PatchStrategy.MergePatch);

/** Strimzi's resources in one namespace. */
export class StrimziObjects {
    private readonly api: CustomObjectsApi;

    constructor(
        kubeConfig: KubeConfig,
        private readonly namespace: string,
    ) {
        this.api = kubeConfig.makeApiClient(CustomObjectsApi);
    }

    async list<Plural extends keyof StrimziSpecs>(
        plural: Plural,
    ): Promise<StrimziObject<StrimziSpecs[Plural]>[]> {
        const list = (await this.api.listNamespacedCustomObject({
            ...STRIMZI_API,
            namespace: this.namespace,
            plural,
        })) as { items: StrimziObject<StrimziSpecs[Plural]>[] };
        return list.items;
    }

    /** Changes the status of a resource, and notes that this is what came of its present specification. */
    async setStatus<Plural extends keyof StrimziSpecs>(
        plural: Plural,
        { metadata, status: before }: StrimziObject<StrimziSpecs[Plural]>,
        status: object,
    ): Promise<void> {
        const after = { ...status, observedGeneration: metadata.generation };
        if (JSON.stringify({ ...before, ...after }) === JSON.stringify(before)) {
            return;
        }
        await this.api.patchNamespacedCustomObjectStatus(
            {
                ...STRIMZI_API,
                namespace: this.namespace,
                plural,
                name: metadata.name,
                body: { status: after },
            },
            MERGE_PATCH,
        );
    }
}

/** The conditions of a resource that is as it should be. */
export const READY = { conditions: [{ type: "Ready", status: "True" }] };

/** The conditions of a resource that is not as it should be. */
export function notReady(type: "NotReady" | "Ready", message: string): { conditions: object[] } {
    const status = type === "NotReady" ? "True" : "False";
    return { conditions: [{ type, status, reason: "StandIn", message }] };
}

/** The condition of a `Kafka` some of whose brokers were to go and hold replicas. */
export function keptBrokers(message: string): object {
    return { type: "Warning", status: "True", reason: "ScaleDownPreventionCheck", message };
}
