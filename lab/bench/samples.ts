import type { LabCycle } from "./labCycle";
import type { LoadResult } from "./load";
import type { Pair, Side } from "./pair";

/** Seconds from an empty namespace. */
export interface DeployTimes {
    /** Until what deploys has ended. */
    readonly deployed: number;
    readonly firstMessage: number;
}

/** A rolling restart under load. */
export interface Roll extends LoadResult {
    readonly side: Side;
    /** From the change of the StatefulSet until all brokers are restarted and ready, in seconds. */
    readonly duration: number;
}

/** The loss and the return of a broker's node under load. */
export interface NodeLoss extends LoadResult {
    readonly broker: number;
    /** Whether ZooKeeper's leader was on the node. */
    readonly withZookeeperLeader: boolean;
    /** From the node's start until every replica is in sync, in seconds. */
    readonly recovery: number;
}

/** What a producer achieved. */
export interface ProducerFigures {
    /** MiB a second, as fast as possible. */
    readonly throughput: number;
    /** Average time to an acknowledgement at a steady rate, in milliseconds. */
    readonly averageLatency: number;
    /** What 99 of 100 of these times did not exceed. */
    readonly percentile99: number;
}

/** How a producer talks to which brokers. */
export type Way =
    /** In plain text, with brokers that talk to each other in plain text. */
    | "unencrypted"
    /** In plain text, with TLS between brokers, as all that follow. */
    | "plaintext"
    | "tls"
    /** TLS and a password. */
    | "scram";

/** What is measured in each round of a group, as it was measured. */
export interface RoundSamples {
    readonly lab: { readonly cycles: readonly LabCycle[] };
    /** What was found of one planted loss, one duplicate and one message out of order. */
    readonly counter: LoadResult;
    readonly deploy: Readonly<Record<Side, DeployTimes>>;
    /** MiB a second. */
    readonly throughput: { readonly warmUp: Pair; readonly pairs: readonly Pair[] };
    /** Seconds. */
    readonly preview: { readonly pairs: readonly Pair[] };
    readonly roll: Roll;
    readonly node: NodeLoss;
    readonly security: Readonly<Partial<Record<Way, readonly ProducerFigures[]>>>;
}

/** Something to measure. */
export type Group = keyof RoundSamples;

/** Everything that was measured: of each group, what each of its rounds found. */
export type Samples = { readonly [G in Group]: readonly RoundSamples[G][] };

/** Nothing measured. */
export const NO_SAMPLES: Samples = {
    lab: [],
    counter: [],
    deploy: [],
    throughput: [],
    preview: [],
    roll: [],
    node: [],
    security: [],
};
