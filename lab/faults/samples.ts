import type { LoadResult } from "../bench/load";

/** What a load found out about one fault. */
export interface Injection extends LoadResult {
    /**
     * Seconds from the end of the fault, as far as we end it, until all pods are ready and every replica is in sync.
     *
     * @default - It did not come to that within `RECOVERY_SECONDS`.
     */
    readonly recovery?: number;
}

/** A fault of a broker that leads partitions. */
export interface BrokerFault extends Injection {
    readonly broker: number;
    readonly isController: boolean;
}

/** A broker whose process was stopped and not continued. */
export interface Hang extends BrokerFault {
    /**
     * Seconds until Kubernetes says that the pod is not ready.
     *
     * @default - It never said so.
     */
    readonly notReady?: number;
    /**
     * Seconds until the container was started anew.
     *
     * @default - It was not, and the process was continued after `HANG_SECONDS`.
     */
    readonly restarted?: number;
}

/** A broker whose volume was full. */
export interface FullDisk extends BrokerFault {
    /**
     * Seconds until the broker ended itself.
     *
     * @default - It ran on.
     */
    readonly stopped?: number;
}

/** A broker that started on a full volume while `up` restarted brokers. */
export interface FullStart extends BrokerFault {
    /**
     * What `up` said of it.
     *
     * @default - It went through.
     */
    readonly said?: string;
    /**
     * Why an `up` did not go through after the volume was free again.
     *
     * @default - Both did.
     */
    readonly fault?: string;
}

/** The power cut of a broker's node. */
export interface NodeCut extends Injection {
    readonly broker: number;
    readonly withZookeeperLeader: boolean;
}

/** Two nodes that were drained at once. */
export interface Drain extends Injection {
    /** Brokers that had to go. */
    readonly brokersGone: number;
    /** Members of ZooKeeper that had to go. */
    readonly zookeepersGone: number;
}

/** An `up` that was killed, and the one after it. */
export interface KilledUp {
    /** Seconds from the beginning of the first one until it was killed. */
    readonly killedAfter: number;
    /** Seconds that the next one took. */
    readonly seconds: number;
    /**
     * Why the next one did not go through.
     *
     * @default - It did.
     */
    readonly fault?: string;
}

/** What each round of a group finds. */
export interface FaultSamples {
    /** What was found of one planted loss, one duplicate and one message out of order. */
    readonly counter: LoadResult;
    readonly broker: BrokerFault;
    readonly zookeeper: Injection;
    readonly pause: BrokerFault;
    readonly hang: Hang;
    readonly node: NodeCut;
    readonly drain: Drain;
    readonly claim: Injection;
    readonly disk: FullDisk;
    readonly startup: FullStart;
    readonly update: Injection & KilledUp;
    readonly deploy: KilledUp;
}

/** A kind of fault, or the counter that has to find one. */
export type FaultGroup = keyof FaultSamples;

/** Kinds of faults that a load runs through. */
export const INJECTED = [
    "broker",
    "zookeeper",
    "pause",
    "hang",
    "node",
    "drain",
    "claim",
    "disk",
    "startup",
    "update",
] as const satisfies readonly FaultGroup[];

/** A kind of fault that a load runs through. */
export type InjectedGroup = (typeof INJECTED)[number];
