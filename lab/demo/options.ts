import { Command, Option } from "commander";
import { type HelpRequest, parseOrHelp } from "../../tools/cli/command";
import { UsageError } from "../../tools/cli/errors";
import { PROJECT } from "../../config";
import { collectConfig } from "../../tools/cli/configOption";
import type { ClusterOptions } from "./cluster";
import { type EngineName, ENGINES } from "./engine";

/** What the command line of the demo asks for. */
export type DemoRequest =
    | (ClusterOptions & {
          readonly action: "run" | "destroy";
          readonly namespace: string;
          /** Over the demo's own configuration, by full key. */
          readonly config: Readonly<Record<string, string>>;
          readonly engine?: EngineName;
          readonly deleteData: boolean;
      })
    | HelpRequest;

const HELP_AFTER = `
Deploys ZooKeeper and Kafka as StatefulSets on the lab of this machine, which is built and started when needed, or
on the cluster of --context; sends "Hello, StatefulSet Kafka!" to Kafka and reads it back. What is there already is
used. Only the demo's own settings are used, no Pulumi.<stack>.yaml.

Engines:
  pulumi   the Pulumi CLI through the Automation API, with its state in ~/.local/state/kafka-eks/pulumi
  kubectl  for machines without the CLI: syncs what npm run render writes, by the rules of Argo CD
Without --engine: the one that deployed what is there, else pulumi when its CLI is on PATH, was built by
npm run lab -- engine, or can be downloaded. kubectl has no state and no preview: deploy with pulumi what is to stay.

Exit codes:
  0    done
  1    Kafka could not be deployed, used or taken away
  2    the command line or the configuration is wrong; nothing was changed
  3    the cluster can't be reached, or the lab can't be started

Examples:
  npm run demo
  npm run demo -- --context my-cluster --namespace kafka-demo
  npm run demo -- --destroy --delete-data
`;

/** Keys that --config may not set, and what to do instead. */
const INSTEAD_OF_KEY: Readonly<Record<string, string>> = {
    [`${PROJECT}:namespace`]: "use --namespace",
    [`${PROJECT}:kubeconfig`]: "use --kubeconfig",
    [`${PROJECT}:kubeContext`]: "use --context",
    [`${PROJECT}:kafkaDeploymentType`]:
        "the demo deploys StatefulSets; for Strimzi use pulumi up with a stack of yours",
};

/**
 * Reads the command line of the demo.
 *
 * @throws {@link UsageError} when it is wrong.
 */
export function parseDemoOptions(args: readonly string[]): DemoRequest {
    const program = new Command("npm run demo --")
        .description("Kafka on Kubernetes, from nothing to the first message.")
        .option("--context <name>", "context of a kubeconfig (default: the lab)")
        .option(
            "--kubeconfig <path>",
            "kubeconfig file (default: the lab's, or with --context the usual one)",
        )
        .option("--namespace <name>", "namespace of Kafka", "kafka")
        .option("--config <key=value>", "value of the program's configuration", collectConfig, {})
        .addOption(new Option("--engine <engine>", "how to deploy").choices(ENGINES))
        .option("--destroy", "take Kafka away again; the namespace and the volumes stay")
        .option("--delete-data", "with --destroy: delete the namespace and the volumes too")
        .addHelpText("after", HELP_AFTER);
    const text = parseOrHelp(program, args);
    if (text !== undefined) {
        return { action: "help", text };
    }
    const {
        destroy,
        deleteData = false,
        ...rest
    } = program.opts<{
        context?: string;
        kubeconfig?: string;
        namespace: string;
        config: Record<string, string>;
        engine?: EngineName;
        destroy?: true;
        deleteData?: true;
    }>();
    if (deleteData && !destroy) {
        throw new UsageError("--delete-data without --destroy", "add --destroy");
    }
    for (const key of Object.keys(rest.config)) {
        const instead = INSTEAD_OF_KEY[key];
        if (instead !== undefined) {
            throw new UsageError(`--config can't set ${key} here`, instead);
        }
    }
    return { action: destroy ? "destroy" : "run", ...rest, deleteData };
}
