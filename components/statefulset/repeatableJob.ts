import type { CustomResourceOptions } from "@pulumi/pulumi";
import { type Change, gate } from "../live/gate";
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
        hooks: gate<JobInputs>(`${name}-leftover`, live, (change, cluster) =>
            removeLeftover(cluster, change),
        ),
    };
}

interface JobInputs {
    readonly metadata: { readonly name: string; readonly namespace: string };
}

/** Removes a Job that the state does not know: a killed `up` left it, and nobody can change it or run it again. */
export async function removeLeftover(
    live: LiveObjects,
    { before, after }: Change<JobInputs>,
): Promise<void> {
    if (before === undefined) {
        const { name, namespace } = after.metadata;
        await live.remove({ ...JOB, namespace, name });
    }
}
