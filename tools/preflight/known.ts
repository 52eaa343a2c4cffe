import { withDeadline } from "../cli/deadline";
import { describeFault } from "../client/describeFault";
import { orIfMissing } from "../client/kubernetes";
import { type Judgement, notKnown } from "./finding";

/** What the cluster answered, or why it did not. */
export type Known<T> = { readonly value: T } | { readonly unknown: string };

const ANSWER_TIMEOUT_MS = 30_000;

/** Asks the cluster. A refusal is an answer, too: one that says nothing about what was asked for. */
export async function ask<T>(question: Promise<T>, what: string): Promise<Known<T>> {
    try {
        return { value: await withDeadline(question, ANSWER_TIMEOUT_MS, what) };
    } catch (error) {
        return { unknown: describeFault(error).message };
    }
}

/** Asks for one object; `undefined` where there is none, or no such kind. */
export function askForOne<T>(question: Promise<T>, what: string): Promise<Known<T | undefined>> {
    return ask(orIfMissing(question, undefined), what);
}

/** Judges what is known; of what is not, the reason is all there is to say. */
export function judgeKnown<T>(
    known: Known<T>,
    key: string,
    judge: (value: T) => Judgement[],
): Judgement[] {
    return "unknown" in known ? [notKnown(key, known.unknown)] : judge(known.value);
}

/** The value; a stand-in where it is not known. */
export function valueOr<T>(known: Known<T>, otherwise: T): T {
    return "unknown" in known ? otherwise : known.value;
}
