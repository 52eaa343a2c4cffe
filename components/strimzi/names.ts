/**
 * Names that Strimzi derives from the `Kafka` resource and its node pools. Claims and DNS names are built from them, so
 * they are constants and not settings.
 *
 * @see https://strimzi.io/docs/operators/latest/deploying (list of Kafka cluster resources)
 */
import type { Listener } from "../kafka/listeners";
import { KAFKA, ordinals } from "../kafka/names";

/** API group and version of Strimzi's resources. */
export const STRIMZI_API = { group: "kafka.strimzi.io", version: "v1" } as const;

/** Label of everything that belongs to a Kafka cluster; its value is the name of the `Kafka` resource. */
export const CLUSTER_LABEL = "strimzi.io/cluster";
/** Label of a node pool's pods. */
export const POOL_LABEL = "strimzi.io/pool-name";
/** Name of the `Kafka` resource. */
export const CLUSTER = KAFKA;
/** Node pool of the brokers, whether or not they are controllers, too. */
export const BROKER_POOL = "broker";
/** Node pool of the controllers, where the brokers are none. */
export const CONTROLLER_POOL = "controller";
/** Node pool without nodes that keeps the cluster's id. */
export const CLUSTER_ID_POOL = "cluster-id";

/** First node id of the controllers, far from those of the brokers, which begin at 0. */
export const FIRST_CONTROLLER_ID = 900;

/** First node id of a pool. */
export function firstNodeId(pool: string): number {
    return pool === CONTROLLER_POOL ? FIRST_CONTROLLER_ID : 0;
}

/** Node ids that a pool may give out, as the value of `strimzi.io/next-node-ids`. */
export const NODE_IDS = {
    [BROKER_POOL]: `[0-${FIRST_CONTROLLER_ID - 1}]`,
    [CONTROLLER_POOL]: `[${FIRST_CONTROLLER_ID}-${FIRST_CONTROLLER_ID + 99}]`,
} as const;

/** Headless Service of all nodes. */
export const BROKERS_SERVICE = `${CLUSTER}-kafka-brokers`;

/** Name of a node's pod. */
export function nodePod(pool: string, id: number): string {
    return `${CLUSTER}-${pool}-${id}`;
}

/** Bootstrap Service of a listener; all internal ones share one. */
export function bootstrapServiceName({
    name,
    type,
}: {
    readonly name: string;
    readonly type: string;
}): string {
    return type === "internal"
        ? `${CLUSTER}-kafka-bootstrap`
        : `${CLUSTER}-kafka-${name}-bootstrap`;
}

/** The Services of an external listener: the bootstrap's first, then that of each broker. */
export function servicesOf(
    listener: Listener,
    brokers: number,
): { readonly name: string; readonly port: number }[] {
    const names = ordinals(brokers).map((id) => brokerServiceName(listener, id));
    return [bootstrapServiceName(listener), ...names].map((name) => ({
        name,
        port: listener.port,
    }));
}

/** Service in front of one broker's external listener. */
export function brokerServiceName(
    { name, port }: Pick<Listener, "name" | "port">,
    id: number,
): string {
    // Strimzi keeps an older name for this listener.
    const infix = name === "external" && port === 9094 ? "" : `-${name}`;
    return `${CLUSTER}-${BROKER_POOL}${infix}-${id}`;
}
