import * as pulumi from "@pulumi/pulumi";

/** The value of an input, for hooks: when they run, it is known. */
export function valueOf<T>(input: pulumi.Input<T>): Promise<pulumi.Unwrap<T>> {
    return new Promise((resolve) => void pulumi.output(input).apply(resolve));
}
