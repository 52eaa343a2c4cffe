import { ConcurrentUpdateError, type EngineEvent, type Stack } from "@pulumi/pulumi/automation";
import { describeFault } from "../../tools/client/describeFault";
import { openStack, type StackArgs } from "../pulumi/stack";
import type { Engine, Report } from "./engine";
import { DemoError } from "./errors";
import { UpdateLog } from "./updateLog";

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
        throw log.error() ?? new DemoError(describeFault(error).message, "run the demo again");
    } finally {
        process.off("SIGINT", onInterrupt);
    }
}
