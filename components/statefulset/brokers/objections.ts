import { minIsrRefusal } from "../../kafka/minIsrRefusal";
import type { KafkaFacts } from "../admin/facts";

/** What a change does to the brokers, as far as Kafka has to be asked. */
export interface BrokerChange {
    /** Brokers that there are. */
    readonly brokers: readonly number[];
    /** Of those, the ones that can't start, or are of a revision that never ran: the change may be their cure. */
    readonly broken: readonly number[];
    /** Whether running brokers restart. In doubt they do, also where the change is a cure. */
    readonly restarts: boolean;
    /** Number of brokers that stay, where some are to go. */
    readonly keep?: number;
    /** The brokers' new `min.insync.replicas`, where it rises. */
    readonly minInsyncReplicas?: number;
}

/** What speaks against a change. */
export interface Objections {
    /** What a key can overrule. */
    readonly degraded: readonly string[];
    /** What ends some of that, as it follows the word "Next". */
    readonly waysOn: readonly string[];
    /** What would lose data, or stop writes for good. */
    readonly unsafe: readonly string[];
    /** What happens all the same. */
    readonly warnings: readonly string[];
}

/**
 * What Kafka's state says against a change of its brokers.
 *
 * A change that may be a cure passes while only broken brokers are missing, and the others hold without them. That is as safe
 * as a restart of a whole Kafka. The StatefulSet makes its pods in order, and restarts none while any is not ready: whoever is
 * broken has to catch up first, and only then the next one goes. So never are two of them away at once. The broken one itself
 * is in no ISR that would miss it.
 *
 * The cure excuses nothing else. The others restart after it, so topics that any restart stops speak against it, too.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/controller/statefulset/stateful_set_control.go (updateStatefulSet)
 */
export function objections(facts: KafkaFacts, change: BrokerChange): Objections {
    const stopped = change.restarts ? noRoom(facts) : [];
    return {
        degraded: change.restarts
            ? [...degradations(facts, change.brokers, change.broken), ...stopped]
            : [],
        waysOn: stopped.length === 0 ? [] : [MORE_ROOM],
        unsafe: [...leaving(facts, change), ...raisedMinIsr(facts, change)],
        warnings: change.restarts ? warnings(facts) : [],
    };
}

/** A restart of the brokers would bring a lower min ISR too late: each leader has the old one until it restarts itself. */
const MORE_ROOM =
    'give these topics more replicas, or a lower min ISR in the running Kafka: docs/operations.md, "A topic has too few replicas"';

/**
 * In what Kafka is not whole.
 *
 * @param brokers Brokers that there are.
 * @param broken Of those, the ones that can't start: the others have to hold without them.
 */
export function degradations(
    facts: KafkaFacts,
    brokers: readonly number[],
    broken: readonly number[],
): string[] {
    const others = brokers.filter((id) => !broken.includes(id));
    const absent = others.filter((id) => !facts.brokers.includes(id));
    const silent = others.filter((id) => facts.silent.includes(id));
    const problems = [
        ...(facts.controller === null
            ? [`expected a controller that answers, got ${facts.controllerProblem ?? "none"}`]
            : []),
        ...(absent.length > 0
            ? [`expected all brokers in Kafka's metadata, got all but ${names(absent)}`]
            : []),
        ...(silent.length > 0
            ? [`expected all brokers to answer, got no answer from ${names(silent)}`]
            : []),
    ];
    if (broken.length > 0) {
        // The cure must get through: what the broken ones lack is no reason to leave them broken.
        return [
            ...problems,
            ...(facts.missingOther !== undefined && facts.missingOther.length > 0
                ? [
                      `expected only ${names(broken)} out of sync, got ${names(facts.missingOther)}, too`,
                  ]
                : []),
            ...some(
                facts.belowMinIsrWithout ?? NONE,
                (count) =>
                    `expected all partitions to hold their min ISR without ${names(broken)}, got ${many(count, "partition")} below it`,
            ),
        ];
    }
    return [
        ...problems,
        ...some(
            facts.underReplicated,
            (count) =>
                `expected every replica in sync, got ${many(count, "partition")} without ${names(facts.underReplicated.missing)}`,
        ),
        ...some(
            facts.offline,
            (count) => `expected a leader everywhere, got ${many(count, "partition")} without one`,
        ),
    ];
}

/** Topics whose writes stop when any broker does. */
function noRoom(facts: KafkaFacts): string[] {
    return some(
        facts.noRoom,
        (count) =>
            `expected more replicas than their min ISR in all topics, got ${many(count, "topic")} that any restart stops`,
    );
}

function leaving({ replicasFrom }: KafkaFacts, { keep }: BrokerChange): string[] {
    return keep === undefined || replicasFrom === undefined
        ? []
        : some(
              replicasFrom,
              (count) =>
                  `kafka.replicas: expected no replicas on brokers that are to go, got ${many(count, "partition")} on ${names(replicasFrom.brokers)}`,
              `Move them to ${keep === 1 ? "broker 0" : `the brokers 0 to ${keep - 1}`} with kafka-reassign-partitions first, as docs/operations.md says`,
          );
}

function raisedMinIsr({ fewerThan }: KafkaFacts, change: BrokerChange): string[] {
    const { minInsyncReplicas } = change;
    const refusal =
        minInsyncReplicas !== undefined && fewerThan !== undefined
            ? minIsrRefusal(minInsyncReplicas, fewerThan)
            : undefined;
    return refusal === undefined ? [] : [refusal];
}

function warnings({ single }: KafkaFacts): string[] {
    return some(
        single,
        (count) =>
            `${many(count, "topic")} of one replica: nobody writes or reads while its broker restarts`,
    );
}

const NONE = { count: 0, examples: [] };

function some(
    found: { readonly count: number; readonly examples: readonly string[] },
    text: (count: number) => string,
    next?: string,
): string[] {
    if (found.count === 0) {
        return [];
    }
    const more = found.count > found.examples.length ? ", …" : "";
    const examples = `${text(found.count)} (${found.examples.join(", ")}${more})`;
    return [next === undefined ? examples : `${examples}. Next: ${next}`];
}

function many(count: number, one: string): string {
    return `${count} ${one}${count === 1 ? "" : "s"}`;
}

function names(ids: readonly number[]): string {
    return `broker ${ids.join(", ")}`;
}
