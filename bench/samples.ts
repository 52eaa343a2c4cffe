import type { LoadResult } from "./load";

/** One figure of both sides, from as many rounds as there were. */
export interface Pair {
    readonly ours: number[];
    readonly reference: number[];
}

/** A rolling restart under load. */
export interface Roll extends LoadResult {
    /** From the change of the StatefulSet until all brokers are restarted and ready, in seconds. */
    readonly duration: number;
}

/** The loss and the return of a broker's node under load. */
export interface NodeLoss extends LoadResult {
    /** From the node's start until every replica is in sync, in seconds. */
    readonly recovery: number;
}

/** Everything that a run has measured so far. */
export interface Samples {
    /** Seconds to the first message. */
    readonly deploy: Pair;
    /** MiB a second. */
    readonly throughput: Pair;
    readonly roll: { readonly ours: Roll[]; readonly reference: Roll[] };
    readonly node: NodeLoss[];
    /** Seconds. */
    readonly preview: Pair;
    /** Seconds. */
    readonly lab: { readonly up: number[]; readonly down: number[] };
}

/** Nothing measured yet. */
export function noSamples(): Samples {
    const pair = (): Pair => ({ ours: [], reference: [] });
    return {
        deploy: pair(),
        throughput: pair(),
        roll: { ours: [], reference: [] },
        node: [],
        preview: pair(),
        lab: { up: [], down: [] },
    };
}
