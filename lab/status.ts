import { existsSync } from "node:fs";
import { NODES, type NodePlan } from "./addresses";
import { coreApi, isReady, listNodes } from "./cluster";
import { CONTROL_PLANE_PROCESS } from "./controlPlane";
import { CONTROLLER_PROCESS } from "./controllerProcess";
import { networkExists } from "./network";
import { nodeIsStopped, nodeRuns } from "./node";
import { STATE } from "./paths";
import { isRunning, recordedNames } from "./processes";

/** What is the matter with one node. */
export interface NodeStatus {
    readonly name: string;
    readonly address: string;
    readonly zone: string;
    /** Whether its processes run. */
    readonly running: boolean;
    /** Whether Kubernetes says that it is ready; it notices the loss of a node after 40 s. */
    readonly ready: boolean;
}

/** What is the matter with the lab. */
export interface LabStatus {
    /**
     * `up`: all that was started runs, and the API server answers; nodes may have been stopped.
     * `broken`: something ended that nobody stopped, for example with the machine.
     */
    readonly state: "down" | "up" | "broken";
    readonly nodes: readonly NodeStatus[];
    /** The components beside the nodes and whether they run. */
    readonly components: Readonly<Record<string, boolean>>;
}

/** Finds out the state of the lab. Needs no running lab, and changes nothing. */
export async function labStatus(): Promise<LabStatus> {
    const processes = {
        [CONTROL_PLANE_PROCESS]: isRunning(CONTROL_PLANE_PROCESS),
        [CONTROLLER_PROCESS]: isRunning(CONTROLLER_PROCESS),
    };
    const ready =
        networkExists() && isRunning(CONTROL_PLANE_PROCESS) ? await readyNodes() : undefined;
    const nodes = NODES.map((node) => ({
        name: node.name,
        address: node.address,
        zone: node.zone,
        running: nodeRuns(node),
        ready: ready?.has(node.name) ?? false,
    }));
    const components = { ...processes, "api-server": ready !== undefined };
    return { state: stateOf(components, NODES), nodes, components };
}

function stateOf(
    components: Record<string, boolean>,
    nodes: readonly NodePlan[],
): LabStatus["state"] {
    const started = networkExists() || recordedNames().length > 0;
    if (!started && !existsSync(STATE)) {
        return "down";
    }
    const intact =
        Object.values(components).every(Boolean) &&
        nodes.every((node) => nodeRuns(node) || nodeIsStopped(node));
    return intact ? "up" : "broken";
}

async function readyNodes(): Promise<Set<string> | undefined> {
    try {
        const nodes = await listNodes(coreApi());
        return new Set(nodes.filter(isReady).map((node) => node.metadata?.name ?? ""));
    } catch {
        return undefined;
    }
}
