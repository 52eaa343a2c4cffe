import { cutNodeOf, isWithZookeeperLeader } from "../bench/nodeLoss";
import type { NodeCut } from "./samples";
import { type Target, underFault } from "./target";

/** Cuts off the node of a broker, as a power cut does, and starts it again after 25 s. */
export async function cutNode(target: Target, broker: number): Promise<NodeCut> {
    const { deployment } = target;
    const withZookeeperLeader = await isWithZookeeperLeader(deployment, broker);
    const injection = await underFault(target, () => cutNodeOf(deployment, broker));
    return { broker, withZookeeperLeader, ...injection };
}
