import type { KubernetesObject } from "@kubernetes/client-node";
import { type LiveObjects, STATEFUL_SET } from "../live/objects";
import { KAFKA, ZOOKEEPER } from "./names";
import { recall } from "./remembered";
import { listStrimzi, STRIMZI_KAFKA } from "./strimziObjects";

/** Whose data a namespace may hold. */
export interface NamespaceOwner {
    /** This stack, as `kafka-eks/prod`, or `acme/kafka-eks/prod` where there are organizations. */
    readonly owner: string;
    /**
     * The stack whose data this one takes over, in the same form. Its own name says that its state was lost.
     *
     * @default - None.
     */
    readonly takeOverFrom?: string;
}

/**
 * Asks whether a namespace that is new to a stack's state may become its own. With another stack's claims in it, its
 * `destroy` could delete their data. Two states that own what runs undo each other's changes, also under one name.
 *
 * @throws Error with both owners and the way on.
 */
export async function checkOwner(
    live: LiveObjects,
    namespace: string,
    { owner, takeOverFrom }: NamespaceOwner,
): Promise<void> {
    const { owner: found } = await recall(live, namespace);
    const isOwn = found === undefined || isSameStack(found, owner);
    if (!isOwn && !isSameStack(found, takeOverFrom)) {
        throw new Error(
            `namespace: expected one without Kafka or with data of ${owner}, got ${namespace}, which holds data of ${found}. ` +
                `Next: choose another namespace; to go on with that data after ${found} was destroyed, takeOverFrom: ${found}`,
        );
    }
    if (isOwn && isSameStack(owner, takeOverFrom)) {
        return;
    }
    const running = (await runningIn(live, namespace)).join(" and ");
    if (running === "") {
        return;
    }
    if (!isOwn) {
        throw new Error(
            `takeOverFrom: expected a stack that was destroyed, got ${found}, which runs ${running} in namespace ${namespace}. ` +
                "Next: destroy it there first",
        );
    }
    const who = found === undefined ? "a stack" : `a stack named ${found}`;
    throw new Error(
        `namespace: expected one where no Kafka runs, got ${namespace}, where ${who} runs ${running}, which this state does ` +
            "not know. Next: choose another namespace; only where this stack's own state was lost, " +
            `takeOverFrom: ${owner} takes it back`,
    );
}

/** Whether two names are of one stack. An earlier program wrote down no organization. */
export function isSameStack(one: string, other: string | undefined): boolean {
    return (
        other !== undefined &&
        (one === other || one.endsWith(`/${other}`) || other.endsWith(`/${one}`))
    );
}

async function runningIn(live: LiveObjects, namespace: string): Promise<string[]> {
    const sets = await live.list<KubernetesObject>(STATEFUL_SET, namespace);
    const clusters = await listStrimzi(live, STRIMZI_KAFKA, namespace);
    return [
        ...sets
            .map(({ metadata }) => metadata?.name ?? "")
            .filter((name) => name === KAFKA || name === ZOOKEEPER)
            .map((name) => `StatefulSet ${name}`),
        ...clusters.map(({ metadata }) => `Kafka ${metadata?.name}`),
    ];
}
