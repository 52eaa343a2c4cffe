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

/** What a producer achieves, from as many rounds as there were. */
export interface ProducerFigures {
    /** MiB a second, as fast as possible. */
    readonly throughput: number[];
    /** Average time to an acknowledgement at a steady rate, in milliseconds. */
    readonly averageLatency: number[];
    /** What 99 of 100 of these times did not exceed. */
    readonly percentile99: number[];
}

/** Everything that a run has measured so far. */
export interface Samples {
    /** Seconds to the first message. */
    readonly deploy: Pair;
    /** MiB a second. */
    readonly throughput: Pair;
    readonly roll: { readonly ours: Roll[]; readonly reference: Roll[] };
    readonly node: NodeLoss[];
    readonly security: {
        /** In plain text, with brokers that talk to each other in plain text. */
        readonly unencrypted: ProducerFigures;
        /** In plain text, with TLS between brokers, as all that follow. */
        readonly plaintext: ProducerFigures;
        readonly tls: ProducerFigures;
        /** TLS and a password. */
        readonly scram: ProducerFigures;
    };
    /** Seconds. */
    readonly preview: Pair;
    /** Seconds. */
    readonly lab: { readonly up: number[]; readonly down: number[] };
}

/** Nothing measured yet. */
export function noSamples(): Samples {
    const pair = (): Pair => ({ ours: [], reference: [] });
    const figures = (): ProducerFigures => ({
        throughput: [],
        averageLatency: [],
        percentile99: [],
    });
    return {
        deploy: pair(),
        throughput: pair(),
        roll: { ours: [], reference: [] },
        node: [],
        security: {
            unencrypted: figures(),
            plaintext: figures(),
            tls: figures(),
            scram: figures(),
        },
        preview: pair(),
        lab: { up: [], down: [] },
    };
}
