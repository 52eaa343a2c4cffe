import { setImmediate } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";

/**
 * The program as Pulumi's Automation API runs it, again and again in one process. It is loaded when it first runs.
 *
 * @throws Error when anything in it has failed: the API would take it for a program that ended well, and the engine would
 *   delete what was not registered because of that.
 */
export async function program(): Promise<Record<string, unknown>> {
    const { deployStack } = await import("../../program/deploy.js");
    const outputs = await deployStack();
    // Not in the SDK's types.
    const { waitForRPCs } = pulumi.runtime as unknown as { waitForRPCs: () => Promise<void> };
    await waitForRPCs();
    // Node tells of a rejection that nobody handles only after this turn of the event loop.
    await setImmediate();
    if (pulumi.log.hasErrors()) {
        throw new Error("see the errors above");
    }
    return outputs;
}
