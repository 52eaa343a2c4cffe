import { setTimeout as sleep } from "node:timers/promises";
import { KAFKA } from "../../components/kafka/names";
import type { Victim } from "./leader";
import { isReady, restartsOf } from "./pods";
import { mainProcessOf, signalProcess } from "./podProcess";
import type { BrokerFault, Hang } from "./samples";
import { currentVictim, type Target, underFault } from "./target";

/** Shorter than a broker's session, in seconds. */
const PAUSE_SECONDS = 5;
/** A broker that hangs is continued after this time, in seconds. */
export const HANG_SECONDS = 300;
const POLL_MS = 500;

/** Stops the broker that leads most partitions for 5 s, with SIGSTOP. */
export async function pauseBroker(target: Target): Promise<BrokerFault> {
    const { signal } = target;
    return withStoppedBroker(target, () => sleep(PAUSE_SECONDS * 1000, undefined, { signal }));
}

/** Stops that broker until its container is started anew, for 5 minutes at the most. */
export async function hangBroker(target: Target): Promise<Hang> {
    const { pods, signal, say } = target;
    const found: { notReady?: number; restarted?: number } = {};
    const fault = await withStoppedBroker(target, async (name, before) => {
        const start = performance.now();
        const seconds = () => (performance.now() - start) / 1000;
        while (found.restarted === undefined && seconds() < HANG_SECONDS) {
            await sleep(POLL_MS, undefined, { signal });
            const pod = await pods.read(name);
            if (!isReady(pod)) {
                found.notReady ??= seconds();
            }
            if (restartsOf(pod, KAFKA) > before) {
                found.restarted = seconds();
            }
        }
    });
    say(
        `not ready after ${found.notReady?.toFixed(0) ?? "–"} s, started anew after ${found.restarted?.toFixed(0) ?? "–"} s`,
    );
    return { ...fault, ...found };
}

/** @param during Gets the name of the pod, and how often its broker was started anew before. */
async function withStoppedBroker(
    target: Target,
    during: (pod: string, restarts: number) => Promise<void>,
): Promise<BrokerFault> {
    let victim: Victim;
    const injection = await underFault(target, async () => {
        victim = await currentVictim(target);
        const pod = await target.pods.read(`${KAFKA}-${victim.broker}`);
        const broker = mainProcessOf(pod, KAFKA);
        signalProcess(broker, "SIGSTOP");
        try {
            await during(pod.metadata!.name!, restartsOf(pod, KAFKA));
        } finally {
            signalProcess(broker, "SIGCONT");
        }
    });
    return { ...victim!, ...injection };
}
