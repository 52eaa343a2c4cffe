import * as pulumi from "@pulumi/pulumi";

/**
 * The value of an input, for hooks: when they run, it is known.
 *
 * @throws What the input failed with.
 */
export function valueOf<T>(input: pulumi.Input<T>): Promise<pulumi.Unwrap<T>> {
    // `apply` alone would never end where the input has failed.
    return (pulumi.output(input) as unknown as { promise(): Promise<pulumi.Unwrap<T>> }).promise();
}
