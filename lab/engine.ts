import { buildTasks } from "./build";
import { isBuilt, pathOf } from "./build/cache";
import { pulumiCli, pulumiKubernetes } from "./build/pulumi";
import { show } from "./progress";

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

/** Builds Pulumi's CLI and its provider for Kubernetes from their Go modules, for which Go is all that it takes. */
export async function buildEngine(): Promise<void> {
    const missing = [pulumiCli, pulumiKubernetes].filter((artifact) => !isBuilt(artifact));
    if (missing.length === 0) {
        console.log("The engine is built.");
    }
    await show(buildTasks(missing));
}
