import { labKubectl } from "../bench/kubectl";

/** Keeps new pods off a node. */
export async function cordon(node: string): Promise<void> {
    await labKubectl(["cordon", node]);
}

/** Lets pods on some nodes. */
export async function uncordon(nodes: readonly string[]): Promise<void> {
    await labKubectl(["uncordon", ...nodes]);
}
