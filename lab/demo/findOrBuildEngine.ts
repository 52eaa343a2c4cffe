import { findEngine, type Engine } from "../pulumi/find";
import { confirm } from "../confirm";
import { buildEngine } from "../pulumi/build";
import { DemoError } from "./errors";

const QUESTION =
    "Build Pulumi's engine from its Go modules now? It takes about 12 minutes and needs Go.";

/** Says what is about to be downloaded: nobody asked for it by name. */
function sayDownload(from: string): void {
    console.log(
        `There is no Pulumi CLI on PATH: it is now downloaded from ${from} to ~/.pulumi. To use none: --engine kubectl`,
    );
}

/** Finds Pulumi's CLI; where there is none, a user at a terminal may have it built. */
export async function findOrBuildEngine(): Promise<Engine | undefined> {
    const found = await findEngine(sayDownload);
    if (found !== undefined || !process.stdin.isTTY || !(await confirm(QUESTION))) {
        return found;
    }
    try {
        await buildEngine();
    } catch (error) {
        throw new DemoError(
            `the engine could not be built: ${error instanceof Error ? error.message : String(error)}`,
            "set right what it names, or use --engine kubectl",
            { cause: error },
        );
    }
    return findEngine(sayDownload);
}
