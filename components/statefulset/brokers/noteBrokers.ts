import type { V1StatefulSet } from "@kubernetes/client-node";
import { KAFKA } from "../../kafka/names";
import { recall, remember } from "../../kafka/remembered";
import { MIN_ISR, replicationDefaults } from "../../kafka/replication";
import { type LiveObjects, STATEFUL_SET } from "../../live/objects";
import { askFacts } from "../admin/askFacts";
import { topicText } from "./objections";

/** What {@link noteBrokers} writes down. */
export interface NoteBrokersArgs {
    readonly live: LiveObjects;
    readonly namespace: string;
    /** ConfigMap of the admin tool. */
    readonly adminTool: string;
    readonly replicas: number;
    /** The user's own broker properties. */
    readonly config: Readonly<Record<string, string>>;
    /** All broker properties. */
    readonly properties: Readonly<Record<string, string>>;
    readonly warn: (text: string) => void;
}

/**
 * Has the namespace remember the brokers that run, and says which topics keep their min ISR from being raised, where more
 * brokers allow it.
 */
export async function noteBrokers(args: NoteBrokersArgs): Promise<void> {
    const { live, namespace, replicas, config, properties } = args;
    const { clusterId } = await recall(live, namespace);
    const minInsyncReplicas = Number(properties[MIN_ISR]);
    const possible = Number({ ...replicationDefaults(replicas, config), ...config }[MIN_ISR]);
    const set = await live.read<V1StatefulSet>({ ...STATEFUL_SET, namespace, name: KAFKA });
    const canRise = possible > minInsyncReplicas;
    // Asked once in a Kafka's life, and as long as its min ISR could be higher.
    const facts =
        set !== undefined && (clusterId === undefined || canRise)
            ? await askFacts(args, set, { ...(canRise && { minIsr: possible }) })
            : undefined;
    await remember(live, namespace, {
        brokers: replicas,
        replicationFactor: Number(properties["default.replication.factor"]),
        minInsyncReplicas,
        ...(typeof facts === "object" && { clusterId: facts.clusterId }),
    });
    if (!canRise) {
        return;
    }
    const line = `pulumi config set --path 'kafka-eks:kafka.config["${MIN_ISR}"]' ${possible}`;
    if (typeof facts === "object" && facts.fewerThan !== undefined && facts.fewerThan.count > 0) {
        const { count, examples } = facts.fewerThan;
        const more = count > examples.length ? ", …" : "";
        args.warn(
            `${MIN_ISR} stays at ${minInsyncReplicas}: ${count} topics have too few replicas for ${possible} ` +
                `(${examples.map(topicText).join(", ")}${more}). Next: raise their replicas, as docs/operations.md says, then ${line}`,
        );
    } else {
        args.warn(`${MIN_ISR} stays at ${minInsyncReplicas}. Next: ${line}`);
    }
}
