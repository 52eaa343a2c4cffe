import { LAB } from "..";
import { nodeNumbered } from "../cluster/addresses";
import { initOf } from "../cluster/processes";
import { run } from "../run";

/**
 * Runs a bash script among the mounts and processes of a node.
 *
 * @param node Its name.
 * @param script Its file.
 * @returns What it printed.
 * @throws Error when the node does not run, or the script fails.
 */
export function runOnNode(node: string, script: string, ...args: string[]): Promise<string> {
    const plan = nodeNumbered(LAB.nodes.findIndex(({ name }) => name === node) + 1);
    const init = initOf(plan.name);
    if (init === undefined) {
        throw new Error(`${node}: expected to run, got a node that does not`);
    }
    const inside = [`--target=${init}`, "--mount", "--pid"];
    return run("nsenter", [...inside, "bash", script, ...args]);
}
