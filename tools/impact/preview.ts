import { stripVTControlCharacters } from "node:util";
import { z } from "zod";
import { joinPath, showKind } from "../../config/problems";
import { UserError } from "../cli/errors";
import { textAt } from "./fields";

/** The input is not the output of `pulumi preview --json`. */
export class PreviewError extends UserError {
    /** @param where What it should have been, or a part of that. */
    constructor(where: string, got: string, options?: ErrorOptions) {
        super(
            `${where}: expected the output of pulumi preview --json, got ${got}`,
            "run pulumi preview --json --show-sames > preview.json, and give that file",
            options,
        );
    }
}

// Every message is what stands after the word "without" in the error that the user reads.
const string = z.string("a text");

const STATE = z.object(
    {
        custom: z.boolean("true or false").default(true),
        type: string,
        inputs: z.record(z.string(), z.unknown(), "an object").default({}),
        retainOnDelete: z.boolean("true or false").default(false),
    },
    "an object",
);

const STEP = z.object(
    {
        op: string,
        urn: string,
        oldState: STATE.optional(),
        newState: STATE.optional(),
        replaceReasons: z.array(string, "a list").default([]),
    },
    "an object",
);

const DIAGNOSTIC = z.object(
    { severity: string, message: string, urn: string.optional() },
    "an object",
);

const PREVIEW = z
    .object(
        {
            steps: z.array(STEP, "a list").optional(),
            diagnostics: z.array(DIAGNOSTIC, "a list").default([]),
            changeSummary: z.record(z.string(), z.unknown(), "an object").default({}),
        },
        "an object",
    )
    // Pulumi leaves out what is empty: a preview that fails at once has no steps.
    .refine(({ steps, diagnostics }) => steps !== undefined || diagnostics.some(isError), {
        path: ["steps"],
        message: "a list",
    });

/** A resource before or after a change, as far as it is judged. */
export type State = z.output<typeof STATE>;

/** What Pulumi does to a resource; `other` is what no judgement knows. */
export type Action = "same" | "create" | "update" | "delete" | "replace" | "other";

/** What a preview says of one resource. */
export interface Change {
    readonly urn: string;
    readonly type: string;
    /** As Pulumi calls it. */
    readonly op: string;
    readonly action: Action;
    readonly old?: State;
    readonly new?: State;
    /** Paths of the properties that it is replaced for; empty where the preview does not say. */
    readonly reasons: readonly string[];
}

/** What a preview says. */
export interface Preview {
    /** One for each resource; where the preview failed, of those only that it got to. */
    readonly changes: readonly Change[];
    /** Why it failed, in Pulumi's words; empty where it did not fail. */
    readonly errors: readonly string[];
}

/** With `--show-replacement-steps` a replacement is these three, in this order or the other. */
const REPLACEMENT = ["replace", "create-replacement", "delete-replaced"];

const ACTIONS: Readonly<Record<string, Action>> = {
    same: "same",
    create: "create",
    update: "update",
    delete: "delete",
    ...Object.fromEntries(REPLACEMENT.map((op) => [op, "replace" as const])),
};

/**
 * Reads what `pulumi preview --json` or `pulumi destroy --preview-only --json` printed, also where it failed.
 *
 * @throws {@link PreviewError} when it is something else.
 */
export function parsePreview(text: string): Preview {
    const { steps = [], diagnostics, changeSummary } = parseDocument(text);
    const isCounted = Object.keys(changeSummary).some((op) => op !== "same");
    if (steps.length === 0 && isCounted && !diagnostics.some(isError)) {
        throw new PreviewError(INPUT, "a summary of changes without their steps");
    }
    return {
        changes: [...byResource(steps).values()].flatMap(toChanges),
        errors: errorsIn(diagnostics),
    };
}

type Step = z.output<typeof STEP>;

function byResource(steps: readonly Step[]): ReadonlyMap<string, readonly Step[]> {
    const groups = new Map<string, Step[]>();
    for (const step of steps) {
        const group = groups.get(step.urn);
        if (group === undefined) {
            groups.set(step.urn, [step]);
        } else {
            group.push(step);
        }
    }
    return groups;
}

