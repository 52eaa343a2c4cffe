import type { KubernetesObject } from "@kubernetes/client-node";
import { type LiveObjects, STATEFUL_SET } from "../live/objects";
import { KAFKA, ZOOKEEPER } from "./names";
import { recall, STRIMZI_KAFKA } from "./remembered";

/** Whose data a namespace may hold. */
export interface NamespaceOwner {
    /** Project and stack, as `kafka-eks/prod`. */
    readonly owner: string;
    /**
     * Project and stack whose data this one takes over.
     *
     * @default - None.
     */
    readonly takeOverFrom?: string;
}

/**
 * Asks whether a namespace that is new to a stack may become its own. With another stack's claims in it, its `destroy`
 * could delete their data.
 *
 * @throws Error with both owners and the way on.
 */
export async function checkOwner(
    live: LiveObjects,
    namespace: string,
    { owner, takeOverFrom }: NamespaceOwner,
): Promise<void> {
    const { owner: found } = await recall(live, namespace);
    if (found === owner || (found !== undefined && found === takeOverFrom)) {
        return;
    }
    if (found !== undefined) {
        throw new Error(
            `namespace: expected one without Kafka or with data of ${owner}, got ${namespace}, which holds data of ${found}. ` +
                `Next: choose another namespace; to go on with that data after ${found} was destroyed, takeOverFrom: ${found}`,
        );
    }
    const running = await runningIn(live, namespace);
    if (running.length > 0) {
        throw new Error(
            `namespace: expected one without Kafka, got ${namespace}, where another stack runs ${running.join(" and ")}. ` +
                "Next: choose another namespace",
        );
    }
}

/** What makes a Kafka of a program that wrote down no owner yet. */
async function runningIn(live: LiveObjects, namespace: string): Promise<string[]> {
    const sets = await live.list<KubernetesObject>(STATEFUL_SET, namespace);
    const clusters = await live.list<KubernetesObject>(STRIMZI_KAFKA, namespace);
    return [
        ...sets
            .map(({ metadata }) => metadata?.name ?? "")
            .filter((name) => name === KAFKA || name === ZOOKEEPER)
            .map((name) => `StatefulSet ${name}`),
        ...clusters.map(({ metadata }) => `Kafka ${metadata?.name}`),
    ];
}
