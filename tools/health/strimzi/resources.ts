import { CLUSTER, CLUSTER_LABEL, STRIMZI_API } from "../../../components/strimzi/names";
import { orIfMissing } from "../../client/kubernetes";
import type { HealthContext } from "../check";

/** What an operator says of a resource. */
export interface Condition {
    /** `Ready`, `NotReady`, `Warning`, `ReconciliationPaused` or `Unmanaged`. */
    readonly type: string;
    readonly status: string;
    readonly reason?: string;
    readonly message?: string;
}

/** A resource of Strimzi's, as far as the health check reads it. */
export interface StrimziResource<Status = object> {
    readonly metadata: { readonly name: string; readonly generation: number };
    readonly status?: {
        /** Generation of the specification that the operator dealt with last. */
        readonly observedGeneration?: number;
        readonly conditions?: readonly Condition[];
    } & Status;
}

/** The `Kafka` resource. */
export type KafkaResource = StrimziResource<{
    readonly kafkaVersion?: string;
    readonly kafkaMetadataVersion?: string;
    readonly operatorLastSuccessfulVersion?: string;
}>;

/** A node pool; it never has a condition `Ready`. */
export interface NodePool extends StrimziResource<{ readonly nodeIds?: readonly number[] }> {
    readonly spec: {
        readonly replicas: number;
        readonly storage: {
            /** Nodes without them keep nothing. */
            readonly volumes?: readonly { readonly id: number; readonly type: string }[];
        };
    };
}

/** The resources that belong to a `Kafka` resource, by their plural. */
interface Resources {
    readonly kafkanodepools: NodePool;
    readonly kafkatopics: StrimziResource;
    readonly kafkausers: StrimziResource;
}

/** Fetches the `Kafka` resource; `undefined` where there is none, or no such kind. */
export async function fetchKafka({
    apis,
    namespace,
}: HealthContext): Promise<KafkaResource | undefined> {
    const kafka = { ...STRIMZI_API, namespace, plural: "kafkas", name: CLUSTER };
    return orIfMissing(
        apis.custom.getNamespacedCustomObject(kafka) as Promise<KafkaResource>,
        undefined,
    );
}

/** Fetches what belongs to the `Kafka` resource; nothing where there is no such kind. */
export async function fetchResources<Plural extends keyof Resources>(
    { apis, namespace }: HealthContext,
    plural: Plural,
): Promise<readonly Resources[Plural][]> {
    const labelSelector = `${CLUSTER_LABEL}=${CLUSTER}`;
    const list = apis.custom.listNamespacedCustomObject({
        ...STRIMZI_API,
        namespace,
        plural,
        labelSelector,
    }) as Promise<{ items: Resources[Plural][] }>;
    return (await orIfMissing(list, { items: [] })).items;
}
