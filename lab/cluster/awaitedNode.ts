import { type V1Node } from "@kubernetes/client-node";
import { isReady } from "./cluster";

/** What is known of a node that was started. */
export interface StartedNode {
    /** Whether its first process runs. */
    readonly runs: boolean;
    /** Those of its daemons that do not run. */
    readonly endedDaemons: readonly string[];
    /** The node as Kubernetes knows it, if it does. */
    readonly node: V1Node | undefined;
    /** When it was last heard of, if ever, in milliseconds since 1970. */
    readonly renewed: number | undefined;
}

/**
 * Why a node that was started at a time is not back yet, or nothing if it is. One that comes back is
 * still taken for ready by Kubernetes, until it has been missed for 40 s.
 */
export function reasonNotBack(started: StartedNode, start: number): string | undefined {
    if (!started.runs) {
        return "ended";
    }
    const reason = kubernetesReason(started, start);
    const ended = started.endedDaemons;
    return reason && ended.length > 0 ? `${reason}; does not run: ${ended.join(", ")}` : reason;
}

function kubernetesReason({ node, renewed }: StartedNode, start: number): string | undefined {
    if (node === undefined) {
        return "not registered";
    }
    if (renewed === undefined || renewed < start) {
        return "not heard of since its start";
    }
    if (isReady(node)) {
        return undefined;
    }
    const ready = node.status?.conditions?.find(({ type }) => type === "Ready");
    return `not ready: ${ready?.message ?? "no word on it yet"}`;
}
