import type { KubernetesObject } from "@kubernetes/client-node";
import { KAFKA, ZOOKEEPER } from "../../components/kafka/names";
import { recall } from "../../components/kafka/remembered";
import { listStrimzi, STRIMZI_KAFKA } from "../../components/kafka/strimziObjects";
import { type LiveObjects, STATEFUL_SET } from "../../components/live/objects";
import { CLUSTER } from "../../components/strimzi/names";
import type { DeploymentType } from "./deploymentType";
import { type EngineName, engineOf } from "./engine";

/** What a namespace has of a Kafka. */
export interface FoundKafka {
    /** The engine that deployed it; `undefined` where none of the demo's did, or none runs. */
    readonly engine?: EngineName;
    /** Its deployment type, or that of the data that an earlier one left. */
    readonly type?: DeploymentType;
}

/** Finds the Kafka of a namespace, or what its data are of. */
export async function findKafka(live: LiveObjects, namespace: string): Promise<FoundKafka> {
    const sets = deployed(await live.list(STATEFUL_SET, namespace), [KAFKA, ZOOKEEPER]);
    const resources = deployed(await listStrimzi(live, STRIMZI_KAFKA, namespace), [CLUSTER]);
    if (sets !== undefined) {
        return { engine: sets, type: "statefulset" };
    }
    if (resources !== undefined) {
        return { engine: resources, type: "strimzi" };
    }
    const { deploymentType, zookeeperMembers } = await recall(live, namespace);
    return deploymentType === undefined && zookeeperMembers === undefined
        ? {}
        : { type: deploymentType ?? "statefulset" };
}

/** The engine of the first object with one of the names that an engine deployed. */
function deployed(
    objects: readonly KubernetesObject[],
    names: readonly string[],
): EngineName | undefined {
    return objects
        .filter(({ metadata }) => names.includes(metadata?.name ?? ""))
        .map(engineOf)
        .find((engine) => engine !== undefined);
}
