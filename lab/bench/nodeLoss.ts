import { setTimeout as sleep } from "node:timers/promises";
import { LAB, nodeCut, nodeStart } from "..";
import type { KafkaDeployment } from "./deployment";

/** Long enough for the brokers to notice and go on, short of what would make Kubernetes give up the pods. */
const OUTAGE_MS = 25_000;

/**
 * Cuts off the node of a broker, ends it, and starts it again after 25 s.
 *
 * @returns Seconds from the start of the node until every replica is in sync again.
 */
export async function loseNodeOf(deployment: KafkaDeployment, ordinal: number): Promise<number> {
    const name = (await deployment.brokers.nodes())[ordinal];
    const number = LAB.nodes.findIndex((node) => node.name === name) + 1;
    let start: number;
    await nodeCut(number);
    try {
        await sleep(OUTAGE_MS);
    } finally {
        start = performance.now();
        await nodeStart(number);
    }
    await deployment.kafka.waitForFullIsr();
    return (performance.now() - start) / 1000;
}
