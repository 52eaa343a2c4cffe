import { setTimeout as sleep } from "node:timers/promises";
import { LAB, nodeCut, nodeStart } from "..";
import type { KafkaDeployment } from "./deployment";
import { zookeeperLeader } from "./zookeeperLeader";

/** Long enough for the brokers to notice and go on, short of what would make Kubernetes give up the pods. */
const OUTAGE_MS = 25_000;

/**
 * Cuts off the node of a broker, ends it, and starts it again after 25 s.
 *
 * @returns When it was started, as `performance.now()` has it.
 */
export async function cutNodeOf(
    { brokers }: Pick<KafkaDeployment, "brokers">,
    ordinal: number,
): Promise<number> {
    const name = (await brokers.nodes())[ordinal];
    const number = LAB.nodes.findIndex((node) => node.name === name) + 1;
    let start: number;
    await nodeCut(number);
    try {
        await sleep(OUTAGE_MS);
    } finally {
        start = performance.now();
        await nodeStart(number);
    }
    return start;
}

/** Whether ZooKeeper's leader is on the node of a broker. */
export async function isWithZookeeperLeader(
    { brokers, kafka }: Pick<KafkaDeployment, "brokers" | "kafka">,
    ordinal: number,
): Promise<boolean> {
    const nodes = await brokers.nodes();
    const leader = await zookeeperLeader(kafka.namespace);
    const zookeepers = await brokers.zookeeperNodes();
    return leader !== undefined && zookeepers[leader] === nodes[ordinal];
}
