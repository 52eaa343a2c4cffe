import type { V1StatefulSet } from "@kubernetes/client-node";
import { KAFKA, ordinals } from "../../kafka/names";
import { namesOf } from "../../kafka/minIsrRefusal";
import { mountedReplication } from "../../kafka/mountedReplication";
import { recall, remember } from "../../kafka/remembered";
import { MIN_ISR, replicationDefaults } from "../../kafka/replication";
import { STATEFUL_SET } from "../../live/objects";
import { type AskFactsArgs, askFacts } from "../admin/askFacts";
import type { KafkaFacts } from "../admin/facts";

/** What {@link noteBrokers} writes down. */
export interface NoteBrokersArgs extends AskFactsArgs {
    /** The user's own broker properties. */
    readonly config: Readonly<Record<string, string>>;
    readonly warn: (text: string) => void;
}

/**
 * Has the namespace remember the brokers that run, and says which topics keep their min ISR from being raised, where more
 * brokers allow it.
 */
export async function noteBrokers(args: NoteBrokersArgs): Promise<void> {
    const { live, namespace, config } = args;
    const set = await live.read<V1StatefulSet>({ ...STATEFUL_SET, namespace, name: KAFKA });
    // An `up` of some targets only may have made none, or left it as it was.
    if (set === undefined) {
        return;
    }
    const brokers = set.spec!.replicas!;
    const replication = await mountedReplication(live, namespace, set);
    // First: the question may find no room for its pod.
    await remember(live, namespace, { brokers, ...replication });
    const { clusterId } = await recall(live, namespace);
    const { minInsyncReplicas = Infinity } = replication;
    const possible = Number({ ...replicationDefaults(brokers, config), ...config }[MIN_ISR]);
    const canRise = possible > minInsyncReplicas;
    // Kafka is asked once in its life, and as long as its min ISR could be higher.
    if (clusterId !== undefined && !canRise) {
        return;
    }
    const all = { pod: set.spec!.template.spec!, asked: ordinals(brokers) };
    const facts = await askFacts(args, all, { ...(canRise && { minIsr: possible }) });
    if (typeof facts === "object") {
        await remember(live, namespace, { clusterId: facts.clusterId });
    }
    if (canRise) {
        args.warn(`${MIN_ISR} stays at ${minInsyncReplicas}${howToRise(facts, possible)}`);
    }
}

/** What is in the way of a higher min ISR, and how it rises. */
function howToRise(facts: KafkaFacts | string, possible: number): string {
    if (typeof facts === "string") {
        return `, and Kafka did not say which topics would be in the way of ${possible}: ${facts}`;
    }
    const line = `pulumi config set --path 'kafka-eks:kafka.config["${MIN_ISR}"]' ${possible}`;
    const topics = facts.fewerThan ?? { count: 0, examples: [] };
    return topics.count === 0
        ? `. Next: ${line}`
        : `: ${topics.count} topics have too few replicas for ${possible} (${namesOf(topics)}). ` +
              `Next: raise their replicas, as docs/operations.md says, then ${line}`;
}
