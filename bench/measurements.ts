import type { LoadResult } from "./load";
import type { ProducerFigures, Samples } from "./samples";
import { median } from "./statistics";

/** What a figure should be. A ratio is ours divided by the reference. */
export interface Target {
    readonly of: "ratio" | "value";
    readonly is: "at most" | "at least";
    readonly limit: number;
}

/** A figure of one side. */
export interface Figure {
    readonly value: number;
    /** What it was made of. */
    readonly samples: readonly number[];
}

/** Something measured, and what it should be. */
export interface Measurement {
    readonly metric: string;
    readonly unit: "s" | "ms" | "MiB/s" | "messages";
    readonly ours: Figure;
    /** The same of what it is compared with, in the same run. */
    readonly reference?: Figure;
    readonly target?: Target;
}

const atMost = (of: Target["of"], limit: number): Target => ({ of, is: "at most", limit });
const maximum = (values: readonly number[]) => Math.max(...values);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** What was measured, with the targets. Where nothing was, there is no entry. */
export function measurementsOf(samples: Samples) {
    const { deploy, throughput, roll, node, security, preview, lab } = samples;
    const loads = (name: string, { ours, reference }: Loads, stallLimit: number) => [
        entry(
            `${name}: longest time without an acknowledgement`,
            "s",
            maximum,
            ours.map(({ stall }) => stall),
            reference.map(({ stall }) => stall),
            atMost("value", stallLimit),
        ),
        entry(
            `${name}: the same for the worst partition`,
            "s",
            maximum,
            ours.map(({ worstPartitionStall }) => worstPartitionStall),
            reference.map(({ worstPartitionStall }) => worstPartitionStall),
        ),
        entry(
            `${name}: acknowledged messages lost`,
            "messages",
            sum,
            ours.map(({ lost }) => lost),
            reference.map(({ lost }) => lost),
            atMost("value", 0),
        ),
        entry(
            `${name}: messages that the client gave up`,
            "messages",
            sum,
            ours.map(({ failed }) => failed),
            reference.map(({ failed }) => failed),
        ),
    ];
    const cost = (name: string, ours: ProducerFigures, reference: ProducerFigures) =>
        (
            [
                ["producer throughput", "MiB/s", "throughput"],
                ["average latency", "ms", "averageLatency"],
                ["99th percentile of latency", "ms", "percentile99"],
            ] as const
        ).map(([metric, unit, key]) =>
            entry(`${name}: ${metric}`, unit, median, ours[key], reference[key]),
        );
    return [
        entry(
            "deployment to first message",
            "s",
            median,
            deploy.ours,
            deploy.reference,
            atMost("ratio", 2),
        ),
        entry("producer throughput", "MiB/s", median, throughput.ours, throughput.reference, {
            of: "ratio",
            is: "at least",
            limit: 0.95,
        }),
        entry(
            "preview without changes",
            "s",
            median,
            preview.ours,
            preview.reference,
            atMost("ratio", 1.3),
        ),
        entry(
            "rolling restart: duration",
            "s",
            median,
            roll.ours.map(({ duration }) => duration),
            roll.reference.map(({ duration }) => duration),
            atMost("value", 45),
        ),
        ...loads("rolling restart", roll, 1),
        ...loads("node loss", { ours: node, reference: [] }, 12),
        entry(
            "node loss: start of the node to all replicas in sync",
            "s",
            maximum,
            node.map(({ recovery }) => recovery),
            [],
        ),
        ...cost("TLS between brokers", security.plaintext, security.unencrypted),
        ...cost("TLS listener", security.tls, security.plaintext),
        ...cost("TLS and SCRAM listener", security.scram, security.plaintext),
        entry("lab: up when built", "s", median, lab.up, [], atMost("value", 10)),
        entry("lab: down", "s", median, lab.down, [], atMost("value", 3)),
    ].filter((measurement) => measurement !== undefined);
}

interface Loads {
    readonly ours: readonly LoadResult[];
    readonly reference: readonly LoadResult[];
}

function entry(
    metric: string,
    unit: Measurement["unit"],
    combine: (values: readonly number[]) => number,
    ours: readonly number[],
    reference: readonly number[],
    target?: Target,
): Measurement | undefined {
    if (ours.length === 0) {
        return undefined;
    }
    const figure = (samples: readonly number[]): Figure => ({ value: combine(samples), samples });
    return {
        metric,
        unit,
        ours: figure(ours),
        ...(reference.length > 0 && { reference: figure(reference) }),
        ...(target && { target }),
    };
}

/** Ours divided by the reference; `undefined` where that says nothing. */
export function ratioOf({ ours, reference }: Measurement): number | undefined {
    return reference === undefined || reference.value === 0
        ? undefined
        : ours.value / reference.value;
}

/** Whether a measurement meets its target; `undefined` without one, or without what it needs. */
export function isMet(measurement: Measurement): boolean | undefined {
    const { target, ours } = measurement;
    const value = target?.of === "ratio" ? ratioOf(measurement) : ours.value;
    if (target === undefined || value === undefined) {
        return undefined;
    }
    return target.is === "at most" ? value <= target.limit : value >= target.limit;
}

/** Whether no acknowledged message was lost by what is under test. */
export function nothingLost({ roll, node }: Samples): boolean {
    return [...roll.ours, ...node].every(({ lost }) => lost === 0);
}
