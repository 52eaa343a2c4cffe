import * as pulumi from "@pulumi/pulumi";
import { contentHash } from "../components/kubernetes/files";

/** The project and the stack as they were called when the stack was first brought up. */
export interface FirstName {
    readonly project: pulumi.Output<string>;
    readonly stack: pulumi.Output<string>;
}

/**
 * Remembers what the project and the stack were called at first. What is called after them keeps its name when somebody
 * renames a stack: another name is another cluster to AWS, and another identity replaces all objects.
 */
export function rememberFirstName(): FirstName {
    const name = { project: pulumi.getProject(), stack: pulumi.getStack() };
    const { project, stack } = firstValue("first-name", name);
    return { project, stack };
}

/**
 * Identity of a Kubernetes cluster to Pulumi, which replaces all objects when it changes: the first name of the stack.
 *
 * @param endpoint Address of the API server, where the stack makes the cluster. A replaced cluster has another one, and
 *   then another identity: its objects are gone.
 */
export function clusterIdentifier(
    { stack }: FirstName,
    endpoint: pulumi.Output<string> | undefined,
): pulumi.Output<string> {
    if (endpoint === undefined) {
        return stack;
    }
    const first = firstValue("first-endpoint", endpoint);
    return pulumi
        .all([stack, first, endpoint])
        .apply(([name, before, now]) =>
            now === before ? name : `${name}-${contentHash(now).slice(0, 8)}`,
        );
}

/** Keeps the first value that it gets, in the stack's state. A preview knows it. */
function firstValue<T>(name: string, value: pulumi.Input<T>): pulumi.Output<pulumi.Unwrap<T>> {
    const { output } = new pulumi.Stash(
        name,
        { input: value },
        // The output stays without it, too, but each other value would look like a change.
        { ignoreChanges: ["input"] },
    );
    return output as pulumi.Output<pulumi.Unwrap<T>>;
}
