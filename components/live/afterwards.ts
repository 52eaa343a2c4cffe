import * as pulumi from "@pulumi/pulumi";
import { fixedMessage } from "./fixedMessage";

/**
 * Does something in every `up`, once a resource is there, and in no preview. Whoever depends on the output comes after it.
 *
 * @param earlier What has to be there; the work gets its value.
 * @param resource What the output resolves to; an error of the work is shown with it.
 * @param work Rejects with a sentence for the user.
 */
export function afterwards<T, R extends pulumi.Resource>(
    earlier: pulumi.Output<T>,
    resource: R,
    work: (value: T) => Promise<void>,
): pulumi.Output<R> {
    return earlier.apply<R>(async (value) => {
        if (!pulumi.runtime.isDryRun()) {
            try {
                await work(value);
            } catch (error) {
                throw fixedMessage(
                    new pulumi.ResourceError((error as Error).message, resource, true),
                );
            }
        }
        return resource;
    });
}

/**
 * An output for `registerOutputs` that keeps the program running until another one has come to its end. It does not fail with
 * it: the engine would say that it can't write the outputs, before it says why.
 */
export function atTheEndOf(output: pulumi.Output<unknown>): pulumi.Output<boolean> {
    return pulumi.output(
        ended(output).then(
            () => true,
            () => false,
        ),
    );
}

/** Resolves when an output has its value, known or not, and rejects when it has failed. */
export async function ended(output: pulumi.Output<unknown>): Promise<void> {
    await (output as unknown as { promise(): Promise<unknown> }).promise();
}

/**
 * Resolves when all outputs have come to their end: nothing that still runs is abandoned.
 *
 * @throws What the first of them in the list has failed with. What else has failed is logged.
 */
export async function allEnded(outputs: readonly pulumi.Output<unknown>[]): Promise<void> {
    const ends = await Promise.allSettled(outputs.map(ended));
    const failures = ends.flatMap((end) =>
        end.status === "rejected" ? [end.reason as Error] : [],
    );
    // Whatever depends on an output fails with the same error.
    const [first, ...others] = new Set(failures);
    for (const error of others) {
        const resource = pulumi.ResourceError.isInstance(error) ? error.resource : undefined;
        void pulumi.log.error(error.message, resource);
    }
    if (first !== undefined) {
        throw first;
    }
}
