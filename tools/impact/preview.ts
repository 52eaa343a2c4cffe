import { stripVTControlCharacters } from "node:util";
import { z } from "zod";
import { UserError } from "../cli/errors";
import { textAt } from "./fields";

/** The input is not the output of `pulumi preview --json`. */
export class PreviewError extends UserError {
    constructor(problem: string, given: string, options?: ErrorOptions) {
        super(
            `${problem}: expected the output of pulumi preview --json, given ${given}`,
            "run pulumi preview --json --show-sames > preview.json, and give that file",
            options,
        );
    }
}

const STATE = z.object({
    custom: z.boolean().default(true),
    type: z.string(),
    inputs: z.record(z.string(), z.unknown()).default({}),
    retainOnDelete: z.boolean().default(false),
});

const STEP = z.object({
    op: z.string(),
    urn: z.string(),
    oldState: STATE.optional(),
    newState: STATE.optional(),
    replaceReasons: z.array(z.string()).default([]),
});

const DIAGNOSTIC = z.object({
    severity: z.string(),
    message: z.string(),
    urn: z.string().optional(),
});

const PREVIEW = z
    .object({
        steps: z.array(STEP).optional(),
        diagnostics: z.array(DIAGNOSTIC).default([]),
    })
    // Pulumi leaves out what is empty: a preview that fails at once has no steps.
    .refine(({ steps, diagnostics }) => steps !== undefined || diagnostics.some(isError), {
        path: ["steps"],
        message: "missing",
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
    const { steps = [], diagnostics } = parseDocument(text);
    return {
        changes: [...new Set(steps.map(({ urn }) => urn))].map((urn) =>
            toChange(steps.filter((step) => step.urn === urn)),
        ),
        errors: errorsIn(diagnostics),
    };
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

/** The change that the steps of one resource make together. */
function toChange(steps: readonly z.output<typeof STEP>[]): Change {
    const [{ urn, op: first }] = steps as [z.output<typeof STEP>];
    const old = steps.find(({ oldState }) => oldState !== undefined)?.oldState;
    const now = steps.findLast(({ newState }) => newState !== undefined)?.newState;
    const op = REPLACEMENT.includes(first) ? "replace" : first;
    return {
        urn,
        type: (now ?? old)?.type ?? typeOf(urn),
        op,
        action: ACTIONS[op] ?? "other",
        ...(old !== undefined && { old }),
        ...(now !== undefined && { new: now }),
        reasons: [...new Set(steps.flatMap(({ replaceReasons }) => replaceReasons))],
    };
}

function parseDocument(text: string): z.output<typeof PREVIEW> {
    if (text.trim() === "") {
        throw new PreviewError("the input is empty", "nothing");
    }
    let document: unknown;
    try {
        document = JSON.parse(text);
    } catch (cause) {
        const [line] = text.trim().split("\n");
        throw new PreviewError(
            "the input is not JSON",
            `text that begins with "${line!.slice(0, 60)}"`,
            {
                cause,
            },
        );
    }
    const { data, error } = PREVIEW.safeParse(document);
    if (error !== undefined) {
        const [{ path, message }] = error.issues as [z.core.$ZodIssue];
        const where = path.length === 0 ? "the document" : path.join(".");
        throw new PreviewError(
            "the input is not a preview",
            `JSON in which ${where} is wrong (${message})`,
        );
    }
    return data;
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
