import { checkOwner, isSameStack } from "../../components/kafka/namespaceOwner";
import { recall } from "../../components/kafka/remembered";
import type { LiveObjects } from "../../components/live/objects";
import { problemsOfData } from "../../config/dataProblems";
import type { StackConfig } from "../../config/stackConfig";
import { type Judgement, notKnown, ok } from "./finding";

/** Whose a namespace is, and what to say of that. */
export interface Ownership {
    /** Whether it holds this stack's data already. */
    readonly isOwn: boolean;
    readonly judgements: readonly Judgement[];
}

/** What there is to say of a namespace. */
const KEY = "namespace";

/**
 * Asks whose a namespace is, and whether the configuration fits the data in it, as `up` does. A stack that runs there already is not
 * asked whether its state knows it: only `up` has that.
 *
 * @param owner This stack, such as `kafka-eks/prod`.
 */
export async function ownershipOf(
    live: LiveObjects,
    config: StackConfig,
    owner: string,
): Promise<Ownership> {
    const { namespace } = config;
    try {
        const remembered = await recall(live, namespace);
        const { owner: found } = remembered;
        const isOwn = found !== undefined && isSameStack(found, owner);
        const objection = isOwn ? undefined : await objectionOf(live, config, owner);
        if (objection !== undefined) {
            return { isOwn, judgements: [objection] };
        }
        const whose = isOwn ? "with data of this stack" : "without another stack's data";
        const problems = problemsOfData(config, remembered).map(judgementOf);
        return { isOwn, judgements: [ok(KEY, `${namespace}, ${whose}`), ...problems] };
    } catch (error) {
        return { isOwn: false, judgements: [notKnown(KEY, (error as Error).message)] };
    }
}

/** What speaks against a namespace that is not this stack's yet; `undefined` where nothing does. */
async function objectionOf(
    live: LiveObjects,
    { namespace, takeOverFrom }: StackConfig,
    owner: string,
): Promise<Judgement | undefined> {
    try {
        await checkOwner(live, namespace, {
            owner,
            ...(takeOverFrom !== undefined && { takeOverFrom }),
        });
        return undefined;
    } catch (error) {
        return judgementOf((error as Error).message);
    }
}

/** A refusal of `up`; what has another form is what the cluster did not answer. */
function judgementOf(message: string): Judgement {
    const [, key, found, next] = /^([\w.]+): (expected .*?)\. Next: (.*)$/s.exec(message) ?? [];
    return key === undefined
        ? notKnown(KEY, message)
        : { key, outcome: "fails", found: found!, next: next! };
}
