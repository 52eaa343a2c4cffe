import { labKubectl } from "../bench/kubectl";

/** Keeps new pods off a node. */
export async function cordon(node: string): Promise<void> {
    await labKubectl(["cordon", node]);
}

/** Lets pods on some nodes. */
export async function uncordon(nodes: readonly string[]): Promise<void> {
    await labKubectl(["uncordon", ...nodes]);
}

/** Keeps new pods off a node for as long as something is done. */
export async function whileCordoned<T>(node: string, action: () => Promise<T>): Promise<T> {
    await cordon(node);
    try {
        return await action();
    } finally {
        await uncordon([node]);
    }
}
