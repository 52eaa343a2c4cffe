import { buildTasks } from "../build";
import { isBuilt, pathOf } from "../build/cache";
import { pulumiCli, pulumiKubernetes } from "../build/pulumi";
import { findOnPath } from "../onPath";
import { show } from "../progress";

/** The program of Pulumi's provider for Kubernetes. */
export const KUBERNETES_PROVIDER = "pulumi-resource-kubernetes";

/** Where {@link buildEngine} puts Pulumi; the directories exist when it is built. */
export interface BuiltEngine {
    /** Directory with `bin/pulumi`. */
    readonly cliRoot: string;
    /** Directory with the provider for Kubernetes. */
    readonly providerDirectory: string;
}

/** Where Pulumi's CLI and its provider for Kubernetes are, if they were built here. */
export function builtEngine(): BuiltEngine {
    return { cliRoot: pathOf(pulumiCli), providerDirectory: pathOf(pulumiKubernetes) };
}

/**
 * Builds Pulumi's CLI and its provider for Kubernetes from their Go modules, for which Go is all that it takes. What is on
 * PATH is not built: it is what will be used.
 */
export async function buildEngine(): Promise<void> {
    const missing = [
        { program: "pulumi", artifact: pulumiCli },
        { program: KUBERNETES_PROVIDER, artifact: pulumiKubernetes },
    ].filter(({ program, artifact }) => findOnPath(program) === undefined && !isBuilt(artifact));
    if (missing.length === 0) {
        console.log("The engine is there.");
    }
    await show(buildTasks(missing.map(({ artifact }) => artifact)));
}
