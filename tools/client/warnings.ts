let hidden = false;

/** What is given to `process.emitWarning`, as far as it matters here. */
type Warning = Parameters<typeof process.emitWarning>;

/** Whether a warning is Node's remark on a negative timeout and comes from kafkajs. */
function isFromKafkajs([warning, type]: readonly unknown[], stack: string): boolean {
    const name = warning instanceof Error ? warning.name : type;
    return name === "TimeoutNegativeWarning" && stack.includes("kafkajs");
}

/**
 * Keeps one warning of Node from the user: kafkajs schedules its check for throttled requests with `setTimeout` of a
 * negative time, which Node 24 remarks on. It means "at once" and does no harm, and nothing that a user does changes
 * it. Every other warning is still printed.
 */
export function hideNegativeTimeoutWarning(): void {
    if (hidden) {
        return;
    }
    hidden = true;
    const emitWarning = process.emitWarning.bind(process) as (...args: Warning) => void;
    process.emitWarning = ((...args: Warning) => {
        if (!isFromKafkajs(args, new Error().stack ?? "")) {
            emitWarning(...args);
        }
    }) as typeof process.emitWarning;
}
