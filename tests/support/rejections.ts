/**
 * Mocha does not fail a test on an unhandled rejection, and under Pulumi mocks an input that rejects only keeps its
 * resource from registering. This root hook makes the test that caused one fail.
 */
// By promise: mocha emits the event a second time for the listeners that it found.
const unhandled = new Map<Promise<unknown>, unknown>();
const onRejection = (reason: unknown, promise: Promise<unknown>) => {
    if (!pulumiListens()) {
        unhandled.set(promise, reason);
    }
};
process.on("unhandledRejection", onRejection);

/** Whether the Automation API runs a program in this process: what is rejected then is an error of that run. */
function pulumiListens(): boolean {
    // It listens to both events by the same function, as nobody else does.
    const toErrors = process.listeners("uncaughtException") as unknown[];
    return process.listeners("unhandledRejection").some((each) => toErrors.includes(each));
}

/** Listens once. A worker of mocha's parallel mode takes away all listeners after each file. */
function listen(): void {
    process.off("unhandledRejection", onRejection);
    process.on("unhandledRejection", onRejection);
}

/** The reasons of the rejections since the last call, for a test that provokes one; the hook won't see them. */
export async function takeRejections(): Promise<unknown[]> {
    // Node reports a rejection as unhandled only after the current turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    const reasons = [...unhandled.values()];
    unhandled.clear();
    return reasons;
}

/**
 * What a promise is rejected with, or what is left unhandled beside it: of what nobody waits for, such as the content of a
 * ConfigMap, Pulumi's SDK settles some before and some after the rest.
 */
export async function failuresOf(promise: Promise<unknown>): Promise<unknown[]> {
    const failures: unknown[] = [];
    await promise.catch((error: unknown) => failures.push(error));
    const deadline = Date.now() + 5000;
    do {
        failures.push(...(await takeRejections()));
    } while (failures.length === 0 && Date.now() < deadline);
    return failures;
}

async function failOnRejection(): Promise<void> {
    const reasons = await takeRejections();
    if (reasons.length > 0) {
        throw new Error(`unhandled rejection: ${reasons.map(String).join("; ")}`);
    }
}

// The second one is for what the last hooks left behind.
export const mochaHooks = {
    beforeAll: listen,
    afterEach: failOnRejection,
    afterAll: failOnRejection,
};
