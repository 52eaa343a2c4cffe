import * as pulumi from "@pulumi/pulumi";

/**
 * Does something in every `up`, once a resource is there, and in no preview. Whoever depends on the output comes after it.
 *
 * @param earlier What has to be there.
 * @param resource What the output resolves to; an error of the work is shown with it.
 * @param work Rejects with a sentence for the user.
 */
export function afterwards<R extends pulumi.Resource>(
    earlier: pulumi.Input<unknown>,
    resource: R,
    work: () => Promise<void>,
): pulumi.Output<R> {
    return pulumi.output(earlier).apply(async () => {
        if (!pulumi.runtime.isDryRun()) {
            try {
                await work();
            } catch (error) {
                throw new pulumi.ResourceError((error as Error).message, resource, true);
            }
        }
        return resource;
    }) as pulumi.Output<R>;
}
