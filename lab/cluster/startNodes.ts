import { type CoreV1Api } from "@kubernetes/client-node";
import { type NodePlan } from "./addresses";
import { reasonNotBack } from "./awaitedNode";
import { assignPodRange, coreApi, leaseRenewals, listNodes } from "./cluster";
import { endOfLogs } from "./logs";
import { endedDaemons, nodeLogs, nodeRuns, startNode } from "./node";
import { LOGS } from "../paths";
import { waitFor } from "../wait";

// Three seconds are usual, but a machine that has just built everything may be busy for long.
const PATIENCE_SECONDS = 300;
const USUAL_SECONDS = 15;

/** A node that is not back, and why. */
interface Awaited {
    readonly node: NodePlan;
    readonly reason: string;
}

/**
 * Starts nodes and waits until they are ready. `say` hears what is awaited when that takes long.
 *
 * @throws Error that says why which node is not ready, with the end of its logs.
 */
export async function startNodes(
    nodes: readonly NodePlan[],
    say: (message: string) => void = () => undefined,
): Promise<void> {
    const start = Date.now();
    for (const node of nodes) {
        await startNode(node);
    }
    const api = coreApi();
    let awaited: readonly Awaited[] = nodes.map((node) => ({ node, reason: "not asked for yet" }));
    let said = "";
    const settled = async (): Promise<boolean> => {
        awaited = await notBack(api, nodes, start);
        const message = awaited.map(({ node, reason }) => `${node.name}: ${reason}`).join("; ");
        if (message !== said && Date.now() - start > USUAL_SECONDS * 1000) {
            said = message;
            say(message);
        }
        return awaited.length === 0 || awaited.some(({ node }) => !nodeRuns(node));
    };
    const failure = await waitFor("ready nodes", PATIENCE_SECONDS, settled).then(
        () => (awaited.length > 0 ? "a node has ended" : undefined),
        (error: Error) => error.message,
    );
    if (failure !== undefined) {
        const details = awaited.flatMap(({ node, reason }) => [
            `${node.name}: ${reason}`,
            ...endOfLogs(nodeLogs(node), start),
        ]);
        throw new Error([failure, ...details, `All logs are in ${LOGS}.`].join("\n"));
    }
    for (const node of nodes) {
        await assignPodRange(api, node);
    }
}

async function notBack(
    api: CoreV1Api,
    nodes: readonly NodePlan[],
    start: number,
): Promise<Awaited[]> {
    const known = await listNodes(api);
    const renewals = await leaseRenewals();
    return nodes.flatMap((node) => {
        const state = {
            runs: nodeRuns(node),
            endedDaemons: endedDaemons(node),
            node: known.find(({ metadata }) => metadata?.name === node.name),
            renewed: renewals.get(node.name),
        };
        const reason = reasonNotBack(state, start);
        return reason === undefined ? [] : [{ node, reason }];
    });
}
