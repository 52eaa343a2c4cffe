import type { LoadResult } from "./load";
import type { Pair } from "./pair";
import type { Group, ProducerFigures, Samples, Way } from "./samples";
import { median } from "./statistics";

/** What a figure should be. A ratio is ours divided by the reference. */
export interface Target {
    readonly of: "ratio" | "value";
    readonly is: "at most" | "at least";
    readonly limit: number;
}

/** A figure and what it was made of. */
export interface Figure {
    readonly value: number;
    readonly samples: readonly number[];
}

/** Something measured, and what it should be. */
export interface Measurement {
    readonly group: Group;
    readonly metric: string;
    readonly unit: "s" | "ms" | "MiB/s" | "messages";
    readonly ours: Figure;
    /** The same of what it is compared with, in the same run. */
    readonly reference?: Figure;
    /** Ours divided by the reference: of each pair where they were measured in pairs. */
    readonly ratio?: Figure;
    readonly target?: Target;
}

const atMost = (of: Target["of"], limit: number): Target => ({ of, is: "at most", limit });
const maximum = (values: readonly number[]) => Math.max(...values);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** What was measured, with the targets. Where nothing was, there is no entry. */
export function measurementsOf(samples: Samples): Measurement[] {
    return [
        ...deployment(samples),
        ...throughput(samples),
        ...previews(samples),
        ...rolls(samples),
        ...nodeLosses(samples),
        ...security(samples),
        ...labCycles(samples),
    ];
}

function deployment({ deploy }: Samples): Measurement[] {
    const pairs = deploy.map(({ ours, reference }) => ({
        ours: ours.firstMessage,
        reference: reference.firstMessage,
    }));
    return paired(
        { group: "deploy", metric: "deployment to first message", unit: "s" },
        pairs,
        atMost("ratio", 2),
    );
}

function throughput(samples: Samples): Measurement[] {
    return paired(
        { group: "throughput", metric: "producer throughput", unit: "MiB/s" },
        samples.throughput.flatMap(({ pairs }) => pairs),
        { of: "ratio", is: "at least", limit: 0.95 },
    );
}

function previews({ preview }: Samples): Measurement[] {
    return paired(
        { group: "preview", metric: "preview without changes", unit: "s" },
        preview.flatMap(({ pairs }) => pairs),
        atMost("ratio", 1.3),
    );
}

function rolls({ roll }: Samples): Measurement[] {
    const ours = roll.filter(({ side }) => side === "ours");
    const reference = roll.filter(({ side }) => side === "reference");
    return [
        ...compared(
            { group: "roll", metric: "rolling restart: duration", unit: "s" },
            median,
            ours.map(({ duration }) => duration),
            reference.map(({ duration }) => duration),
            atMost("value", 45),
        ),
        ...loads("roll", "rolling restart", ours, reference, 1),
    ];
}

function nodeLosses({ node }: Samples): Measurement[] {
    return [
        ...loads("node", "node loss", node, [], 12),
        ...compared(
            {
                group: "node",
                metric: "node loss: start of the node to all replicas in sync",
                unit: "s",
            },
            maximum,
            node.map(({ recovery }) => recovery),
        ),
    ];
}

function security(samples: Samples): Measurement[] {
    const of = (way: Way) => samples.security.flatMap((round) => round[way] ?? []);
    return [
        ...cost("TLS between brokers", of("plaintext"), of("unencrypted")),
        ...cost("TLS listener", of("tls"), of("plaintext")),
        ...cost("TLS and SCRAM listener", of("scram"), of("plaintext")),
    ];
}

function labCycles({ lab }: Samples): Measurement[] {
    const cycles = lab.flatMap((round) => round.cycles);
    return [
        ...compared(
            { group: "lab", metric: "lab: up when built", unit: "s" },
            median,
            cycles.map(({ up }) => up),
            [],
            atMost("value", 10),
        ),
        ...compared(
            { group: "lab", metric: "lab: down", unit: "s" },
            median,
            cycles.map(({ down }) => down),
            [],
            atMost("value", 3),
        ),
    ];
}

function loads(
    group: Group,
    name: string,
    ours: readonly LoadResult[],
    reference: readonly LoadResult[],
    stallLimit: number,
): Measurement[] {
    const row = (
        metric: string,
        unit: Measurement["unit"],
        combine: (values: readonly number[]) => number,
        key: keyof LoadResult,
        target?: Target,
    ) =>
        compared(
            { group, metric: `${name}: ${metric}`, unit },
            combine,
            ours.map((load) => load[key]),
            reference.map((load) => load[key]),
            target,
        );
    return [
        ...row(
            "longest time without an acknowledgement",
            "s",
            maximum,
            "stall",
            atMost("value", stallLimit),
        ),
        ...row("the same for the worst partition", "s", maximum, "worstPartitionStall"),
        ...row("acknowledged messages lost", "messages", sum, "lost", atMost("value", 0)),
        ...row("messages stored twice", "messages", sum, "duplicates"),
        ...row("messages that the client gave up", "messages", sum, "failed"),
    ];
}

function cost(
    name: string,
    ours: readonly ProducerFigures[],
    reference: readonly ProducerFigures[],
): Measurement[] {
    const row = (metric: string, unit: Measurement["unit"], key: keyof ProducerFigures) =>
        compared(
            { group: "security", metric: `${name}: ${metric}`, unit },
            median,
            ours.map((figures) => figures[key]),
            reference.map((figures) => figures[key]),
        );
    return [
        ...row("producer throughput", "MiB/s", "throughput"),
        ...row("average latency", "ms", "averageLatency"),
        ...row("99th percentile of latency", "ms", "percentile99"),
    ];
}

type Metric = Pick<Measurement, "group" | "metric" | "unit">;

/** Both sides by themselves. */
function compared(
    metric: Metric,
    combine: (values: readonly number[]) => number,
    ours: readonly number[],
    reference: readonly number[] = [],
    target?: Target,
): Measurement[] {
    if (ours.length === 0) {
        return [];
    }
    const figure = (samples: readonly number[]): Figure => ({ value: combine(samples), samples });
    const here = figure(ours);
    const there = reference.length > 0 ? figure(reference) : undefined;
    const ratio = there && there.value !== 0 ? here.value / there.value : undefined;
    return [
        {
            ...metric,
            ours: here,
            ...(there && { reference: there }),
            ...(ratio !== undefined && { ratio: { value: ratio, samples: [ratio] } }),
            ...(target && { target }),
        },
    ];
}

/** Sides that were measured in pairs: what slows a machine down for a while slows both down. */
function paired(metric: Metric, pairs: readonly Pair[], target: Target): Measurement[] {
    const ratios = pairs.map(({ ours, reference }) => ours / reference);
    return compared(
        metric,
        median,
        pairs.map(({ ours }) => ours),
        pairs.map(({ reference }) => reference),
        target,
    ).map((one) => ({ ...one, ratio: { value: median(ratios), samples: ratios } }));
}

/** Whether a measurement meets its target; `undefined` without one, or without what it needs. */
export function isMet({ target, ours, ratio }: Measurement): boolean | undefined {
    const value = target?.of === "ratio" ? ratio?.value : ours.value;
    if (target === undefined || value === undefined) {
        return undefined;
    }
    return target.is === "at most" ? value <= target.limit : value >= target.limit;
}

/** Acknowledged messages that were lost by what is under test. */
export function lostMessages({ roll, node }: Samples): number {
    return sum([...roll.filter(({ side }) => side === "ours"), ...node].map(({ lost }) => lost));
}
