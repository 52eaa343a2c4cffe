import { execFile } from "node:child_process";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { labBinaries } from "..";
import { findOnPath } from "../onPath";
import type { ClusterAccess } from "./cluster";
import { DemoError } from "./errors";

/** What a command of kubectl gets beside its arguments. */
export interface KubectlOptions {
    readonly input?: string;
    /** Ends the command when nobody waits for it any more. */
    readonly signal?: AbortSignal;
    /** Told each line that it prints to stdout. */
    readonly onLine?: (line: string) => void;
}

/**
 * Runs kubectl on one cluster and returns what it prints to stdout.
 *
 * @throws {@link DemoError} with what it printed to stderr, when it fails.
 */
export type Kubectl = (args: readonly string[], options?: KubectlOptions) => Promise<string>;

/** Lists of whole objects are long. */
const MAX_BYTES = 64 * 2 ** 20;

/** Ends what kubectl says of itself and begins its advice on options that the demo does not have. */
const ADVICE = /Please review the fields above/;

/** The kubectl of a cluster: the lab's own for the lab, else the one on PATH. It is looked for when it is first used. */
export function kubectlFor(cluster: ClusterAccess): Kubectl {
    return async (args, { input = "", signal, onLine } = {}) => {
        const program = cluster.isLab ? labBinaries().kubectl : findOnPath("kubectl");
        if (program === undefined) {
            throw new DemoError(
                "kubectl is not on PATH, and without Pulumi's CLI it is what deploys",
                "install kubectl, or npm run lab -- engine",
            );
        }
        const running = promisify(execFile)(program, [...accessArguments(cluster), ...args], {
            maxBuffer: MAX_BYTES,
            signal,
        });
        const { stdin, stdout } = running.child;
        // A command that ends before it has read its input breaks the pipe; what it prints says more.
        stdin?.on("error", () => undefined).end(input);
        if (onLine !== undefined && stdout !== null) {
            createInterface({ input: stdout }).on("line", onLine);
        }
        try {
            return (await running).stdout;
        } catch (error) {
            const { stderr = "", message } = error as { stderr?: string; message: string };
            const said = (stderr.split(ADVICE, 1)[0] ?? "").trim().replaceAll(/\s*\n\s*/g, " / ");
            throw new DemoError(
                `kubectl ${args[0]}: ${said.replace(/^error: /, "") || message}`,
                /conflicts? with/.test(said)
                    ? "something else, such as Pulumi, manages it: change or delete it there"
                    : "set right what it names, then run the demo again: it goes on where it stopped",
                { cause: error },
            );
        }
    };
}

/** kubectl on a cluster, as the user types it. */
export function kubectlCommand(cluster: ClusterAccess): string {
    return cluster.isLab
        ? "npm run -s lab -- kubectl"
        : ["kubectl", ...accessArguments(cluster)].join(" ");
}

/** The options by which kubectl and the tools of this project find a cluster. */
export function accessArguments({ kubeconfig, context }: ClusterAccess): string[] {
    return [
        ...(kubeconfig === undefined ? [] : ["--kubeconfig", kubeconfig]),
        ...(context === undefined ? [] : ["--context", context]),
    ];
}
