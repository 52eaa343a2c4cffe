import { setTimeout as sleep } from "node:timers/promises";
import { KAFKA } from "../../components/kafka/names";
import { LAB } from "..";
import { volumesDirectory } from "../paths";
import { waitFor } from "../wait";
import { whileCordoned } from "./cordon";
import { restartsOf } from "./pods";
import type { FullDisk } from "./samples";
import { restoreVolumes, SmallVolume } from "./smallVolume";
import { currentVictim, type Target, underFault, untilWhole } from "./target";

/** How long a pod may take to end, in seconds. */
const END_SECONDS = 120;
/** A broker whose volume is full ends itself within this time, in seconds. */
const STOP_SECONDS = 60;
/** How long it then stays full, so that the broker fails to start at least once. */
const HOLD_MS = 15_000;
const POLL_MS = 500;

/**
 * Fills the volume of the broker that leads most partitions, and frees it again after the broker has ended. For that the
 * volume is put into a small file system first, while the broker is away. {@link restoreAll} undoes that.
 */
export async function fillDisk(target: Target): Promise<FullDisk> {
    const victim = await currentVictim(target);
    const name = `${KAFKA}-${victim.broker}`;
    const volume = await shrinkVolume(target, victim.broker);
    const found: { stopped?: number } = {};
    const injection = await underFault(target, async () => {
        const before = restartsOf(await target.pods.read(name), KAFKA);
        await volume.fill();
        try {
            found.stopped = await secondsUntilRestart(target, name, before);
            await sleep(HOLD_MS, undefined, { signal: target.signal });
        } finally {
            await volume.free();
        }
    });
    target.say(`the broker ended after ${found.stopped?.toFixed(0) ?? "–"} s`);
    return { ...victim, ...injection, ...(found.stopped !== undefined && found) };
}

/** Gives all volumes their own directories back, on the nodes that run. */
export async function restoreAll(): Promise<void> {
    for (const [index, { name }] of LAB.nodes.entries()) {
        await restoreVolumes(name, volumesDirectory(index + 1));
    }
}

/**
 * Puts the volume of a broker into a small file system, for which the broker is away. Ends when it is in sync there.
 */
export async function shrinkVolume(target: Target, broker: number): Promise<SmallVolume> {
    const { pods, signal } = target;
    const name = `${KAFKA}-${broker}`;
    const directory = await pods.volumeDirectory(broker);
    const { metadata, spec } = await pods.read(name);
    const node = spec!.nodeName!;
    const volume = await whileCordoned(node, async () => {
        await pods.delete(name);
        const isGone = async () => (await pods.read(name)).metadata?.uid !== metadata?.uid;
        await waitFor(`the end of ${name}`, END_SECONDS, isGone, { signal });
        return SmallVolume.put(node, directory);
    });
    if ((await untilWhole(target)) === undefined) {
        throw new Error(`${name}: expected to be in sync on a small volume, got no end of that`);
    }
    return volume;
}

async function secondsUntilRestart(
    { pods, signal }: Target,
    name: string,
    before: number,
): Promise<number | undefined> {
    const start = performance.now();
    const seconds = () => (performance.now() - start) / 1000;
    while (seconds() < STOP_SECONDS) {
        if (restartsOf(await pods.read(name), KAFKA) > before) {
            return seconds();
        }
        await sleep(POLL_MS, undefined, { signal });
    }
    return undefined;
}
