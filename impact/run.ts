import { assess } from "./assess";
import type { ImpactRequest } from "./options";
import { parsePreview } from "./preview";
import { failures, renderJson, renderMarkdown, type RenderOptions, renderText } from "./report";

/** Exit codes, as --help lists them. */
export const EXIT = { passed: 0, wrongInput: 2, failed: 3 } as const;

/** What an assessment prints, and the exit code. */
export interface Outcome {
    readonly stdout: string;
    readonly stderr: string;
    readonly exitCode: number;
}

/**
 * Assesses a preview as the command line asks for.
 *
 * @param preview What `pulumi preview --json` printed.
 * @throws {@link PreviewError} when it is something else.
 */
export function runImpact(
    { format, allowed }: Extract<ImpactRequest, { action: "assess" }>,
    preview: string,
    options: RenderOptions,
): Outcome {
    const assessment = assess(parsePreview(preview));
    const stdout = {
        text: () => renderText(assessment, options),
        json: () => renderJson(assessment),
        markdown: () => renderMarkdown(assessment),
    }[format]();
    const failed = failures(assessment, allowed);
    return {
        stdout,
        stderr: failed
            .map((each) => `${each} fails the check; --allow ${each} lets it pass\n`)
            .join(""),
        exitCode: failed.length === 0 ? EXIT.passed : EXIT.failed,
    };
}
