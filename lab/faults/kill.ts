import { zookeeperLeader } from "../bench/zookeeperLeader";
import { KAFKA, ZOOKEEPER } from "../../components/kafka/names";
import type { Victim } from "./leader";
import { mainProcessOf, signalProcess } from "./podProcess";
import type { BrokerFault, Injection } from "./samples";
import { currentVictim, type Target, underFault } from "./target";

/** Kills the broker that leads most partitions, with SIGKILL. */
export async function killBroker(target: Target): Promise<BrokerFault> {
    let victim: Victim;
    const injection = await underFault(target, async () => {
        victim = await currentVictim(target);
        const pod = await target.pods.read(`${KAFKA}-${victim.broker}`);
        signalProcess(mainProcessOf(pod, KAFKA), "SIGKILL");
    });
    return { ...victim!, ...injection };
}

/**
 * Kills ZooKeeper's leader, with SIGKILL.
 *
 * @throws Error when there is none.
 */
export function killZookeeperLeader(target: Target): Promise<Injection> {
    return underFault(target, async () => {
        const leader = await zookeeperLeader(target.deployment.kafka.namespace);
        if (leader === undefined) {
            throw new Error("ZooKeeper: expected a leader, got none");
        }
        const pod = await target.pods.read(`${ZOOKEEPER}-${leader}`);
        signalProcess(mainProcessOf(pod, ZOOKEEPER), "SIGKILL");
    });
}
