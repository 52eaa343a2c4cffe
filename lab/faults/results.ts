import { figureText } from "../bench/table";
import { RECOVERY_SECONDS } from "./recovery";
import {
    type FaultGroup,
    type FaultSamples,
    type FullStart,
    INJECTED,
    type Injection,
    type KilledUp,
} from "./samples";

/** A kind of fault. */
export type Fault = Exclude<FaultGroup, "counter">;

/** Everything that was found: of each kind, what each of its rounds found. */
export type AllFaults = { readonly [F in Fault]: readonly FaultSamples[F][] };

/** What each kind of fault is, for tables. */
export const TITLES: Readonly<Record<Fault, string>> = {
    broker: "kill -9 of the broker that leads most partitions",
    zookeeper: "kill -9 of ZooKeeper's leader",
    pause: "a broker stopped for 5 s",
    hang: "a broker stopped until it is restarted",
    node: "power cut of a broker's node for 25 s",
    drain: "two nodes drained at once",
    claim: "a broker's claim and volume lost",
    disk: "a broker's volume full",
    startup: "a broker started on a full volume, in an `up`",
    update: "`up` of a changed broker property killed",
    deploy: "`up` of a first deployment killed",
};

/** Within so many seconds a broker that hangs has to be restarted. */
const HANG_TARGET = 180;
/** What a disruption budget lets go at once. */
const GONE_TARGET = 1;

/** What {@link injectionRow} makes. */
export const INJECTION_HEAD = [
    "fault",
    "times",
    "acknowledged",
    "lost",
    "twice",
    "out of order",
    "given up",
    "longest stall",
    "whole again after",
    "probability of a loss (95 %)",
];

/** What {@link reactionRows} makes. */
export const REACTION_HEAD = ["what", "found", "target", "met"];

/** What {@link upRow} makes. */
export const UP_HEAD = ["fault", "times", "killed after", "next `up` goes through", "why not"];

/** The cells of some faults of one kind. */
export function injectionRow(title: string, injections: readonly Injection[]): string[] {
    const sum = (key: "acknowledged" | "lost" | "duplicates" | "reordered" | "failed") =>
        String(injections.reduce((total, each) => total + each[key], 0));
    const recoveries = injections.flatMap(({ recovery }) => recovery ?? []);
    const never = injections.length - recoveries.length;
    return [
        title,
        String(injections.length),
        sum("acknowledged"),
        sum("lost"),
        sum("duplicates"),
        sum("reordered"),
        sum("failed"),
        worst(injections.map(({ stall }) => stall)),
        [
            ...(recoveries.length > 0 ? [worst(recoveries)] : []),
            ...(never > 0 ? [`${never} not within ${RECOVERY_SECONDS} s`] : []),
        ].join("; "),
        lossBound(injections),
    ];
}

/**
 * Up to which probability such a fault loses acknowledged messages, with a confidence of 95 %: 3 divided by the number of
 * faults, as long as none has lost any.
 */
export function lossBound(injections: readonly Injection[]): string {
    const losing = injections.filter(({ lost }) => lost > 0).length;
    if (losing > 0) {
        return `lost in ${losing} of ${injections.length}`;
    }
    const percent = Math.min(100, 300 / injections.length);
    return `≤ ${percent.toFixed(percent < 10 ? 1 : 0)} %`;
}

/** What else faults have to lead to, or must not: rows of what was measured. */
export function reactionRows({ hang, drain, disk, startup }: AllFaults): string[][] {
    const restarted = hang.map((each) => each.restarted);
    return [
        ...secondsRow(
            "a broker hangs: not ready after",
            hang.map(({ notReady }) => notReady),
        ),
        ...secondsRow("a broker hangs: restarted after", restarted, HANG_TARGET),
        ...secondsRow(
            "a volume is full: the broker ends after",
            disk.map(({ stopped }) => stopped),
        ),
        ...saidRow(startup),
        ...goneRow(
            "two drains: brokers that went",
            drain.map(({ brokersGone }) => brokersGone),
        ),
        ...goneRow(
            "two drains: members of ZooKeeper that went",
            drain.map(({ zookeepersGone }) => zookeepersGone),
        ),
    ];
}

