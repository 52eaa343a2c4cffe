import { createRequire } from "node:module";

/** What makes promises of the SDK; left out of its types, and to be changed where the SDK itself finds it. */
interface Debuggable {
    debuggablePromise(this: void, promise: Promise<unknown>, context: unknown): Promise<unknown>;
}

const sdk = createRequire(__filename)("@pulumi/pulumi/runtime/debuggable") as Debuggable;
const { debuggablePromise } = sdk;

/**
 * The SDK writes down of each of its promises where it was made, for a message about those that never settle. That would take
 * a third of the time of the tests, which nobody reads such a message of; what errors say of their place stays.
 */
sdk.debuggablePromise = (promise, context) => {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
        return debuggablePromise(promise, context);
    } finally {
        Error.stackTraceLimit = stackTraceLimit;
    }
};
