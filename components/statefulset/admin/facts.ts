import { z } from "zod";

const COUNT = z.number().int().nonnegative();
const BROKER = z.number().int().nonnegative();
const BROKERS = z.array(BROKER).readonly();

/** Partitions as `orders-3`, or topics: how many, and the first five by name. */
const FOUND = z.strictObject({ count: COUNT, examples: z.array(z.string()).readonly() }).readonly();

/** What `KafkaFacts` prints of a cluster. Lists of brokers are in order; all but `brokers` end after 100 ids. */
const FACTS = z
    .strictObject({
        clusterId: z.string(),
        /** Partitions that replicas are moved of now; `null` without a controller. */
        reassigning: COUNT.nullable(),
        /** The controller that has just answered, without ZooKeeper the leader of their quorum; `null` when none did. */
        controller: BROKER.nullable(),
        /** Why there is no controller. */
        controllerProblem: z.string().optional(),
        /** Brokers that are registered. */
        brokers: BROKERS,
        /** Of those, the ones that did not answer within a third of the time, as a process that hangs. */
        silent: BROKERS,
        /** Topics, internal ones too. */
        topics: COUNT,
        partitions: COUNT,
        /** Partitions with a replica outside the ISR; `missing` are the brokers of those replicas. */
        underReplicated: FOUND.unwrap().extend({ missing: BROKERS }).readonly(),
        /** Partitions without a leader. */
        offline: FOUND,
        /** Partitions with several replicas that are below their min ISR when one more of their ISR stops. */
        atRisk: FOUND,
        /** Topics with several replicas, and no more of them than their min ISR. */
        noRoom: FOUND,
        /** Topics with one replica. */
        single: FOUND,
        /** With `--without`: partitions with several replicas whose ISR is below their min ISR without these brokers. */
        belowMinIsrWithout: FOUND.optional(),
        /** With `--without`: brokers of replicas outside the ISR, other than these. */
        missingOther: BROKERS.optional(),
        /** With `--from`: partitions with replicas on brokers from this id on, and those brokers. */
        replicasFrom: FOUND.unwrap().extend({ brokers: BROKERS }).readonly().optional(),
        /** With `--min-isr`: topics that take their min ISR from the brokers, and have no more replicas than this number. */
        fewerThan: z
            .strictObject({
                count: COUNT,
                examples: z
                    .array(z.strictObject({ topic: z.string(), replicas: COUNT }).readonly())
                    .readonly(),
            })
            .readonly()
            .optional(),
        /** With `--last`: partitions with several replicas that have this broker in the ISR, and no other one that is registered. */
        lastInSync: FOUND.optional(),
    })
    .readonly();

/** What a gate has to know of a cluster. */
export type KafkaFacts = z.infer<typeof FACTS>;

/** Characters of an answer that a message quotes. */
const QUOTED = 200;

/**
 * Reads what the Job printed. Warnings of the image may stand before it.
 *
 * @throws Error when the last line is something else; it says what.
 */
export function parseFacts(text: string): KafkaFacts {
    const line = text.trim().split("\n").at(-1)!;
    const { data, error } = FACTS.safeParse(parseJson(line));
    if (error !== undefined) {
        const { path, message } = error.issues[0]!;
        throw new Error(
            `expected facts about Kafka, got "${line.slice(0, QUOTED)}" (${[...path, message].join(": ")})`,
        );
    }
    return data;
}

/** `undefined` for what is no JSON. */
function parseJson(text: string): unknown {
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return undefined;
    }
}