/** The cells of killed `up`s of one kind. */
export function upRow(title: string, killed: readonly KilledUp[]): string[] {
    const faults = killed.flatMap(({ fault }) => fault ?? []);
    const moments = killed.map(({ killedAfter }) => killedAfter);
    return [
        title,
        String(killed.length),
        `${Math.min(...moments).toFixed(0)}–${Math.max(...moments).toFixed(0)} s`,
        `${killed.length - faults.length} of ${killed.length}`,
        [...new Set(faults)].join("; "),
    ];
}

/** What must not have been found. */
export function violationsOf(found: AllFaults): string[] {
    const injections = INJECTED.flatMap((group): readonly Injection[] => found[group]);
    const lost = injections.reduce((sum, each) => sum + each.lost, 0);
    const broken = injections.filter(({ recovery }) => recovery === undefined).length;
    const gone = Math.max(
        0,
        ...found.drain.flatMap((each) => [each.brokersGone, each.zookeepersGone]),
    );
    const ups = [...found.update, ...found.deploy, ...found.startup];
    const stuck = ups.flatMap(({ fault }) => fault ?? []);
    const silent = found.startup.filter((each) => !isNamed(each));
    return [
        ...(lost > 0 ? [`acknowledged messages lost: expected 0, got ${lost}`] : []),
        ...(broken > 0
            ? [`faults after which Kafka was not whole again: expected 0, got ${broken}`]
            : []),
        ...(gone > GONE_TARGET
            ? [`pods of an application that two drains took: expected ${GONE_TARGET}, got ${gone}`]
            : []),
        ...(stuck.length > 0
            ? [
                  `up after a fault: expected to go through, got ${stuck.length} that did not: ${stuck[0]}`,
              ]
            : []),
        ...(silent.length > 0
            ? [
                  `up with a full volume: expected to be told so, got ${silent[0]!.said ?? "none that failed"}`,
              ]
            : []),
    ];
}

function worst(samples: readonly number[]): string {
    return samples.length === 0 ? "" : figureText({ value: Math.max(...samples), samples }, "s");
}

/** A row of times, of which some may never have come. */
function secondsRow(
    title: string,
    times: readonly (number | undefined)[],
    target?: number,
): string[][] {
    if (times.length === 0) {
        return [];
    }
    const seconds = times.filter((time) => time !== undefined);
    const never = times.length - seconds.length;
    const found = [
        ...(seconds.length > 0 ? [worst(seconds)] : []),
        ...(never > 0 ? [`${never} of ${times.length} never`] : []),
    ].join("; ");
    const isMet = never === 0 && Math.max(...seconds) <= (target ?? Infinity);
    return [[title, found, ...(target === undefined ? ["", ""] : [`≤ ${target} s`, yesNo(isMet)])]];
}

function saidRow(starts: readonly FullStart[]): string[][] {
    if (starts.length === 0) {
        return [];
    }
    const named = starts.filter(isNamed).length;
    return [
        [
            "a broker starts on a full volume: `up` says so",
            `${named} of ${starts.length}`,
            "all",
            yesNo(named === starts.length),
        ],
    ];
}

/** Whether `up` said why the broker did not start. */
function isNamed({ said = "" }: FullStart): boolean {
    return /MiB free on its volume/.test(said);
}

function goneRow(title: string, counts: readonly number[]): string[][] {
    if (counts.length === 0) {
        return [];
    }
    const most = Math.max(...counts);
    return [[title, String(most), `≤ ${GONE_TARGET}`, yesNo(most <= GONE_TARGET)]];
}

function yesNo(value: boolean): string {
    return value ? "yes" : "no";
}
