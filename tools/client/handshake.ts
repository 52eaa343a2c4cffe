import { describeFault } from "./describeFault";

/** What the API server's answers to a request for a WebSocket mean; a failed handshake only has their number. */
const ANSWERS: Readonly<Record<string, (resource: string) => string>> = {
    "400": () => "the pod has no node yet",
    "401": () => "the API server refuses the credentials",
    "403": (resource) => `no permission to create ${resource}`,
    "404": () => "there is no such pod",
    "500": () => "its node does not reach the pod, which may not run yet",
};

/**
 * Why there is no WebSocket to a pod.
 *
 * @param resource What was to be made, such as `pods/exec`.
 */
export function handshakeFailure(error: unknown, resource: string): string {
    const { message } = describeFault(error);
    const code = /Unexpected server response: (\d+)/.exec(message)?.[1] ?? "";
    return ANSWERS[code]?.(resource) ?? message;
}
