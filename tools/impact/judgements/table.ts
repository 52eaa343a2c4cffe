import { isObject } from "../../../config/everyFault";
import { changedFields, type FieldChange, isKnown, knownPart, showChange } from "../fields";
import type { Effect } from "../finding";
import { type Context, type JudgedChange, type Judgement, notJudged } from "../judgement";
import { objectName, resourceName, type State } from "../preview";
import { UNNOTICED } from "../severity";

/** What a change does to Kafka. The table has the subject that it leaves out, and the change has `from` and `to`. */
export type Consequence = Omit<Effect, "subject"> & Partial<Pick<Effect, "subject">>;

/** What is said of a change. A list stays as it is; of a field `undefined` is worth no line. */
export type Outcome = Consequence | readonly Effect[] | undefined;

/**
 * What a changed field does, by the beginning of its path. `*` stands for any key. Of several that fit, the first counts;
 * a field that none fits is not judged.
 */
export type Fields = Readonly<Record<string, Outcome | ((field: FieldChange) => Outcome)>>;

/** The decisions on one type of resources. */
export interface Table {
    /** What it is, in Kafka's terms; `undefined` where it is not one that the program makes. */
    readonly subject: string | undefined;
    /** @default - It is made, and nothing else changes. */
    readonly made?: Outcome;
    readonly gone: Outcome;
    /** @default - The same as when it is gone. */
    readonly replaced?: Outcome;
    /**
     * Whether the one that it replaces stays under a name of its own. Then it depends on the fields, as an update does.
     *
     * @default false
     */
    readonly keepsReplaced?: boolean;
    /** @default - It depends on the fields. */
    readonly updated?: Outcome;
    /** What several changed fields mean together. Each of them is `undefined` among {@link fields}. */
    readonly together?: () => readonly Effect[];
    /** @default - No field is judged. */
    readonly fields?: Fields;
}

/** A table, or what makes one of a change; `undefined` where it is of no resource that the program makes. */
export type TableOf<T extends Table> =
    T | ((change: JudgedChange, context: Context) => T | undefined);

/** Labels, of which only an operator of Strimzi reads one. */
export const LABELS: Fields = {
    "metadata.labels.strimzi.io/cluster": {
        what: "the operator takes it for one of another cluster: this tool does not know what becomes of it",
        severity: "not judged",
    },
    "metadata.labels": undefined,
};

/** What Pulumi itself waits for. */
export const WAITING: Fields = {
    "metadata.annotations.pulumi.com/skipAwait": undefined,
    "metadata.annotations.pulumi.com/waitFor": undefined,
};

const MADE: Consequence = { what: "is made", severity: "nothing" };

/**
 * A judgement that follows from a table.
 *
 * @param kind What an object is called that the program does not make; by default the name of its resource is enough.
 */
export function judgeBy(table: TableOf<Table>, kind?: string): Judgement {
    return (change, context) => {
        const found = tableFor(table, withKnown(change), context);
        if (found?.subject === undefined) {
            const unknown =
                kind === undefined ? resourceName(change.urn) : `${kind} ${objectName(change)}`;
            return [notJudged(change, unknown)];
        }
        const {
            subject,
            made = MADE,
            gone,
            replaced = gone,
            keepsReplaced = false,
            updated,
            together,
            fields = {},
        } = found;
        const judgeUpdate = () => [
            ...(together?.() ?? []),
            ...judgeFields(change, subject, fields, together !== undefined),
        ];
        switch (change.action) {
            case "create":
                return complete(made, { subject, from: "-", to: "new" });
            case "delete":
                return complete(gone, { subject, from: "in the stack", to: "-" });
            case "replace":
                return keepsReplaced
                    ? judgeUpdate()
                    : complete(replaced, {
                          subject,
                          from: "in the stack",
                          to: "deleted and made again",
                      });
            case "update":
                return complete(updated ?? judgeShown(change, judgeUpdate()), {
                    subject,
                    from: "before",
                    to: "now",
                });
        }
    };
}

/** Secrets are masked in a preview, and what a provider found elsewhere is not in it. */
const HIDDEN: Consequence = {
    what: "the preview does not show what changes, such as a secret",
    severity: "not judged",
};

/** An update of which nothing is to be seen is not for nothing. */
function judgeShown({ old, new: now }: JudgedChange, effects: readonly Effect[]): Outcome {
    const isShown = changedFields(old?.inputs, now?.inputs).length > 0;
    return isShown || effects.length > 0 ? effects : HIDDEN;
}

/** The table of a change. */
export function tableFor<T extends Table>(
    table: TableOf<T>,
    change: JudgedChange,
    context: Context,
): T | undefined {
    return typeof table === "function" ? table(change, context) : table;
}

/** An update of which what is known only when it is made stays as it is: such fields are not judged. */
function withKnown(change: JudgedChange): JudgedChange {
    const { action, old, new: now } = change;
    return action === "update" && now !== undefined
        ? { ...change, new: { ...now, inputs: knownPart(now.inputs, old?.inputs) } }
        : change;
}

function complete(
    outcome: Outcome,
    rest: Required<Pick<Effect, "subject" | "from" | "to">>,
): readonly Effect[] {
    if (outcome === undefined) {
        return [];
    }
    return "what" in outcome ? [{ ...rest, ...outcome }] : outcome;
}

function judgeFields(
    { old, new: now }: JudgedChange,
    subject: string,
    fields: Fields,
    areTogether: boolean,
): readonly Effect[] {
    return changedFields(withAnnotations(old), withAnnotations(now)).flatMap((field) => {
        const values = showChange(field.from, field.to);
        const entry = Object.entries(fields).find(([pattern]) => begins(field.path, pattern));
        if (entry === undefined) {
            return [{ ...unknownField(subject, field), ...values }];
        }
        const [, decision] = entry;
        const outcome = typeof decision === "function" ? decision(field) : decision;
        const needsValue =
            typeof decision === "function" || (decision === undefined && areTogether);
        return needsValue && !isKnown(field.to) && !isGraveAnyway(outcome, field)
            ? [{ ...unknownField(subject, field), ...values, what: ONLY_THEN }]
            : complete(outcome, { subject, ...values });
    });
}

const ONLY_THEN = "what it will be is known only when the change is made";

/** Whether something happens whatever the value will be; of an object's own metadata nobody asks. */
function isGraveAnyway(outcome: Outcome, { path: [first] }: FieldChange): boolean {
    return outcome === undefined
        ? first === "metadata"
        : "what" in outcome && !UNNOTICED.includes(outcome.severity);
}

/** A change of a field that nobody has decided on. */
export function unknownField(
    subject: string,
    { path }: FieldChange,
): Pick<Effect, "subject" | "what" | "severity"> {
    return {
        subject: `${subject}: ${path.join(".")}`,
        what: "this tool does not know what this field does to Kafka",
        severity: "not judged",
    };
}

/** An object without annotations has as many as one with an empty list of them. */
function withAnnotations(state: State | undefined): State["inputs"] | undefined {
    const { metadata } = state?.inputs ?? {};
    return isObject(metadata)
        ? { ...state?.inputs, metadata: { annotations: {}, ...metadata } }
        : state?.inputs;
}

/** Compares texts, not keys: some keys have dots in them. */
function begins(path: readonly string[], pattern: string): boolean {
    const beginning = pattern.replaceAll(".", "\\.").replaceAll("*", "[^.]+");
    return new RegExp(`^${beginning}(\\.|$)`).test(path.join("."));
}
