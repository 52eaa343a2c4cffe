import { namespaceFile } from "./network";
import { startDetached } from "./processes";

/**
 * Starts a script as PID 1 of new mount, PID and IPC namespaces in a named network namespace. It
 * outlives this program. When PID 1 ends, the kernel kills all that it left, and its mounts go.
 */
export function startInNamespaces(
    name: string,
    network: string,
    furtherNamespaces: readonly string[],
    script: string,
    environment: Record<string, string>,
): void {
    startDetached(
        name,
        "nsenter",
        [
            // Not `ip netns exec`: that mounts a /sys of its own.
            `--net=${namespaceFile(network)}`,
            "unshare",
            "--mount",
            "--pid",
            "--ipc",
            ...furtherNamespaces,
            "--fork",
            // Without its parent it would be lost to any tear-down.
            "--kill-child=SIGKILL",
            "--mount-proc",
            "bash",
            script,
        ],
        { PATH: process.env["PATH"], ...environment },
    );
}
