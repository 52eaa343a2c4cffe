import { findEngine, type Engine } from "../pulumi/find";
import { confirm } from "../confirm";
import { buildEngine } from "../pulumi/build";
import { DemoError } from "./errors";

const QUESTION =
    "Build Pulumi's engine from its Go modules now? It takes about 12 minutes and needs Go.";

/** Finds Pulumi's CLI; where there is none, a user at a terminal may have it built. */
export async function findOrBuildEngine(): Promise<Engine | undefined> {
    const found = await findEngine();
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
    return findEngine();
}
