import { setTimeout as sleep } from "node:timers/promises";
import { KAFKA } from "../../components/kafka/names";
import { waitFor } from "../wait";
import { whileCordoned } from "./cordon";
import { shrinkVolume } from "./fullDisk";
import type { FullStart } from "./samples";
import { currentVictim, type Target, underFault } from "./target";
import { endOf, runUp, startUp, type UpFault } from "./upProcess";

/** How long the load runs first, so that the broker has messages to lose, in ms. */
const BEFORE_MS = 15_000;
/** Within this time `up` replaces the pod of each broker, in seconds. */
const TURN_SECONDS = 180;
/** A broker deletes what it takes for too old within this time after its start, in ms. */
const RETENTION_MS = 45_000;

/**
 * Has the broker that leads most partitions start on a full volume, in an `up` that restarts all brokers. Then the volume
 * is freed, and `up` runs again. The last `up` restarts all brokers once more, so that the others follow that broker: what
 * it lost they would throw away, too. `restoreAll` gives it its own volume back.
 */
export async function startOnFullVolume(target: Target): Promise<FullStart> {
    const { deployment, pods, signal, say } = target;
    const victim = await currentVictim(target);
    const name = `${KAFKA}-${victim.broker}`;
    const volume = await shrinkVolume(target, victim.broker);
    const { uid } = (await pods.read(name)).metadata!;
    let fault: UpFault;
    const runNext = async () => {
        await deployment.configure();
        fault ??= await runUp(target);
    };
    let said: string | undefined;
    const injection = await underFault(target, async () => {
        await sleep(BEFORE_MS, undefined, { signal });
        await deployment.configure();
        const up = startUp(target);
        try {
            await whileCordoned(volume.node, async () => {
                const isReplaced = async () => (await pods.read(name)).metadata?.uid !== uid;
                await waitFor(`another pod ${name}`, TURN_SECONDS, isReplaced, { signal });
                await volume.fill();
            });
            said = await endOf(up, signal);
        } finally {
            await up.kill();
            await volume.free();
        }
        say(`up with a full volume: ${said ?? "it went through"}`);
        await runNext();
        await sleep(RETENTION_MS, undefined, { signal });
        await runNext();
    });
    return {
        ...victim,
        ...injection,
        ...(said !== undefined && { said }),
        ...(fault !== undefined && { fault }),
    };
}
