import { removeTopic } from "../bench/benchTopic";
import type { Java } from "../bench/java";
import { underLoad } from "../bench/load";
import type { OurKafka } from "../bench/ourKafka";
import { describeCluster } from "../../tools/client/topics";
import { leaderOfMost, type Victim } from "./leader";
import type { Pods } from "./pods";
import { clockUntil, secondsUntilWhole } from "./recovery";
import type { Injection } from "./samples";

/** What a fault is injected into. */
export interface Target {
    /** Three brokers and three members of ZooKeeper, deployed and whole. */
    readonly deployment: OurKafka;
    readonly pods: Pods;
    readonly java: Java;
    /** Directory for what a load writes. */
    readonly directory: string;
    /** Name of the round, which names the load's topic. */
    readonly name: string;
    readonly signal: AbortSignal;
    readonly random: () => number;
    readonly say: (line: string) => void;
}

/**
 * Injects a fault under load, and waits until Kafka is whole again.
 *
 * @param fault Ends when the fault does, as far as we end it.
 * @param and What else has to be so before Kafka counts as whole.
 */
export async function underFault(
    target: Target,
    fault: () => Promise<unknown>,
    and: () => Promise<boolean> = () => Promise.resolve(true),
): Promise<Injection> {
    const { deployment, java, directory, signal } = target;
    const { kafka } = deployment;
    const topic = `fault-${target.name}`;
    await kafka.waitForFullIsr();
    let recovery: number | undefined;
    const load = await underLoad({ java, directory }, kafka, topic, async () => {
        signal.throwIfAborted();
        await fault();
        recovery = await untilWhole(target, and);
    });
    // What a broker has to recover is not to grow from round to round.
    await removeTopic(kafka.client(), topic);
    return { ...load, ...(recovery !== undefined && { recovery }) };
}

/** Seconds until all pods are ready and every replica is in sync, as {@link secondsUntilWhole} has them. */
export function untilWhole(
    { deployment: { kafka }, pods, signal }: Pick<Target, "deployment" | "pods" | "signal">,
    and: () => Promise<boolean> = () => Promise.resolve(true),
): Promise<number | undefined> {
    const isWhole = async () =>
        (await pods.areReady()) && (await kafka.hasFullIsr()) && (await and());
    return secondsUntilWhole(isWhole, clockUntil(signal));
}

/** The broker that leads most partitions now. */
export async function currentVictim({ deployment }: Target): Promise<Victim> {
    return leaderOfMost(await describeCluster(deployment.kafka.client()));
}
