import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** How to run a command. */
export interface RunOptions {
    cwd?: string;
    /** Added to the environment of this process; `undefined` removes a variable. */
    env?: Record<string, string | undefined>;
    input?: string;
    /** Called with each line that the command writes to either stream. */
    onLine?: (line: string) => void;
}

/** A command that could not be started or ended with an error; says what it printed last. */
export class CommandError extends Error {
    constructor(command: string, reason: string, output: string) {
        const tail = output.trim().split("\n").slice(-15).join("\n");
        super(`${command} ${reason}${tail ? `:\n${tail}` : ""}`);
    }
}

/**
 * Runs a command to its end and returns what it wrote to stdout.
 *
 * @throws CommandError when it cannot be started or its exit code is not 0.
 */
export function run(
    command: string,
    args: readonly string[],
    options: RunOptions = {},
): Promise<string> {
    return new Promise((resolve, reject) => {
        const child = spawn(command, args, {
            cwd: options.cwd,
            env: { ...process.env, ...options.env },
        });
        let stdout = "";
        let output = "";
        child.stdout.on("data", (chunk: Buffer) => {
            stdout += chunk.toString();
            output += chunk.toString();
        });
        child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
        if (options.onLine) {
            for (const stream of [child.stdout, child.stderr]) {
                createInterface({ input: stream }).on("line", options.onLine);
            }
        }
        // A command that ends before it has read its input breaks the pipe; its exit code says more.
        child.stdin.on("error", () => undefined);
        child.stdin.end(options.input ?? "");
        const line = [command, ...args].join(" ");
        const shown = line.length > 160 ? `${line.slice(0, 160)}…` : line;
        child.on("error", (error) => reject(new CommandError(shown, error.message, "")));
        child.on("close", (code, signal) => {
            if (code === 0) {
                resolve(stdout);
            } else {
                reject(new CommandError(shown, `failed (${signal ?? `exit ${code}`})`, output));
            }
        });
    });
}

/** Whether a command succeeds. */
export async function succeeds(command: string, args: readonly string[]): Promise<boolean> {
    return run(command, args).then(
        () => true,
        () => false,
    );
}
