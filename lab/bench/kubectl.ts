import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { LAB, labBinaries } from "..";

/** Runs the lab's kubectl on the lab. */
export async function labKubectl(
    args: readonly string[],
    { input = "", signal }: { readonly input?: string; readonly signal?: AbortSignal } = {},
): Promise<void> {
    const running = promisify(execFile)(labBinaries().kubectl, args, {
        env: { ...process.env, KUBECONFIG: LAB.kubeconfig },
        signal,
    });
    running.child.stdin?.end(input);
    await running;
}