type Diagnostic = z.output<typeof DIAGNOSTIC>;

function isError({ severity }: Diagnostic): boolean {
    return severity === "error";
}

/** What Pulumi says at the end of every preview that failed. */
const SUMMARY = "preview failed";

function errorsIn(diagnostics: readonly Diagnostic[]): readonly string[] {
    const errors = [...new Set(diagnostics.filter(isError).map(errorText))];
    const reasons = errors.filter((error) => error !== SUMMARY);
    return reasons.length === 0 ? errors : reasons;
}

/** The message without its colours, and with the resource that it is about. */
function errorText({ message, urn }: Diagnostic): string {
    const text = stripVTControlCharacters(message.replace(/<\{%.*?%\}>/g, ""))
        .trim()
        .replace(/^error: /, "");
    return urn === undefined || text.includes(urn) ? text : `${resourceName(urn)}: ${text}`;
}

/**
 * The changes that the steps of one resource make: one, unless what an interrupted replacement has left over is deleted, too.
 * Then the new one stays or is updated, and only the old one goes.
 */
function toChanges(steps: readonly Step[]): Change[] {
    const isDeletion = ({ op }: Step) => op === "delete-replaced" || op === "delete";
    const others = steps.filter((step) => !isDeletion(step));
    const isReplacement = others.length === 0 || others.some(({ op }) => REPLACEMENT.includes(op));
    return isReplacement
        ? [toChange(steps)]
        : [
              toChange(others),
              ...steps.filter(isDeletion).map((step) => toChange([{ ...step, op: "delete" }])),
          ];
}

/** The change that the steps of one resource make together. */
function toChange(steps: readonly Step[]): Change {
    const [{ urn, op: first }] = steps as [Step];
    const old = steps.find(({ oldState }) => oldState !== undefined)?.oldState;
    const now = steps.findLast(({ newState }) => newState !== undefined)?.newState;
    const op = REPLACEMENT.includes(first) ? "replace" : first;
    return {
        urn,
        type: (now ?? old)?.type ?? typeOf(urn),
        op,
        action: Object.hasOwn(ACTIONS, op) ? ACTIONS[op]! : "other",
        ...(old !== undefined && { old }),
        ...(now !== undefined && { new: now }),
        reasons: [...new Set(steps.flatMap(({ replaceReasons }) => replaceReasons))],
    };
}

const INPUT = "the input";

function parseDocument(text: string): z.output<typeof PREVIEW> {
    if (text.trim() === "") {
        throw new PreviewError(INPUT, "nothing");
    }
    let document: unknown;
    try {
        document = JSON.parse(text);
    } catch (cause) {
        throw new PreviewError(INPUT, faultOf(text.trim(), cause as Error), { cause });
    }
    const { data, error } = PREVIEW.safeParse(document, { reportInput: true });
    if (error !== undefined) {
        const [{ code, path, message, input }] = error.issues as [z.core.$ZodIssue];
        // Of what is missing, the object around it is the input.
        const got = showKind(code === "custom" ? undefined : input);
        throw new PreviewError(
            INPUT,
            path.length === 0
                ? got
                : `JSON without ${message} in ${joinPath(String(path[0]), path.slice(1))}: there is ${got}`,
        );
    }
    return data;
}

/** Why a text is no JSON. Libraries say it in other words in each of their versions. */
function faultOf(text: string, { message }: Error): string {
    if (!/^[{[]/.test(text)) {
        return `text that begins with "${text.split("\n")[0]!.slice(0, 60)}"`;
    }
    const position = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
    return position >= text.length
        ? `JSON that breaks off after ${text.length} characters`
        : `JSON with a fault in line ${text.slice(0, position).split("\n").length}`;
}

/** The last of the types in a URN; those before it are the parents'. */
function typeOf(urn: string): string {
    return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

/** Name of a resource in the program. */
export function resourceName(urn: string): string {
    return urn.split("::").slice(3).join("::");
}

/** Name of the object of Kubernetes that a resource stands for; empty where it has none. */
export function objectName({ old, new: now }: Change): string {
    return textAt((old ?? now)?.inputs, "metadata", "name") ?? "";
}
