import { existsSync } from "node:fs";
import { delimiter } from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { builtEngine, KUBERNETES_PROVIDER } from "./build";
import { findOnPath } from "../onPath";

/** Pulumi's CLI, and where it finds its plugins. */
export interface Engine {
    readonly pulumi: PulumiCommand;
    /** `PATH` for it. */
    readonly path: string;
    /** More of its environment. */
    readonly env: Readonly<Record<string, string>>;
}

/** The program of Pulumi's language host for Node.js. */
export const NODE_HOST = "pulumi-language-nodejs";

/** Where Pulumi's CLI is downloaded from, by the Automation API too. */
const DOWNLOAD = "https://get.pulumi.com/install.sh";
const DOWNLOAD_TIMEOUT_MS = 10_000;
const INSTALL_TIMEOUT_MS = 300_000;

/** No engine is to be had. */
export class EngineMissingError extends Error {
    constructor() {
        super(
            "Pulumi CLI: expected on PATH, or built from its Go modules, got neither. Next: npm run lab -- engine",
        );
    }
}

/**
 * Finds Pulumi's CLI and provider: what is on PATH, else what was built, else a CLI that the Automation API downloads.
 *
 * @param onDownload Called before anything is downloaded, with where it comes from.
 * @returns `undefined` where there is no CLI.
 */
export async function findEngine(onDownload: (from: string) => void): Promise<Engine | undefined> {
    return (await localEngine()) ?? engineOf(await downloadedCommand(onDownload));
}

/**
 * Finds Pulumi's CLI and provider on this machine.
 *
 * @throws {@link EngineMissingError} where there is no CLI.
 */
export async function requireEngine(): Promise<Engine> {
    const engine = await localEngine();
    if (engine === undefined) {
        throw new EngineMissingError();
    }
    return engine;
}

async function localEngine(): Promise<Engine | undefined> {
    return engineOf((await commandAt()) ?? (await builtCommand()));
}

function engineOf(pulumi: PulumiCommand | undefined): Engine | undefined {
    return pulumi && { pulumi, ...pluginEnvironment(process.env.PATH ?? "") };
}

/** Where the provider is. One that was built here gives way to any on `path`, which is newer. */
function pluginEnvironment(path: string): Pick<Engine, "path" | "env"> {
    const { providerDirectory } = builtEngine();
    const isThere = findOnPath(KUBERNETES_PROVIDER, path) !== undefined;
    return isThere || !existsSync(providerDirectory)
        ? { path, env: {} }
        : {
              path: `${path}${delimiter}${providerDirectory}`,
              // In place of the option `enablePatchForce`, which it does not know yet. It is for all objects.
              env: { PULUMI_K8S_ENABLE_PATCH_FORCE: "true" },
          };
}

async function commandAt(root?: string): Promise<PulumiCommand | undefined> {
    try {
        return await PulumiCommand.get({ root });
    } catch {
        return undefined;
    }
}

async function builtCommand(): Promise<PulumiCommand | undefined> {
    const { cliRoot } = builtEngine();
    return existsSync(cliRoot) ? commandAt(cliRoot) : undefined;
}

async function downloadedCommand(
    onDownload: (from: string) => void,
): Promise<PulumiCommand | undefined> {
    try {
        // The installer itself would wait for minutes for a server that does not answer.
        const answer = await fetch(DOWNLOAD, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
        await answer.body?.cancel();
        if (!answer.ok) {
            return undefined;
        }
        onDownload(DOWNLOAD);
        const giveUp = AbortSignal.timeout(INSTALL_TIMEOUT_MS);
        return await Promise.race([
            PulumiCommand.install(),
            new Promise<undefined>((resolve) => {
                giveUp.addEventListener("abort", () => resolve(undefined), { once: true });
            }),
        ]);
    } catch {
        return undefined;
    }
}
