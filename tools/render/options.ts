import { Command } from "commander";
import { type HelpRequest, parseOrHelp } from "../cli/command";
import { collectConfig, STACK_CONFIG_HELP } from "../cli/configOption";

/** What the command line of the rendering asks for. */
export type RenderRequest =
    | {
          readonly action: "render";
          readonly stack: string;
          /** By full key. */
          readonly config: Readonly<Record<string, string>>;
          /** Directory, or `-` for standard output. */
          readonly out: string;
          readonly showSecrets: boolean;
      }
    | HelpRequest;

const HELP_AFTER = `
${STACK_CONFIG_HELP}

Secrets are left out unless --show-secrets is given, and each comes with the command that makes it by hand.

Exit codes:
  0  done
  1  the stack can't be rendered or the directory can't be written; nothing was written
  2  the command line or the stack's configuration is wrong

Examples:
  npm run render -- --stack local --config 'strimzi={"installOperator":false}' --out out/dev
  npm run -s render -- --stack local --config kafkaDeploymentType=statefulset \\
    --config 'certificates={"installCertManager":false}' --out - | kubectl diff -f -
`;

/**
 * Reads the command line of the rendering.
 *
 * @throws {@link UsageError} when it is wrong.
 */
export function parseRenderOptions(args: readonly string[]): RenderRequest {
    const program = new Command("npm run render --")
        .description(
            "Writes the Kubernetes objects that a stack registers as YAML, in that order, without a cluster, a cloud " +
                "or Pulumi's CLI.",
        )
        .requiredOption("--stack <name>", "stack to render")
        .requiredOption("--out <directory>", "where to write one file per object; - prints them")
        .option("--config <key=value>", "value of the configuration", collectConfig, {})
        .option(
            "--show-secrets",
            "write Secrets, too, their values in clear; never those that are generated",
        )
        .addHelpText("after", HELP_AFTER);
    const text = parseOrHelp(program, args);
    if (text !== undefined) {
        return { action: "help", text };
    }
    const { showSecrets = false, ...rest } = program.opts<{
        stack: string;
        out: string;
        config: Record<string, string>;
        showSecrets?: boolean;
    }>();
    return { action: "render", ...rest, showSecrets };
}
