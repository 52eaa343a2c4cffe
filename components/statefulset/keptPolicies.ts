import type { V1NetworkPolicy, V1StatefulSet } from "@kubernetes/client-node";
import type { Listener } from "../kafka/listeners";
import { KAFKA } from "../kafka/names";
import { DEFAULT_DENY } from "../kafka/networkPolicies";
import { objectLabels } from "../kubernetes/labels";
import { type LiveObjects, NETWORK_POLICY, STATEFUL_SET } from "../live/objects";
import { hasListeners } from "./brokers/hasListeners";

/** Label of policies that stay until brokers have restarted. */
const KEPT = "kafka-eks/until-restarted";

/**
 * Keeps what the brokers' policy allows now under another name, before the policy changes. Policies add up, so brokers that have
 * not restarted yet are reached at their old ports. Both have numbers: not every network plugin knows ports by their names.
 */
export async function keepPolicy(live: LiveObjects, namespace: string): Promise<void> {
    const policy = await live.read<V1NetworkPolicy>({ ...NETWORK_POLICY, namespace, name: KAFKA });
    if (policy !== undefined) {
        await live.create<V1NetworkPolicy>({
            ...NETWORK_POLICY,
            metadata: {
                generateName: `${KAFKA}-until-restarted-`,
                namespace,
                labels: { ...objectLabels(KAFKA), [KEPT]: KAFKA },
            },
            spec: policy.spec!,
        });
    }
}

/**
 * Deletes what {@link keepPolicy} has made, in an earlier `up`, too, where the brokers have these listeners now and are reached
 * without it.
 */
export async function dropKeptPolicies(
    live: LiveObjects,
    namespace: string,
    listeners: readonly Listener[],
): Promise<void> {
    const set = await live.read<V1StatefulSet>({ ...STATEFUL_SET, namespace, name: KAFKA });
    // An `up` with targets may have left the brokers as they were, or their policy.
    if (
        set === undefined ||
        !hasListeners(set, listeners) ||
        !(await letsIn(live, namespace, listeners))
    ) {
        return;
    }
    const kept = await live.list<V1NetworkPolicy>(NETWORK_POLICY, namespace, `${KEPT}=${KAFKA}`);
    for (const { metadata } of kept) {
        await live.remove({ ...NETWORK_POLICY, namespace, name: metadata!.name! });
    }
}

/** Whether the brokers' own policy lets clients in to all of these listeners, or none has to. */
async function letsIn(
    live: LiveObjects,
    namespace: string,
    listeners: readonly Listener[],
): Promise<boolean> {
    const policy = await live.read<V1NetworkPolicy>({ ...NETWORK_POLICY, namespace, name: KAFKA });
    if (policy === undefined) {
        return !(await isClosed(live, namespace));
    }
    const open = (policy.spec?.ingress ?? []).flatMap(({ ports = [{}] }) => ports);
    return listeners.every((listener) =>
        open.some(({ port }) => port === undefined || port === listener.port),
    );
}

/** Whether what no policy allows is refused. */
async function isClosed(live: LiveObjects, namespace: string): Promise<boolean> {
    const name = DEFAULT_DENY;
    return (await live.read({ ...NETWORK_POLICY, namespace, name })) !== undefined;
}
