import { spawn } from "node:child_process";
import { mkdirSync, openSync, closeSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { LOGS, PROCESSES } from "../paths";
import { waitFor } from "../wait";

/** A process as it is recorded: a pid alone could by now be somebody else's. */
export interface ProcessIdentity {
    readonly pid: number;
    /** Start time in clock ticks since boot, field 22 of /proc/PID/stat. */
    readonly startTime: string;
    /** Start times repeat after a reboot. */
    readonly boot: string;
}

/** State and start time out of the text of /proc/PID/stat. */
export function parseStat(stat: string): { state: string; startTime: string } {
    // The second field is the program's name in parentheses and may itself contain blanks.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { state: fields[0] ?? "", startTime: fields[19] ?? "" };
}

/** The identity of a running process, or nothing if there is none or it is only a zombie. */
export function identify(pid: number): ProcessIdentity | undefined {
    try {
        const { state, startTime } = parseStat(readFileSync(`/proc/${pid}/stat`, "utf8"));
        const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
        return state === "Z" || state === "X" ? undefined : { pid, startTime, boot };
    } catch {
        return undefined;
    }
}

/** Whether the recorded process still runs. */
export function isAlive(identity: ProcessIdentity): boolean {
    const now = identify(identity.pid);
    return now?.startTime === identity.startTime && now.boot === identity.boot;
}

/** Starts a program that outlives this one, logs to `<name>.log`, and records it under its name. */
export function startDetached(
    name: string,
    command: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv = process.env,
): void {
    mkdirSync(LOGS, { recursive: true });
    mkdirSync(PROCESSES, { recursive: true });
    const log = openSync(join(LOGS, `${name}.log`), "a");
    const child = spawn(command, args, {
        cwd: "/",
        detached: true,
        env,
        stdio: ["ignore", log, log],
    });
    closeSync(log);
    // Without a listener an error would end this process; the missing pid below reports it.
    child.on("error", () => undefined);
    const identity = child.pid === undefined ? undefined : identify(child.pid);
    if (!identity) {
        throw new Error(`${name} could not be started: ${command}`);
    }
    child.unref();
    writeFileSync(recordOf(name), JSON.stringify(identity));
}

/** The record of a started process, if there is one. */
export function recorded(name: string): ProcessIdentity | undefined {
    try {
        return JSON.parse(readFileSync(recordOf(name), "utf8")) as ProcessIdentity;
    } catch {
        return undefined;
    }
}

/** Whether the process with this name was started and still runs. */
export function isRunning(name: string): boolean {
    const identity = recorded(name);
    return identity !== undefined && isAlive(identity);
}

/**
 * Kills a recorded process, waits until it is gone and forgets it. With `init`, kills PID 1 of the
 * namespaces that the process made instead: the kernel then kills everything inside.
 */
export async function kill(name: string, init = false): Promise<void> {
    const identity = recorded(name);
    if (identity && isAlive(identity)) {
        const target = init ? initOf(name) : identity.pid;
        process.kill(target ?? identity.pid, "SIGKILL");
        await waitFor(`end of ${name}`, 30, () => !isAlive(identity));
    }
    rmSync(recordOf(name), { force: true });
}

/** PID 1 of recorded namespaces, as the machine counts it. */
export function initOf(name: string): number | undefined {
    const identity = recorded(name);
    return identity && isAlive(identity) ? childrenOf(identity.pid)[0] : undefined;
}

/** The names of the programs that PID 1 of recorded namespaces has started and that still run. */
export function daemonsOf(name: string): Set<string> {
    const init = initOf(name);
    return new Set(init === undefined ? [] : childrenOf(init).map(programOf));
}

function childrenOf(pid: number): number[] {
    return readOrEmpty(`/proc/${pid}/task/${pid}/children`).split(" ").filter(Boolean).map(Number);
}

// Not the kernel's short name of a process: that ends after 15 characters.
function programOf(pid: number): string {
    return basename(readOrEmpty(`/proc/${pid}/cmdline`).split("\0")[0] ?? "");
}

// A process may end before its file is read.
function readOrEmpty(file: string): string {
    try {
        return readFileSync(file, "utf8").trim();
    } catch {
        return "";
    }
}

function recordOf(name: string): string {
    return join(PROCESSES, `${name}.json`);
}
