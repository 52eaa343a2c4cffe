import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { V1Pod } from "@kubernetes/client-node";
import { NODES } from "../cluster/addresses";
import { cgroupOf, hierarchies } from "../cluster/cgroups";
import { identify, isAlive, parseStat, type ProcessIdentity } from "../cluster/processes";

/** What the machine may do to a process of the lab, which is one of its own. */
type Signal = "SIGKILL" | "SIGSTOP" | "SIGCONT";

/**
 * The main process of a pod's container.
 *
 * @throws Error when it does not run.
 */
export function mainProcessOf(pod: V1Pod, container: string): ProcessIdentity {
    const pid = processesOf(pod, container).find((each) =>
        isFirstOfItsNamespace(readOrEmpty(`/proc/${each}/status`)),
    );
    const identity = pid === undefined ? undefined : identify(pid);
    if (identity === undefined) {
        const name = `${pod.metadata?.name}/${container}`;
        throw new Error(`${name}: expected a main process on the machine, got none`);
    }
    return identity;
}

/** Whether a process is PID 1 where it lives, by the text of its /proc/PID/status. Probes have processes there, too. */
export function isFirstOfItsNamespace(status: string): boolean {
    return /^NSpid:.*\s1$/m.test(status);
}

/**
 * Signals a process. One that is gone need not be continued.
 *
 * @throws Error when it is gone and the signal is another one.
 */
export function signalProcess(identity: ProcessIdentity, signal: Signal): void {
    if (isAlive(identity)) {
        process.kill(identity.pid, signal);
    } else if (signal !== "SIGCONT") {
        throw new Error(`process ${identity.pid}: expected to get ${signal}, got no such process`);
    }
}

/** Continues all stopped processes of the lab's pods, which a campaign that was killed may have left. */
export function continueAll(): void {
    const stopped = NODES.flatMap((node) => pidsIn(cgroupOf(node), "**")).filter(
        (pid) => parseStat(readOrEmpty(`/proc/${pid}/stat`)).state === "T",
    );
    for (const identity of stopped.flatMap((pid) => identify(pid) ?? [])) {
        signalProcess(identity, "SIGCONT");
    }
}

function processesOf({ spec, status }: V1Pod, container: string): number[] {
    const node = NODES.find(({ name }) => name === spec?.nodeName);
    const uri = status?.containerStatuses?.find(({ name }) => name === container)?.containerID;
    // Such as containerd://0123; the kubelet puts it below a cgroup of its pod, and that below one of its class or not.
    const id = uri?.replace(/^.*\/\//, "");
    return node === undefined || !id
        ? []
        : pidsIn(join(cgroupOf(node), "kubepods"), join("**", id));
}

/** Processes of some cgroups. With cgroup v1 every hierarchy has all of them. */
function pidsIn(folder: string, pattern: string): number[] {
    const hierarchy = hierarchies().find((each) => existsSync(join(each, folder)));
    if (hierarchy === undefined) {
        return [];
    }
    const cwd = join(hierarchy, folder);
    return globSync(join(pattern, "cgroup.procs"), { cwd }).flatMap((file) =>
        readOrEmpty(join(cwd, file)).split("\n").filter(Boolean).map(Number),
    );
}

// A process may end before its file is read.
function readOrEmpty(file: string): string {
    try {
        return readFileSync(file, "utf8");
    } catch {
        return "";
    }
}
