import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { PROJECT } from "../../config";
import type { Engine } from "./find";
import { makeProject, stackFile, writeStackConfig } from "./project";
import { program } from "./program";

/** Which stack {@link openStack} opens. */
export interface StackArgs {
    readonly stack: string;
    /** The whole configuration, by full key; a value that is an object or a list is JSON. */
    readonly config: Readonly<Record<string, string>>;
    /** Directory of the project, the state and the passphrase; it is made when it is missing. */
    readonly directory: string;
    readonly engine: Engine;
}

/**
 * Opens a stack of this program with a local backend, and makes it when it is missing. The program runs in this process,
 * so that Pulumi needs no language host.
 */
export async function openStack({ stack, config, directory, engine }: StackArgs): Promise<Stack> {
    const { workDir, envVars } = makeProject(directory, engine);
    writeStackConfig(stackFile(directory, stack), config);
    return LocalWorkspace.createOrSelectStack(
        { stackName: stack, projectName: PROJECT, program },
        { workDir, envVars, pulumiCommand: engine.pulumi },
    );
}
