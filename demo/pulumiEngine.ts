import {
    ConcurrentUpdateError,
    type EngineEvent,
    LocalWorkspace,
    PulumiCommand,
    type Stack,
} from "@pulumi/pulumi/automation";
import { describeError } from "../client/errors";
import type { Engine, Report } from "./engine";
import { DemoError } from "./errors";
import { makeProject, stackFile, writeStackConfig } from "./pulumiProject";
import { UpdateLog } from "./updateLog";

/** Where Pulumi's CLI is downloaded from, by the Automation API too. */
const DOWNLOAD = "https://get.pulumi.com/install.sh";
const DOWNLOAD_TIMEOUT_MS = 10_000;
const INSTALL_TIMEOUT_MS = 300_000;

/** Pulumi's CLI: the one on PATH, else one that the Automation API installs; `undefined` when neither is to be had. */
export async function findPulumi(): Promise<PulumiCommand | undefined> {
    try {
        return await PulumiCommand.get();
    } catch {
        return installPulumi();
    }
}

async function installPulumi(): Promise<PulumiCommand | undefined> {
    try {
        // The installer itself would wait for minutes for a server that does not answer.
        const answer = await fetch(DOWNLOAD, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
        await answer.body?.cancel();
        if (!answer.ok) {
            return undefined;
        }
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

/** Which stack {@link openStack} opens. */
export interface StackArgs {
    readonly stack: string;
    /** The whole configuration, by full key; a value that is an object or a list is JSON. */
    readonly config: Readonly<Record<string, string>>;
    /** Directory of the project, the state and the passphrase; it is made when it is missing. */
    readonly directory: string;
    /** @default - The CLI on PATH. */
    readonly pulumi?: PulumiCommand;
}

/** Opens a stack of this program with a local backend, and makes it when it is missing. */
export async function openStack(args: StackArgs): Promise<Stack> {
    const project = makeProject(args.directory);
    writeStackConfig(stackFile(args.directory, args.stack), args.config);
    return LocalWorkspace.createOrSelectStack(
        { stackName: args.stack, workDir: project.workDir },
        { envVars: project.envVars, pulumiCommand: args.pulumi },
    );
}

/** What {@link pulumiEngine} needs beside a stack. */
export interface PulumiEngineArgs extends StackArgs {
    /** Whether the namespace holds a Kafka that is not this stack's unless the stack has resources. */
    readonly kafkaExists: boolean;
}

/** Deploys with Pulumi's CLI through the Automation API. */
export function pulumiEngine(args: PulumiEngineArgs): Engine {
    return {
        deploy: async (report) => {
            const stack = await openStack(args);
            const isEmpty = await hasNoResources(stack);
            if (isEmpty && args.kafkaExists) {
                throw new DemoError(
                    "the namespace holds a Kafka that another stack deployed",
                    "give another one with --namespace",
                );
            }
            await logged(report, (onEvent) =>
                // What changed behind Pulumi's back, such as an object deleted by hand, is set right.
                stack.up({ onEvent, refresh: !isEmpty, suppressProgress: true }),
            );
        },
        destroy: async (report) => {
            const stack = await openStack(args);
            await logged(report, (onEvent) =>
                stack.destroy({ onEvent, suppressProgress: true, remove: true }),
            );
        },
    };
}

async function hasNoResources(stack: Stack): Promise<boolean> {
    const { deployment } = (await stack.exportStack()) as {
        deployment?: { resources?: readonly unknown[] };
    };
    return (deployment?.resources ?? []).length === 0;
}

/** Runs an update; what it waits for is reported, and what went wrong is the error. */
async function logged(
    report: Report,
    update: (onEvent: (event: EngineEvent) => void) => Promise<unknown>,
): Promise<void> {
    const log = new UpdateLog(report);
    // Ctrl-C reaches Pulumi too, which ends in good order; a lock would stay if this process did not wait for it.
    const onInterrupt = () => report("interrupted: Pulumi ends what it is doing now");
    process.on("SIGINT", onInterrupt);
    try {
        await update((event) => log.add(event));
    } catch (error) {
        if (error instanceof ConcurrentUpdateError) {
            throw new DemoError(
                "another run of the demo holds the stack",
                "wait for it; if there is none, pulumi cancel frees the stack (npm run demo -- --help says where it is)",
                { cause: error },
            );
        }
        throw log.error() ?? new DemoError(describeError(error).message, "run the demo again");
    } finally {
        process.off("SIGINT", onInterrupt);
    }
}
