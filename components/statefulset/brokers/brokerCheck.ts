import type { V1StatefulSet } from "@kubernetes/client-node";
import type { types } from "@pulumi/kubernetes";
import { boundOrdinals } from "../../kafka/boundClaims";
import { KAFKA } from "../../kafka/names";
import type { Remembered } from "../../kafka/remembered";
import { MIN_ISR } from "../../kafka/replication";
import { brief } from "../../live/brief";
import type { Change } from "../../live/gate";
import { ask } from "../../live/question";
import { restartsPods } from "../restartsPods";
import { type Servers, serversOf } from "../servers";
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
 * Asks whether the StatefulSet of the brokers may change. Brokers that were left without a StatefulSet are asked for, too: the
 * one that is made takes them over.
 *
 * @throws Error with everything that speaks against it.
 */
export async function checkBrokers(
    { before, after, recorded }: Change<StatefulSet>,
    args: BrokerCheckArgs,
): Promise<void> {
    const { live, namespace, remembered } = args;
    const wanted = specOf(after);
    const servers = await serversOf(live, namespace, KAFKA);
    const known = before === undefined ? 0 : specOf(before).replicas;
    const most = mostBrokers(servers, known, args);
    const leave = wanted.replicas < most && (await mayHoldData(wanted.replicas, servers, args));
    if (servers === undefined) {
        return checkComeback(leave ? most : wanted.replicas, wanted.replicas, args);
    }
    const { set, ids, broken, running, pods } = servers;
    if (pods.some((pod) => isEncrypted(pod) !== isEncrypted(wanted.template.spec!))) {
        throw new Error(
            "certificates.source: cannot change how brokers talk to each other while any of them runs. " +
                "Next: set it back, or stop all brokers first, as docs/security.md says",
        );
    }
    const change: BrokerChange = {
        brokers: ids,
        broken,
        // Without a StatefulSet nobody knows what it will find different.
        restarts: set === undefined || restartsPods({ before, after, recorded }, set),
        ...(leave && { keep: wanted.replicas }),
        ...(args.minInsyncReplicas > (remembered.minInsyncReplicas ?? Infinity) && {
            minInsyncReplicas: args.minInsyncReplicas,
        }),
    };
    // Where all are broken, none of them answers, and none can become worse.
    if (!mustKnow(change) && (!change.restarts || running.length === 0)) {
        return;
    }
    await askAndJudge(servers, change, args);
}

async function askAndJudge(
    servers: Servers,
    change: BrokerChange,
    args: BrokerCheckArgs,
): Promise<void> {
    const facts = await askFacts(args, servers, {
        without: change.broken,
        from: change.keep,
        minIsr: change.minInsyncReplicas,
    });
    judge(facts, change, args);
}

/** How many brokers there are: somebody may have scaled by hand since the state was written. */
function mostBrokers(
    servers: Servers | undefined,
    known: number,
    { remembered }: BrokerCheckArgs,
): number {
    return Math.max((servers?.ids.at(-1) ?? -1) + 1, known, remembered.brokers ?? 0);
}

/** Whether no key lets a change pass without Kafka's answer: it could lose data, or stop writes for good. */
function mustKnow({ keep, minInsyncReplicas }: BrokerChange): boolean {
    return keep !== undefined || minInsyncReplicas !== undefined;
}

function judge(
    facts: KafkaFacts | string,
    change: BrokerChange,
    { remembered, restartWhileDegraded, warn }: BrokerCheckArgs,
): void {
    if (typeof facts === "string") {
        if (mustKnow(change)) {
            throw new Error(
                `kafka: ${facts}. No broker was changed. Next: npm run health says more`,
            );
        }
        if (!restartWhileDegraded) {
            throw new Error(refusal([facts], []));
        }
        warn(facts);
        return;
    }
    if (remembered.clusterId !== undefined && facts.clusterId !== remembered.clusterId) {
        throw new Error(anotherCluster(remembered.clusterId, facts.clusterId));
    }
    const { degraded, waysOn, unsafe, warnings } = objections(facts, change);
    [...warnings, ...(restartWhileDegraded ? degraded : [])].forEach(warn);
    const problems = [
        ...unsafe,
        ...(restartWhileDegraded ? [] : [refusal(degraded, waysOn)]),
    ].filter((text) => text !== "");
    if (problems.length > 0) {
        throw new Error(problems.join("\n"));
    }
}

function refusal(problems: readonly string[], waysOn: readonly string[]): string {
    const next = [
        ...waysOn,
        "npm run health says more",
        "restartWhileDegraded: true restarts brokers all the same",
    ];
    return problems.length === 0
        ? ""
        : `kafka: ${problems.join("; ")}. No broker was changed. Next: ${next.join("; ")}`;
}

/** Whether brokers that are to go may ever have run. In a first deployment that finds no room they have not. */
async function mayHoldData(
    keep: number,
    servers: Servers | undefined,
    { live, namespace, remembered }: BrokerCheckArgs,
): Promise<boolean> {
    if (
        (servers?.running ?? []).length > 0 ||
        remembered.brokers !== undefined ||
        remembered.clusterId !== undefined
    ) {
        return true;
    }
    const ordinals = await boundOrdinals(live, namespace, KAFKA);
    return ordinals.some((ordinal) => ordinal >= keep);
}

/**
 * Asks whether brokers may come back to the volumes that an earlier `destroy` left.
 *
 * @param expected How many have to come.
 */
async function checkComeback(
    expected: number,
    replicas: number,
    args: BrokerCheckArgs,
): Promise<void> {
    const { live, namespace, remembered, minInsyncReplicas, zookeeperImage, jobPods } = args;
    if (replicas < expected) {
        throw new Error(tooFew(expected, replicas, namespace));
    }
    if (minInsyncReplicas > (remembered.minInsyncReplicas ?? Infinity)) {
        throw new Error(
            `kafka.config["${MIN_ISR}"]: expected ${remembered.minInsyncReplicas}, which the brokers had last, got ` +
                `${minInsyncReplicas}: none of them runs and tells which topics have the replicas. ` +
                "Next: bring the brokers back, then raise it",
        );
    }
    if (remembered.clusterId === undefined) {
        return;
    }
    const image = zookeeperImage;
    const { exitCode, text } = await ask(
        live,
        namespace,
        clusterIdJob({ namespace, image, jobPods }),
    );
    if (exitCode !== 0) {
        throw new Error(
            `cluster id: expected ZooKeeper to tell it, got "${brief(text)}". No broker was changed. ` +
                "Next: npm run health says more",
        );
    }
    if (text !== remembered.clusterId) {
        throw new Error(anotherCluster(remembered.clusterId, text === "" ? "none" : text));
    }
}

function tooFew(expected: number, replicas: number, namespace: string): string {
    return (
        `kafka.replicas: expected ${expected}, the brokers that ran last in namespace ${namespace}, got ` +
        `${replicas}. Next: bring all of them back, then lower it`
    );
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
