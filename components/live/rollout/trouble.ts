import type { RolloutState } from "./state";

/** Kinds of troubles. */
export type Situation =
    | "claim"
    | "config"
    | "container"
    | "crash"
    | "creating"
    | "ended"
    | "image"
    | "missing"
    | "node"
    | "rejected"
    | "scheduling"
    | "unreachable";

/** What keeps a pod from becoming ready. */
export interface Trouble {
    /** Name of the pod. */
    readonly pod: string;
    /**
     * Whether waiting helps: never when it is `hopeless`, perhaps when it is `blocked`, because an autoscaler or a person
     * may heal it. With `waiting` it has to show first which of them it is.
     */
    readonly kind: "hopeless" | "blocked" | "waiting";
    /** What kind of trouble it is, whatever others say about it at the moment. */
    readonly situation: Situation;
    /** A sentence without its full stop. */
    readonly reason: string;
    /** What to do, as it follows the word "Next". */
    readonly next: string;
}

/** The command that shows all that Kubernetes knows about an object. */
export function describe(kind: string, name: string, { wanted }: RolloutState): string {
    return `kubectl describe ${kind} ${name} -n ${wanted.namespace}`;
}
