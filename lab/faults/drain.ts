import { LAB } from "..";
import { labKubectl } from "../bench/kubectl";
import { uncordon } from "./cordon";
import type { Drain } from "./samples";
import { type Target, underFault } from "./target";

/** A drain that is refused tries again every 5 s for so long, in seconds. */
const DRAIN_SECONDS = 45;

/**
 * Drains two nodes at once, and lets pods on them again when both drains have come to an end. Volumes stay on their nodes, so
 * what has to go can't come back meanwhile.
 *
 * @throws Error when no broker goes: then nothing was drained.
 */
export async function drainTwoNodes(target: Target): Promise<Drain> {
    const { pods, random, signal, say } = target;
    const spared = Math.floor(random() * LAB.nodes.length);
    const nodes = LAB.nodes.map(({ name }) => name).filter((_, index) => index !== spared);
    let gone = { brokersGone: 0, zookeepersGone: 0 };
    const injection = await underFault(target, async () => {
        const brokers = await pods.uids("kafka");
        const zookeepers = await pods.uids("zookeeper");
        try {
            await Promise.allSettled(nodes.map((node) => drain(node, signal)));
            gone = {
                brokersGone: missing(brokers, await pods.uids("kafka")),
                zookeepersGone: missing(zookeepers, await pods.uids("zookeeper")),
            };
        } finally {
            await uncordon(nodes);
        }
        signal.throwIfAborted();
        if (gone.brokersGone === 0) {
            throw new Error(`drains of ${nodes.join(" and ")}: expected a broker to go, got none`);
        }
    });
    say(`${gone.brokersGone} brokers and ${gone.zookeepersGone} members of ZooKeeper went`);
    return { ...gone, ...injection };
}

async function drain(node: string, signal: AbortSignal): Promise<void> {
    const options = ["--ignore-daemonsets", "--delete-emptydir-data"];
    await labKubectl(["drain", node, ...options, `--timeout=${DRAIN_SECONDS}s`], { signal });
}

function missing(before: readonly string[], now: readonly string[]): number {
    return before.filter((uid) => !now.includes(uid)).length;
}
