import { firstNodeId } from "../../../components/strimzi/names";
import { StrimziObject, StrimziSpecs } from "./resources";

export type KafkaObject = StrimziObject<StrimziSpecs["kafkas"]>;
export type PoolObject = StrimziObject<StrimziSpecs["kafkanodepools"]>;

/** Ports of the nodes among themselves. */
export const CONTROL_PLANE_PORT = 9090;
export const REPLICATION_PORT = 9091;

/** A cluster as the stand-in sees it. */
export interface Cluster {
    readonly namespace: string;
    readonly image: string;
    readonly clusterId: string;
    readonly kafka: KafkaObject;
    readonly pools: readonly PoolObject[];
}

/** Ids of a pool's nodes. */
export function nodeIds({ metadata, spec }: PoolObject): number[] {
    const first = firstNodeId(metadata.name);
    return Array.from({ length: spec.replicas }, (_, index) => first + index);
}

/** Ids of the nodes that have a role. */
export function idsWithRole(pools: readonly PoolObject[], role: "broker" | "controller"): number[] {
    return pools.filter(({ spec }) => spec.roles.includes(role)).flatMap(nodeIds);
}
