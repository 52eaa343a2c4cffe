/**
 * An error of whoever uses the program: Pulumi prints its message, without a stack trace, as that of its own `RunError`.
 * That class is not the parent, because its module loads all of gRPC, for commands that need nothing else of Pulumi.
 */
export class ProgramError extends Error {
    /** By this Pulumi tells its `RunError`, that of another copy of the SDK included. */
    readonly __pulumiRunError = true;
}
