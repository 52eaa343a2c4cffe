import { Command, InvalidArgumentError, Option } from "commander";
import { type HelpRequest, parseOrHelp } from "../cli/command";
import { collectConfig, STACK_CONFIG_HELP } from "../cli/configOption";
import { HELM_FORMS, type HelmForm } from "./helmReleases";

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
          readonly helm: HelmForm;
      }
    | HelpRequest;

const HELP_AFTER = `
${STACK_CONFIG_HELP}

A directory gets a folder for each stage of a sync, a kustomization.yaml, and the values of Helm releases.
What a directory lacks is listed: commands for Helm, Secrets and what each is for, and values that only a cloud knows.
docs/gitops.md says how Argo CD and Flux take it.

Exit codes:
  0  done
  1  the stack can't be rendered or the directory can't be written; nothing was written
  2  the command line or the stack's configuration is wrong

Examples:
  npm run render -- --stack local --out out/local
  npm run render -- --stack prod --helm argo --out out/prod
  npm run -s render -- --stack local --config kafkaDeploymentType=statefulset --out - | kubectl diff -f -
`;

function directory(text: string): string {
    if (text === "") {
        throw new InvalidArgumentError("Expected a directory, or - for standard output.");
    }
    return text;
}

/**
 * Reads the command line of the rendering.
 *
 * @throws {@link UsageError} when it is wrong.
 */
export function parseRenderOptions(args: readonly string[]): RenderRequest {
    const program = new Command("npm run render --")
        .description(
            "Writes the Kubernetes objects of a stack as YAML for kubectl, Argo CD or Flux, without a cluster, a " +
                "cloud or Pulumi's CLI.",
        )
        .requiredOption("--stack <name>", "stack to render")
        .requiredOption(
            "--out <directory>",
            "where to write one file per object; - prints them",
            directory,
        )
        .option("--config <key=value>", "value of the configuration", collectConfig, {})
        .addOption(
            new Option("--helm <form>", "how Helm releases are written")
                .choices(HELM_FORMS)
                .default("commands"),
        )
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
        helm: HelmForm;
    }>();
    return { action: "render", ...rest, showSecrets };
}
