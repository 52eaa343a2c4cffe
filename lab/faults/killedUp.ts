import { setTimeout as sleep } from "node:timers/promises";
import { ConfigResourceTypes } from "kafkajs";
import { firstMessage } from "../bench/firstMessage";
import type { OurKafka } from "../bench/ourKafka";
import type { RunningKafka } from "../bench/runningKafka";
import { explainFault } from "../../tools/client/describeFault";
import { RECOVERY_SECONDS } from "./recovery";
import type { Injection, KilledUp } from "./samples";
import { type Target, underFault } from "./target";
import { runUp, startUp, type UpTarget } from "./upProcess";

/** An `up` is killed within this time from its beginning, in seconds: about as long as it takes where nothing else runs. */
const SPAN_SECONDS = 60;

/** What {@link killDeployment} needs. */
type KillTarget = UpTarget & Pick<Target, "random" | "say">;

/** An `up` had ended before it could be killed, so there was no fault. */
interface Missed {
    readonly missed: string;
}

/**
 * Kills the `up` that changes a property of all brokers, at a random moment and under load, and runs it again. It has gone
 * through when all brokers have the property and every replica is in sync.
 */
export async function killUpdate(target: Target): Promise<(Injection & KilledUp) | Missed> {
    const { deployment } = target;
    await deployment.configure();
    let killed: KilledUp | Missed | undefined;
    const goesThrough = () => killed !== undefined && !("fault" in killed);
    const injection = await underFault(
        target,
        async () => (killed = await killAndRepeat(target)),
        async () =>
            !goesThrough() || (await brokersHave(deployment.kafka, deployment.changedProperty)),
    );
    const result = killed!;
    if ("missed" in result || !goesThrough() || injection.recovery !== undefined) {
        return { ...injection, ...result };
    }
    const { name } = deployment.changedProperty;
    const fault = `it ended, but the brokers were not all in sync with ${name} as configured within ${RECOVERY_SECONDS} s`;
    return { ...injection, ...result, fault };
}

/**
 * Kills the `up` of a first deployment, at a random moment, and runs it again. It has gone through when a message was sent
 * and read.
 */
export async function killDeployment(target: KillTarget): Promise<KilledUp | Missed> {
    const killed = await killAndRepeat(target);
    if ("missed" in killed || killed.fault !== undefined) {
        return killed;
    }
    try {
        await firstMessage(target.deployment.kafka);
        return killed;
    } catch (error) {
        return { ...killed, fault: `it ended, but no message got through: ${explainFault(error)}` };
    }
}

async function killAndRepeat(target: KillTarget): Promise<KilledUp | Missed> {
    const { deployment, random, say } = target;
    const moment = random() * SPAN_SECONDS;
    const ended = await killUp(target, moment);
    if (ended !== undefined) {
        return { missed: `up had ended ${ended.toFixed(0)} s after it began` };
    }
    await deployment.unlock();
    const start = performance.now();
    const fault = await runUp(target);
    const seconds = (performance.now() - start) / 1000;
    say(`killed after ${moment.toFixed(1)} s; the next up ${fault ?? "goes through"}`);
    return { killedAfter: moment, seconds, ...(fault !== undefined && { fault }) };
}

/**
 * Runs `up` and kills it.
 *
 * @returns Seconds until it ended by itself, if that was earlier.
 * @throws Error when it failed by itself.
 */
async function killUp(target: UpTarget, moment: number): Promise<number | undefined> {
    const up = startUp(target);
    try {
        await up.begun;
        const start = performance.now();
        const due = sleep(moment * 1000, "due" as const, { signal: target.signal, ref: false });
        const first = await Promise.race([due, up.ended]);
        if (first === "due") {
            return undefined;
        }
        if (first !== undefined) {
            throw new Error(`up: expected to be killed, got its end by itself: ${first}`);
        }
        return (performance.now() - start) / 1000;
    } finally {
        await up.kill();
    }
}

/** Whether all brokers run with a property. */
async function brokersHave(
    kafka: RunningKafka,
    { name, value }: OurKafka["changedProperty"],
): Promise<boolean> {
    const admin = kafka.client().admin();
    await admin.connect();
    try {
        const { resources } = await admin.describeConfigs({
            includeSynonyms: false,
            resources: kafka.brokers.map((_, broker) => ({
                type: ConfigResourceTypes.BROKER,
                name: String(broker),
                configNames: [name],
            })),
        });
        return resources.every(({ configEntries }) => configEntries[0]?.configValue === value);
    } finally {
        await admin.disconnect();
    }
}
