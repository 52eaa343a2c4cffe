import type { V1Pod, V1StatefulSet } from "@kubernetes/client-node";
import type { types } from "@pulumi/kubernetes";
import { KAFKA } from "../../kafka/names";
import type { Remembered } from "../../kafka/remembered";
import type { Change } from "../../live/gate";
import { POD, STATEFUL_SET } from "../../live/objects";
import { ask } from "../../live/question";
import { cannotStart } from "../../live/rollout/cannotStart";
import { ordinalOf } from "../../live/rollout/pods";
import { restartsPods } from "../restartsPods";
import { askFacts, type AskFactsArgs } from "../admin/askFacts";
import type { KafkaFacts } from "../admin/facts";
import { clusterIdJob } from "../zookeeper/updateCheck";
import { isEncrypted } from "./brokerPod";
import { type BrokerChange, objections } from "./objections";

type StatefulSet = types.input.apps.v1.StatefulSet;

/** What {@link checkBrokers} asks with. */
export interface BrokerCheckArgs extends AskFactsArgs {
    readonly remembered: Remembered;
    /** The brokers' `min.insync.replicas` after the change. */
    readonly minInsyncReplicas: number;
    /** Image with ZooKeeper's tools. */
    readonly zookeeperImage: string;
    /** Whether brokers may restart although Kafka is not whole. */
    readonly restartWhileDegraded: boolean;
    readonly warn: (text: string) => void;
}

/**
 * Asks whether the StatefulSet of the brokers may change.
 *
 * @throws Error with everything that speaks against it.
 */
export async function checkBrokers(
    { before, after }: Change<StatefulSet>,
    args: BrokerCheckArgs,
): Promise<void> {
    const { live, namespace } = args;
    const set = await live.read<V1StatefulSet>({ ...STATEFUL_SET, namespace, name: KAFKA });
    const wanted = specOf(after);
    if (set === undefined) {
        return checkComeback(wanted.replicas, args);
    }
    const pods = await live.list<V1Pod>(POD, namespace, `app.kubernetes.io/name=${KAFKA}`);
    const brokers = pods.filter((pod) => ordinalOf(pod, KAFKA) !== undefined);
    if (brokers.length === 0) {
        return;
    }
    const running = set.spec!.template.spec!;
    if (isEncrypted(running) !== isEncrypted(wanted.template.spec!)) {
        throw new Error(
            "certificates.source: cannot change how brokers talk to each other while any of them runs. " +
                "Next: set it back, or stop all brokers first, as docs/security.md says",
        );
    }
    const now = set.spec!.replicas ?? 1;
    const change: BrokerChange = {
        brokers: brokers.map((pod) => ordinalOf(pod, KAFKA)!),
        broken: brokers.filter(cannotStart).map((pod) => ordinalOf(pod, KAFKA)!),
        restarts: restartsPods({ before, after }, set),
        ...(wanted.replicas < now && { keep: wanted.replicas }),
        ...(args.minInsyncReplicas > (args.remembered.minInsyncReplicas ?? Infinity) && {
            minInsyncReplicas: args.minInsyncReplicas,
        }),
    };
    const { restarts, keep, minInsyncReplicas } = change;
    if (!restarts && keep === undefined && minInsyncReplicas === undefined) {
        return;
    }
    if (change.broken.length === brokers.length && keep === undefined) {
        // None of them answers, and none can become worse.
        return;
    }
    const facts = await askFacts(args, set, {
        without: change.broken,
        from: keep,
        minIsr: minInsyncReplicas,
    });
    judge(facts, change, args);
}

function judge(
    facts: KafkaFacts | string,
    change: BrokerChange,
    { remembered, restartWhileDegraded, warn }: BrokerCheckArgs,
): void {
    if (typeof facts === "string") {
        if (!restartWhileDegraded || change.keep !== undefined) {
            throw new Error(refusal([facts]));
        }
        warn(facts);
        return;
    }
    if (remembered.clusterId !== undefined && facts.clusterId !== remembered.clusterId) {
        throw new Error(anotherCluster(remembered.clusterId, facts.clusterId));
    }
    const { degraded, unsafe, warnings } = objections(facts, change);
    [...warnings, ...(restartWhileDegraded ? degraded : [])].forEach(warn);
    const problems = [...unsafe, ...(restartWhileDegraded ? [] : [refusal(degraded)])].filter(
        (text) => text !== "",
    );
    if (problems.length > 0) {
        throw new Error(problems.join("\n"));
    }
}

function refusal(problems: readonly string[]): string {
    return problems.length === 0
        ? ""
        : `kafka: ${problems.join("; ")}. No broker was changed. ` +
              "Next: npm run health says more; restartWhileDegraded: true restarts brokers all the same";
}

/** Asks whether brokers may come back to the volumes that an earlier `destroy` left. */
async function checkComeback(
    replicas: number,
    { live, namespace, remembered, zookeeperImage }: BrokerCheckArgs,
): Promise<void> {
    if (replicas < (remembered.brokers ?? 0)) {
        throw new Error(
            `kafka.replicas: expected ${remembered.brokers}, the brokers that ran last in namespace ${namespace}, got ` +
                `${replicas}. Next: bring all of them back, then lower it`,
        );
    }
    if (remembered.clusterId === undefined) {
        return;
    }
    const image = zookeeperImage;
    const { exitCode, text } = await ask(live, namespace, clusterIdJob({ namespace, image }));
    if (exitCode !== 0) {
        throw new Error(`zookeeper: expected Kafka's cluster id, got ${text}`);
    }
    if (text !== remembered.clusterId) {
        throw new Error(anotherCluster(remembered.clusterId, text === "" ? "none" : text));
    }
}

function anotherCluster(expected: string, given: string): string {
    return (
        `cluster id: expected ${expected}, which the volumes belong to, got ${given}. No broker was changed. ` +
        "Next: bring back ZooKeeper's volumes, as docs/operations.md says"
    );
}

function specOf(inputs: StatefulSet) {
    return inputs.spec as unknown as V1StatefulSet["spec"] & { readonly replicas: number };
}
