import { type NodePlan } from "./addresses";
import { assignPodRange, coreApi, isReady, leaseRenewals, listNodes } from "./cluster";
import { nodeRuns, startNode } from "./node";
import { LOGS } from "./paths";
import { waitFor } from "./wait";

/**
 * Starts nodes and waits until they are ready.
 *
 * @throws Error that says where the logs are, if a node ends at once.
 */
export async function startNodes(nodes: readonly NodePlan[]): Promise<void> {
    const start = Date.now();
    for (const node of nodes) {
        await startNode(node);
    }
    const dead = (): NodePlan[] => nodes.filter((node) => !nodeRuns(node));
    const api = coreApi();
    await waitFor("ready nodes", 120, async () => {
        const ready = (await listNodes(api)).filter(isReady).map((node) => node.metadata?.name);
        // A node that comes back is still taken for ready, until it has been missed for 40 s.
        const renewals = await leaseRenewals();
        const back = nodes.filter(
            ({ name }) => ready.includes(name) && (renewals.get(name) ?? 0) >= start,
        );
        return back.length === nodes.length || dead().length > 0;
    });
    if (dead().length > 0) {
        const names = dead().map((node) => node.name);
        throw new Error(`${names.join(", ")} ended at once; see ${LOGS}`);
    }
    for (const node of nodes) {
        await assignPodRange(api, node);
    }
}
