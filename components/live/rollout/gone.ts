import type { KubernetesObject } from "@kubernetes/client-node";
import type { LiveObjects, ObjectRef } from "../objects";

/** What is said of an object that the stack has made and somebody took away, as parts of a sentence. */
export interface Gone {
    /** What would be right, as it follows the word "expected". */
    readonly expected: string;
    readonly got: string;
    readonly reason: string;
    /** What to do, as it follows the word "Next". */
    readonly next: string;
}

/**
 * What is said of an object that is not there, or about to go; `undefined` of any other.
 *
 * @param kind As the sentence names it, such as `StatefulSet`.
 */
export function goneOf(
    kind: string,
    namespace: string,
    object: KubernetesObject | undefined,
): Gone | undefined {
    return object !== undefined && object.metadata?.deletionTimestamp === undefined
        ? undefined
        : {
              expected: `the ${kind} in namespace ${namespace}`,
              got: object === undefined ? "none" : "one that is being deleted",
              reason: "somebody deleted it, or the kubeconfig leads to another cluster",
              next: "look which cluster it is; if it is the right one, pulumi up --refresh makes it anew",
          };
}

/**
 * Asks whether an object is there that is about to be changed: Pulumi's provider would say no more than "not found".
 *
 * @throws Error with the way on.
 */
export async function requireObject(
    live: LiveObjects,
    ref: ObjectRef & { readonly namespace: string },
): Promise<void> {
    const { kind, namespace, name } = ref;
    if ((await live.read(ref)) === undefined) {
        const { expected, got, reason, next } = goneOf(kind, namespace, undefined)!;
        throw new Error(`${name}: expected ${expected}, got ${got}: ${reason}. Next: ${next}`);
    }
}
