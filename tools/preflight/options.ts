import { Command } from "commander";
import { type HelpRequest, parseOrHelp } from "../cli/command";
import { collectConfig, STACK_CONFIG_HELP } from "../cli/configOption";

/** What the command line asks for. */
export type PreflightRequest =
    | {
          readonly action: "check";
          readonly stack: string;
          /** By full key. */
          readonly config: Readonly<Record<string, string>>;
          /** Kubeconfig file in place of the stack's. */
          readonly kubeconfig?: string;
          /** Context in place of the stack's. */
          readonly context?: string;
          readonly json: boolean;
      }
    | HelpRequest;

const HELP_AFTER = `
${STACK_CONFIG_HELP}
It asks the cluster that pulumi up would take: kafka-eks:kubeconfig and kafka-eks:kubeContext, else the usual
kubeconfig rules. It only reads. Checks end in ok, warning, FAILS, or "not known" where something may not be read.

Exit codes:
  0  nothing fails; warnings and what is not known change nothing about that
  1  the check can't be made: the kubeconfig is wrong, or the API server can't be reached
  2  the command line or the stack's configuration is wrong, or the stack makes its own cluster
  3  something fails; each failure is followed by what to do next
`;

/**
 * Reads the command line.
 *
 * @param args The arguments without the program's name.
 * @throws {@link UsageError} when they are wrong.
 */
export function parsePreflightOptions(args: readonly string[]): PreflightRequest {
    const program = new Command("npm run preflight --")
        .description(
            "Says before anything is made whether a Kubernetes cluster can take what a stack asks for: versions, room, " +
                "storage, names, permissions, quotas.",
        )
        .requiredOption("--stack <name>", "stack to check")
        .option("--config <key=value>", "value of the configuration", collectConfig, {})
        .option("--kubeconfig <path>", "kubeconfig file (default: the stack's)")
        .option("--context <name>", "context of the kubeconfig (default: the stack's)")
        .option(
            "--json",
            "print one JSON document: {stack, ready, findings: [{area, key, outcome, found, next?}]}",
        )
        .addHelpText("after", HELP_AFTER);
    const text = parseOrHelp(program, args);
    if (text !== undefined) {
        return { action: "help", text };
    }
    const { json = false, ...rest } = program.opts<{
        stack: string;
        config: Record<string, string>;
        kubeconfig?: string;
        context?: string;
        json?: boolean;
    }>();
    return { action: "check", ...rest, json };
}
