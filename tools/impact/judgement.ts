import type { Effect } from "./finding";
import { isOurs } from "./ours";
import type { Action, Change } from "./preview";

/** What is known of the Kafka that runs, from the whole preview; `undefined` where the preview does not show it. */
export interface Context {
    /** Number of nodes in Strimzi's pools. */
    readonly brokers: number | undefined;
    readonly controllers: number | undefined;
    /** Number of brokers of a StatefulSet after the change. */
    readonly brokersLeft: number | undefined;
    /** Whether Kafka itself is made, so that nobody uses it yet. */
    readonly isNewKafka: boolean;
    /** All that the preview has, for what several resources mean together. */
    readonly changes: readonly Change[];
}

/** A change of a kind that the judgements know. */
export interface JudgedChange extends Change {
    readonly action: Exclude<Action, "same" | "other">;
}

/** Says what the change of one resource does to Kafka. */
export type Judgement = (change: JudgedChange, context: Context) => readonly Effect[];

/** A change that the tool does not know. */
export function notJudged(change: Change, subject: string): Effect {
    return {
        subject,
        what: isOurs(change)
            ? `this tool does not know what ${change.op} of ${change.type} does to Kafka`
            : `is not of this program: this tool does not know what ${change.op} of ${change.type} does to Kafka`,
        severity: "not judged",
    };
}
