import { Command, InvalidArgumentError } from "commander";
import { type HelpRequest, parseOrHelp } from "../cli/command";

/** What the command line asks for. */
export interface CommentRequest {
    readonly action: "publish";
    readonly stack: string;
    readonly pullRequest: number;
    /** Path of what `npm run impact -- --markdown` printed. */
    readonly impact?: string;
    /** Whether the check fails for what the change does to Kafka. */
    readonly refused: boolean;
    /** Path of what `pulumi preview --diff` printed. */
    readonly diff?: string;
}

const HELP_AFTER = `
It needs the variables that GitHub sets in every step, and GITHUB_TOKEN. Files that are missing are left out.

Exit codes:
  0  done
  1  GitHub refused it, or could not be reached
  2  the command line is wrong, a file can't be read, or a variable is not set
`;

function named(text: string): string {
    if (text === "") {
        throw new InvalidArgumentError("Expected the name of a stack.");
    }
    return text;
}

function positive(text: string): number {
    if (!/^[1-9]\d*$/.test(text)) {
        throw new InvalidArgumentError("Expected the number of a pull request.");
    }
    return Number(text);
}

/**
 * Reads the command line.
 *
 * @param args The arguments without the program's name.
 * @throws {@link UsageError} when they are wrong.
 */
export function parseCommentOptions(args: readonly string[]): CommentRequest | HelpRequest {
    const program = new Command("npm run comment --")
        .description("Writes the comment about a stack's preview at a pull request.")
        .requiredOption("--stack <name>", "stack that was previewed", named)
        .requiredOption("--pull-request <number>", "number of the pull request", positive)
        .option("--impact <file>", "output of npm run impact -- --markdown")
        .option("--refused", "say how to allow what made the check fail")
        .option("--diff <file>", "output of pulumi preview --diff")
        .addHelpText("after", HELP_AFTER);
    const text = parseOrHelp(program, args);
    if (text !== undefined) {
        return { action: "help", text };
    }
    const { refused = false, ...options } = program.opts<
        Omit<CommentRequest, "action" | "refused"> & { refused?: boolean }
    >();
    return { action: "publish", ...options, refused };
}
