import { checkOwner, isSameStack } from "../../components/kafka/namespaceOwner";
import { recall } from "../../components/kafka/remembered";
import { isForbidden } from "../../components/live/forbidden";
import type { LiveObjects } from "../../components/live/objects";
import { type Judgement, notKnown, ok } from "./finding";

/** Whose a namespace is, and what to say of that. */
export interface Ownership {
    /** Whether it holds this stack's data already. */
    readonly isOwn: boolean;
    readonly judgements: readonly Judgement[];
}

/**
 * Asks whose a namespace is, as `up` does. A stack that runs there already is not asked whether its state knows it: only `up` has
 * that.
 *
 * @param owner This stack, such as `kafka-eks/prod`.
 */
export async function ownershipOf(
    live: LiveObjects,
    namespace: string,
    owner: string,
    takeOverFrom: string | undefined,
): Promise<Ownership> {
    const key = "namespace";
    try {
        const { owner: found } = await recall(live, namespace);
        if (found !== undefined && isSameStack(found, owner)) {
            return { isOwn: true, judgements: [ok(key, `${namespace}, with data of this stack`)] };
        }
        return {
            isOwn: false,
            judgements: [await judgeOther(live, namespace, owner, takeOverFrom)],
        };
    } catch (error) {
        return { isOwn: false, judgements: [notKnown(key, (error as Error).message)] };
    }
}

async function judgeOther(
    live: LiveObjects,
    namespace: string,
    owner: string,
    takeOverFrom: string | undefined,
): Promise<Judgement> {
    try {
        await checkOwner(live, namespace, {
            owner,
            ...(takeOverFrom !== undefined && { takeOverFrom }),
        });
        return ok("namespace", `${namespace}, without another stack's data`);
    } catch (error) {
        if (isForbidden(error)) {
            throw error;
        }
        const { message } = error as Error;
        const [, key, found, next] = /^(\w+): (.*?)\. Next: (.*)$/s.exec(message) ?? [];
        // What the cluster did not answer has no such form.
        return key === undefined
            ? notKnown("namespace", message)
            : { key, outcome: "fails", found: found!, next: next! };
    }
}
