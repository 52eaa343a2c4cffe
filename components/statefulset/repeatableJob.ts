import type { CustomResourceOptions } from "@pulumi/pulumi";
import { creationGate } from "../live/gate";
import { JOB, type LiveObjects } from "../live/objects";

/**
 * Options of a Job that is named by its content, so that a list which was there before is applied again: Jobs go before
 * others come, and what stands in the way goes, too.
 *
 * @param name Name of the Job's resource.
 */
export function repeatable(
    name: string,
    live: LiveObjects | undefined,
): Pick<CustomResourceOptions, "deleteBeforeReplace" | "hooks"> {
    return {
        deleteBeforeReplace: true,
        hooks: creationGate<JobInputs>(`${name}-leftover`, live, (inputs, cluster) =>
            removeLeftover(cluster, inputs),
        ),
    };
}

interface JobInputs {
    readonly metadata: { readonly name: string; readonly namespace: string };
}

/** Removes a Job that the state does not know: a killed `up` left it, and nobody can change it or run it again. */
export async function removeLeftover(
    live: LiveObjects,
    { metadata: { name, namespace } }: JobInputs,
): Promise<void> {
    await live.remove({ ...JOB, namespace, name });
}
