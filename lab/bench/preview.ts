import { execFile, type ExecFileException } from "node:child_process";
import { dirname, delimiter } from "node:path";
import { promisify } from "node:util";
import { type Engine, NODE_HOST } from "../pulumi/find";
import { findOnPath } from "../onPath";
import type { PulumiProject } from "../pulumi/project";
import { measurePair, type Pair } from "./pair";
import { seconds } from "./stopwatch";

const PAIRS = 6;
const LIMIT_MS = 120_000;

/** A deployed stack that can be previewed from its directory. */
export interface PreviewedStack extends PulumiProject {
    readonly stack: string;
}

/** Whether Pulumi runs programs in Node.js by itself, as `pulumi preview` on a command line does. */
export function hasNodeHost({ pulumi, path }: Engine): boolean {
    return findOnPath(NODE_HOST, `${path}${delimiter}${dirname(pulumi.command)}`) !== undefined;
}

/** Seconds of `pulumi preview` without changes, as whole processes. */
export async function measurePreviews(
    engine: Engine,
    { random, signal }: { readonly random: () => number; readonly signal: AbortSignal },
    stacks: { readonly ours: PreviewedStack; readonly reference: PreviewedStack },
): Promise<readonly Pair[]> {
    const pairs: Pair[] = [];
    for (let number = 0; number < PAIRS; number++) {
        signal.throwIfAborted();
        pairs.push(
            await measurePair(random, {
                ours: () => preview(engine, stacks.ours),
                reference: () => preview(engine, stacks.reference),
            }),
        );
    }
    return pairs;
}

function preview({ pulumi }: Engine, { stack, workDir, envVars }: PreviewedStack): Promise<number> {
    const args = ["preview", "--stack", stack, "--expect-no-changes", "--non-interactive"];
    return seconds(() =>
        promisify(execFile)(pulumi.command, args, {
            cwd: workDir,
            env: { ...process.env, ...envVars },
            timeout: LIMIT_MS,
            maxBuffer: 2 ** 24,
        }).catch((error: ExecFileException) => {
            // Its own message begins with the command, and the first line is all that is shown.
            const reason = error.stderr?.trim().split("\n").at(-1);
            throw error.killed || !reason ? error : new Error(`pulumi preview: ${reason}`);
        }),
    );
}
