import { EXIT } from "../cli/main";
import { type Assessment, assess } from "./assess";
import type { ImpactRequest } from "./options";
import { parsePreview, resourceName } from "./preview";
import {
    failures,
    renderJson,
    renderMarkdown,
    type RenderOptions,
    renderText,
    unknownRemovals,
} from "./report";

/** Exit codes of this command only. */
const FAILED = 3;
const PREVIEW_FAILED = 4;

/** What an assessment prints, and the exit code. */
export interface Outcome {
    readonly stdout: string;
    readonly stderr: string;
    readonly exitCode: number;
}

type AssessRequest = Extract<ImpactRequest, { action: "assess" }>;

/**
 * Assesses a preview as the command line asks for.
 *
 * @param preview What `pulumi preview --json` printed.
 * @throws {@link PreviewError} when it is something else.
 */
export function runImpact(
    request: AssessRequest,
    preview: string,
    options: RenderOptions,
): Outcome {
    const assessment = assess(parsePreview(preview));
    const stdout = {
        text: () => renderText(assessment, options),
        json: () => renderJson(assessment),
        markdown: () => renderMarkdown(assessment),
    }[request.format]();
    return { stdout, ...check(assessment, request) };
}

/** Whether the check passes, and if not, why. */
function check(
    assessment: Assessment,
    { format, allowed, strict }: AssessRequest,
): Pick<Outcome, "stderr" | "exitCode"> {
    if (assessment.errors.length > 0) {
        // What is written for a comment or a program is not seen in the log of a run.
        const errors = format === "text" ? [] : assessment.errors;
        const lines = [...errors, "a preview that failed fails the check, whatever is allowed"];
        return { stderr: `${lines.join("\n")}\n`, exitCode: PREVIEW_FAILED };
    }
    const failed = failures(assessment, allowed).map(
        (each) => `${each} fails the check; --allow ${each} lets it pass`,
    );
    const removals = strict ? unknownRemovals(assessment) : [];
    const lines = [
        ...failed,
        ...removals.map(
            ({ op, type, urn }) =>
                `${op} of ${type} ${resourceName(urn)} is not judged, which fails the check with --strict`,
        ),
    ];
    return {
        stderr: lines.map((line) => `${line}\n`).join(""),
        exitCode: lines.length === 0 ? EXIT.ok : FAILED,
    };
}
