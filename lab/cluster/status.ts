import { existsSync } from "node:fs";
import { requireAccess } from "./access";
import { NODES } from "./addresses";
import { coreApi, isReady, listNodes } from "./cluster";
import { CONTROL_PLANE_DAEMONS, CONTROL_PLANE_PROCESS } from "./controlPlane";
import { CONTROLLER_PROCESS } from "./controllerProcess";
import { nodeIsStopped, nodeIsWhole } from "./node";
import { STATE } from "../paths";
import { daemonsOf, isRunning } from "./processes";

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

/**
 * Finds out the state of the lab. Needs no running lab, and changes nothing.
 *
 * @throws Error where this user may not see it.
 */
export async function labStatus(): Promise<LabStatus> {
    requireAccess();
    const daemons = daemonsOf(CONTROL_PLANE_PROCESS);
    const components = {
        ...Object.fromEntries(CONTROL_PLANE_DAEMONS.map((name) => [name, daemons.has(name)])),
        [CONTROLLER_PROCESS]: isRunning(CONTROLLER_PROCESS),
    };
    const ready = daemons.has("kube-apiserver") ? await readyNodes() : undefined;
    const nodes = NODES.map((node) => ({
        name: node.name,
        address: node.address,
        zone: node.zone,
        running: nodeIsWhole(node),
        ready: ready?.has(node.name) ?? false,
    }));
    const intact =
        ready !== undefined &&
        Object.values(components).every(Boolean) &&
        NODES.every((node) => nodeIsWhole(node) || nodeIsStopped(node));
    const state = existsSync(STATE) ? (intact ? "up" : "broken") : "down";
    return { state, nodes, components };
}

/** The names of the nodes that are ready, or nothing if the API server does not answer. */
async function readyNodes(): Promise<Set<string> | undefined> {
    try {
        const nodes = await listNodes(coreApi());
        return new Set(nodes.filter(isReady).map((node) => node.metadata?.name ?? ""));
    } catch {
        return undefined;
    }
}
