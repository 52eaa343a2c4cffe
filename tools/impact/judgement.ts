import type { Effect } from "./finding";
import { changedFields, type FieldChange, show } from "./fields";
import type { Action, Change } from "./preview";

/** What is known of the Kafka that runs, from the whole preview; `undefined` where the preview does not show it. */
export interface Context {
    /** Number of nodes in Strimzi's pools. */
    readonly brokers: number | undefined;
    readonly controllers: number | undefined;
}

/** A change of a kind that the judgements know. */
export interface JudgedChange extends Change {
    readonly action: Exclude<Action, "same" | "other">;
}

/** Says what the change of one resource does to Kafka. */
export type Judgement = (change: JudgedChange, context: Context) => readonly Effect[];

/** What a judgement does with a changed field. */
export interface FieldRule {
    /** Beginning of the field's path; `*` stands for any key. */
    readonly path: readonly string[];
    readonly judge: (field: FieldChange) => readonly Effect[];
}

/** Judges each changed field by the first rule that fits; a field without a rule is not judged. */
export function judgeFields(
    { old, new: now }: Change,
    subject: string,
    rules: readonly FieldRule[],
): readonly Effect[] {
    return changedFields(old?.inputs, now?.inputs).flatMap((field) => {
        const rule = rules.find(({ path }) => begins(field.path, path));
        return (
            rule?.judge(field) ?? [
                {
                    subject: `${subject}: ${field.path.join(".")}`,
                    from: show(field.from),
                    to: show(field.to),
                    what: "this tool does not know what this field does to Kafka",
                    severity: "not judged" as const,
                },
            ]
        );
    });
}

function begins(path: readonly string[], beginning: readonly string[]): boolean {
    return beginning.every((key, index) =>
        key === "*" ? index < path.length : key === path[index],
    );
}

/** Fields of an object's metadata that nothing in Kafka reads. */
export const LABELS: FieldRule = {
    path: ["metadata", "labels"],
    judge: () => [],
};

/** What Pulumi itself waits for. */
export const WAITING: readonly FieldRule[] = ["skipAwait", "waitFor"].map((annotation) => ({
    path: ["metadata", "annotations", `pulumi.com/${annotation}`],
    judge: () => [],
}));

/** What becomes of a resource that is deleted or replaced, as a table shows it. */
export function removed(action: "delete" | "replace"): string {
    return action === "delete" ? "-" : "deleted and made again";
}

/** A change that the tool does not know. */
export function notJudged(change: Change, subject: string): Effect {
    return {
        subject,
        what: `this tool does not know what ${change.op} of ${change.type} does to Kafka`,
        severity: "not judged",
    };
}
