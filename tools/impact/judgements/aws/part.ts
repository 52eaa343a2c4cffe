import type { Effect } from "../../finding";
import { changedFields, type FieldChange, isKnown, show } from "../../fields";
import { type FieldRule, type Judgement, judgeFields, notJudged } from "../../judgement";
import { type Change, resourceName } from "../../preview";

/** What something does to Kafka, and how bad that is; `from` and `to` where the values themselves say nothing. */
export type Consequence = Omit<Effect, "subject">;

/** What is known of a kind of resources around Kafka. */
export interface Part {
    /** What it is, in Kafka's terms; `undefined` where it is not one that the program makes. */
    readonly subject: (change: Change) => string | undefined;
    /** @default - It is made, and nothing else changes. */
    readonly made?: Consequence;
    readonly gone: Consequence;
    /** @default - The same as when it is gone. */
    readonly replaced?: Consequence;
    /**
     * What a changed field does, by the beginning of its path; `undefined` where it does nothing that is worth a line.
     *
     * @default - No field is judged.
     */
    readonly fields?: Readonly<
        Record<string, Consequence | ((field: FieldChange) => Consequence) | undefined>
    >;
}

const MADE: Consequence = { what: "is made; what is there stays", severity: "nothing" };

/** Tags, which nothing in Kafka reads. */
const TAGS: readonly FieldRule[] = ["tags", "tagsAll"].map((field) => ({
    path: [field],
    judge: () => [],
}));

/** A judgement that follows from a table. */
export function judgePart(part: Part): Judgement {
    const { subject: subjectOf, made, gone, replaced } = part;
    return (change) => {
        const subject = subjectOf(change);
        if (subject === undefined) {
            return [notJudged(change, resourceName(change.urn))];
        }
        switch (change.action) {
            case "create":
                return [{ subject, from: "-", to: "new", ...(made ?? MADE) }];
            case "delete":
                return [{ subject, from: "in the stack", to: "-", ...gone }];
            case "replace":
                return [{ subject, ...reasonOf(change), ...(replaced ?? gone) }];
            case "update":
                return judgeFields(change, subject, [...TAGS, ...rulesOf(part, subject)]);
        }
    };
}

function rulesOf({ fields = {} }: Part, subject: string): readonly FieldRule[] {
    return Object.entries(fields).map(([path, consequence]) => ({
        path: path.split("."),
        judge: (field) =>
            consequence === undefined
                ? []
                : [
                      {
                          subject,
                          from: show(field.from),
                          to: show(field.to),
                          ...(typeof consequence === "function" ? consequence(field) : consequence),
                      },
                  ],
    }));
}

/** What a resource is replaced for, where that is known before it is made. */
function reasonOf({ old, new: now, reasons }: Change): {
    readonly from: string;
    readonly to: string;
} {
    const fields = changedFields(old?.inputs, now?.inputs).filter(({ path: [field] }) =>
        reasons.includes(field!),
    );
    if (fields.length === 0 || !fields.every(({ to }) => isKnown(to))) {
        return { from: "in the stack", to: "another one" };
    }
    const all = (side: "from" | "to") => fields.map((field) => show(field[side])).join(", ");
    return { from: all("from"), to: all("to") };
}
