import type { LoadResult } from "../../bench/load";
import type { Observation, TopicState } from "./observation";

/** What was seen of a change; of each kind why it is so, and nothing where it is not. */
export interface Seen {
    /** How many brokers were restarted. */
    readonly brokers: number;
    /** How many members of ZooKeeper were restarted. */
    readonly members: number;
    /** Messages are refused, or not acknowledged for a time. */
    readonly stops: readonly string[];
    /** Messages are gone, or less protects them. */
    readonly loses: readonly string[];
    /** Partitions or volumes are others. */
    readonly moves: readonly string[];
    /** Clients that were let in are not any more. */
    readonly cutsOff: readonly string[];
    /** Whoever was kept out gets in. */
    readonly opens: readonly string[];
}

/** Longer than a broker's session with ZooKeeper: no partition has a leader that is only slow then. */
const STOPPED_SECONDS = 10;

/** What a change did, from what was observed before and after it, and under load. */
export function seenIn(before: Observation, after: Observation, load: LoadResult): Seen {
    return {
        brokers: restarted(before, after, "kafka-"),
        members: restarted(before, after, "zookeeper-"),
        stops: [
            ...(load.stall >= STOPPED_SECONDS
                ? [`nothing acknowledged for ${load.stall.toFixed(0)} s`]
                : []),
            ...(load.failed > 0 ? [`messages given up: ${load.failed}`] : []),
            ...(before.takesLarge && !after.takesLarge ? ["large messages refused"] : []),
        ],
        loses: [
            ...(load.lost > 0 ? [`acknowledged messages lost: ${load.lost}`] : []),
            ...goneClaims(before, after),
            ...ofTopics(before, after, lessIn),
            ...Object.entries(after.topics)
                .filter(([name]) => !(name in before.topics))
                .flatMap(([name, topic]) => weaknessOf(name, topic, after)),
        ],
        moves: [
            ...(after.brokers.length > before.brokers.length
                ? [`more brokers: ${after.brokers.length - before.brokers.length}`]
                : []),
            ...grownClaims(before, after),
            ...ofTopics(before, after, (name, from, to) =>
                JSON.stringify(from.replicas) === JSON.stringify(to.replicas)
                    ? []
                    : [`partitions of ${name}`],
            ),
        ],
        cutsOff: turned(before.clients, after.clients, false),
        opens: turned(before.strangers, after.strangers, true),
    };
}

/** Pods of a name that are others, were started anew, or are gone. */
function restarted(before: Observation, after: Observation, prefix: string): number {
    return Object.entries(before.pods).filter(
        ([name, start]) => name.startsWith(prefix) && after.pods[name] !== start,
    ).length;
}

/** Names whose answers have become another one. */
function turned(
    before: Readonly<Record<string, boolean>>,
    after: Readonly<Record<string, boolean>>,
    to: boolean,
): string[] {
    return Object.keys(before).filter((name) => before[name] === !to && after[name] === to);
}

function goneClaims({ claims: before }: Observation, { claims: after }: Observation): string[] {
    return Object.keys(before)
        .filter((name) => after[name]?.uid !== before[name]!.uid)
        .map((name) => `volume ${name} is gone`);
}

function grownClaims({ claims: before }: Observation, { claims: after }: Observation): string[] {
    const grown = Object.keys(before).filter(
        (name) => after[name] !== undefined && after[name].size !== before[name]!.size,
    );
    return grown.length === 0 ? [] : [`volumes that grow: ${grown.length}`];
}

function ofTopics(
    before: Observation,
    after: Observation,
    compare: (name: string, from: TopicState, to: TopicState) => readonly string[],
): string[] {
    return Object.entries(before.topics).flatMap(([name, from]) => {
        const to = after.topics[name];
        return to === undefined ? [] : compare(name, from, to);
    });
}

/** Whether one value of a property protects less than another one did. */
const LESS: Readonly<Record<string, (from: string, to: string) => boolean>> = {
    "min.insync.replicas": (from, to) => Number(to) < Number(from),
    "retention.ms": isShorter,
    "retention.bytes": isShorter,
    "unclean.leader.election.enable": (from, to) => from === "false" && to === "true",
};

/** The properties of topics that protect messages. */
export const PROTECTING = Object.keys(LESS);

/** What less there is of a topic. */
function lessIn(name: string, from: TopicState, to: TopicState): string[] {
    return [
        ...(to.records < from.records
            ? [`messages of ${name} that went: ${from.records - to.records}`]
            : []),
        ...(factorOf(to) < factorOf(from) ? [`replicas of ${name}`] : []),
        ...PROTECTING.filter((property) =>
            LESS[property]!(from.config[property]!, to.config[property]!),
        ).map((property) => `${property} of ${name} is ${to.config[property]}`),
    ];
}

/** What a new topic does not have that others have. */
function weaknessOf(name: string, topic: TopicState, { topics }: Observation): string[] {
    const others = Object.entries(topics).filter(([other]) => other !== name);
    const best = Math.max(...others.map(([, other]) => factorOf(other)));
    const isr = (state: TopicState) => Number(state.config["min.insync.replicas"]);
    const bestIsr = Math.max(...others.map(([, other]) => isr(other)));
    return [
        ...(factorOf(topic) < best ? [`${name} has replicas: ${factorOf(topic)}`] : []),
        ...(isr(topic) < bestIsr ? [`${name} has min.insync.replicas: ${isr(topic)}`] : []),
    ];
}

function factorOf({ replicas }: TopicState): number {
    return Math.min(...replicas.map((each) => each.length));
}

/** Below zero there is no limit. */
function isShorter(from: string, to: string): boolean {
    return Number(to) >= 0 && (Number(from) < 0 || Number(to) < Number(from));
}
