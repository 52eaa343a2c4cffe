import type {
    V1NetworkPolicy,
    V1NetworkPolicyPort,
    V1NetworkPolicySpec,
    V1StatefulSet,
} from "@kubernetes/client-node";
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
 *
 * @param open What to keep where nothing is closed yet.
 */
export async function keepPolicy(
    live: LiveObjects,
    namespace: string,
    open: V1NetworkPolicySpec,
): Promise<void> {
    const policy = await live.read<V1NetworkPolicy>({ ...NETWORK_POLICY, namespace, name: KAFKA });
    if (policy === undefined && (await isClosed(live, namespace))) {
        return;
    }
    await live.create<V1NetworkPolicy>({
        ...NETWORK_POLICY,
        metadata: {
            generateName: `${KAFKA}-until-restarted-`,
            namespace,
            labels: { ...objectLabels(KAFKA), [KEPT]: KAFKA },
        },
        spec: policy?.spec ?? open,
    });
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
    const known = await policyPorts(live, namespace);
    // An `up` with targets may have left the brokers as they were, or their policy.
    if (
        set !== undefined &&
        hasListeners(set.spec!.template.spec!, listeners, known) &&
        (await letsIn(live, namespace, listeners))
    ) {
        await dropAllKept(live, namespace);
    }
}

/** The same, whatever the brokers have: none of them runs. */
export async function dropAllKept(live: LiveObjects, namespace: string): Promise<void> {
    const kept = await live.list<V1NetworkPolicy>(NETWORK_POLICY, namespace, `${KEPT}=${KAFKA}`);
    for (const { metadata } of kept) {
        await live.remove({ ...NETWORK_POLICY, namespace, name: metadata!.name! });
    }
}

/** Ports at which the program's policies let clients in to brokers; `undefined` where there are no such policies. */
export async function policyPorts(
    live: LiveObjects,
    namespace: string,
): Promise<number[] | undefined> {
    const label = `app.kubernetes.io/name=${KAFKA}`;
    const policies = await live.list<V1NetworkPolicy>(NETWORK_POLICY, namespace, label);
    const ports = policies.flatMap(({ spec }) => openPorts(spec));
    return ports.length === 0
        ? undefined
        : ports.flatMap(({ port }) => (typeof port === "number" ? [port] : []));
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
    const open = openPorts(policy.spec);
    return listeners.every((listener) =>
        open.some(({ port }) => port === undefined || port === listener.port),
    );
}

/** A rule without ports is about all of them. */
function openPorts(spec: V1NetworkPolicySpec | undefined): V1NetworkPolicyPort[] {
    return (spec?.ingress ?? []).flatMap(({ ports = [{}] }) => ports);
}

/** Whether what no policy allows is refused. */
async function isClosed(live: LiveObjects, namespace: string): Promise<boolean> {
    const name = DEFAULT_DENY;
    return (await live.read({ ...NETWORK_POLICY, namespace, name })) !== undefined;
}
