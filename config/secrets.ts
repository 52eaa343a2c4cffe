import * as pulumi from "@pulumi/pulumi";

/** Tells of a key of the stack's configuration whether Pulumi keeps its value, or something in it, as a secret. */
export function isSecret(key: string): boolean {
    // Exported, and left out of the SDK's types.
    const runtime = pulumi.runtime as unknown as { isConfigSecret(key: string): boolean };
    return runtime.isConfigSecret(key);
}
