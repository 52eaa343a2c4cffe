import { Command } from "commander";
import { type HelpRequest, parseOrHelp } from "../cli/command";

/** What the command line asks for. */
export type LintRequest = { readonly action: "lint"; readonly json: boolean } | HelpRequest;

const HELP_AFTER = `
What is accepted stands in tools/lint/accepted.ts with its reasons; the stacks are in tools/lint/stacks.ts.

Exit codes:
  0  every finding is accepted, and everything that is accepted was found
  1  something is not
  2  the command line is wrong, or kube-score can't be run
`;

/**
 * Reads the command line.
 *
 * @throws {@link UsageError} when it is wrong.
 */
export function parseLintOptions(args: readonly string[]): LintRequest {
    const program = new Command("npm run lint:manifests --")
        .description("Scores the Kubernetes objects of typical stacks with kube-score; needs Go.")
        .option(
            "--json",
            "print one JSON document: {ok, stacks: [{stack, objects, scored, findings}], accepted: [{check, says, " +
                "objects, reason, times}], open: [{stack, severity, check, object, says}], stale: [{object, check, says}]}",
        )
        .addHelpText("after", HELP_AFTER);
    const text = parseOrHelp(program, args);
    if (text !== undefined) {
        return { action: "help", text };
    }
    return { action: "lint", json: program.opts<{ json?: boolean }>().json ?? false };
}
