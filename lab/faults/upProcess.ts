import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { REPOSITORY } from "../../tools/cli/repository";
import type { Target } from "./target";
import type { UpArgs, UpMessage } from "./upMessages";

/** How long an `up` may take, in seconds. */
const LONGEST_SECONDS = 600;

/** What an `up` of a round needs. */
export type UpTarget = Pick<Target, "deployment" | "directory" | "name" | "signal">;

/** Why an `up` did not go through; `undefined` when it did. */
export type UpFault = string | undefined;

/**
 * An `up` whose program, engine and plugins are all in processes of their own. They are in a PID namespace, so that the
 * kernel ends all of them when the first one ends, and that one ends with this process.
 */
export class UpProcess {
    /** Ends when the engine is called, or with the last process. */
    readonly begun: Promise<void>;
    /** Ends with the last process. */
    readonly ended: Promise<UpFault>;
    private readonly child: ChildProcess;
    private fault: UpFault = "it ended without a word";
    private said = "nothing";

    /** @param log File for what it prints. */
    constructor(args: UpArgs, log: string) {
        const file = openSync(log, "a");
        const [command, ...rest] = commandOf(args);
        this.child = spawn(command!, rest, {
            cwd: REPOSITORY,
            stdio: ["ignore", file, file, "ipc"],
        });
        closeSync(file);
        this.ended = once(this.child, "close").then(() => this.fault);
        this.begun = new Promise((resolve, reject) => {
            this.child.on("message", (message: UpMessage) => this.hear(message, resolve));
            this.ended.then(() => resolve(), reject);
        });
    }

    /** What the engine has said last. */
    get last(): string {
        return this.said;
    }

    /** Ends all of its processes at once, with SIGKILL. */
    async kill(): Promise<void> {
        this.child.kill("SIGKILL");
        await this.ended;
    }

    private hear(message: UpMessage, begin: () => void): void {
        switch (message.type) {
            case "begins":
                begin();
                break;
            case "says":
                this.said = message.line;
                break;
            case "done":
                this.fault = undefined;
                break;
            case "failed":
                this.fault = message.reason;
                break;
        }
    }
}

function commandOf(args: UpArgs): string[] {
    const withParent = ["setpriv", "--pdeathsig", "KILL", "--"];
    const namespace = ["unshare", "--pid", "--fork", "--kill-child=SIGKILL", "--mount-proc", "--"];
    const program = ["--require", join(REPOSITORY, "load.cjs"), join(__dirname, "up.ts")];
    return [...withParent, ...namespace, process.execPath, ...program, JSON.stringify(args)];
}

/** Starts an `up` of a round's deployment, with a log for the round. */
export function startUp({ deployment, directory, name }: UpTarget): UpProcess {
    return new UpProcess(deployment.stack, join(directory, `${name}-up.log`));
}

/** Runs an `up` of a round's deployment to its end. */
export function runUp(target: UpTarget): Promise<UpFault> {
    return endOf(startUp(target), target.signal);
}

/** Waits for the end of an `up`, and ends it when it takes too long. */
export async function endOf(up: UpProcess, signal: AbortSignal): Promise<UpFault> {
    try {
        const late = sleep(LONGEST_SECONDS * 1000, "late" as const, { signal, ref: false });
        const end = await Promise.race([late, up.ended]);
        return end === "late"
            ? `no end within ${LONGEST_SECONDS} s; it said last: ${up.last}`
            : end;
    } finally {
        await up.kill();
    }
}
