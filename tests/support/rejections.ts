/**
 * Mocha does not fail a test on an unhandled rejection, and under Pulumi mocks an input that rejects only keeps its
 * resource from registering. This root hook makes the test that caused one fail.
 */
const unhandled: unknown[] = [];
process.on("unhandledRejection", (reason) => unhandled.push(reason));

export const mochaHooks = {
    async afterEach(): Promise<void> {
        // Node reports a rejection as unhandled only after the current turn of the event loop.
        await new Promise((resolve) => setImmediate(resolve));
        const reasons = unhandled.splice(0);
        if (reasons.length > 0) {
            throw new Error(`unhandled rejection: ${reasons.map(String).join("; ")}`);
        }
    },
};
