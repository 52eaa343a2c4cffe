import { Command, Option } from "commander";
import { type HelpRequest, parseOrHelp } from "../../tools/cli/command";
import { UsageError } from "../../tools/cli/errors";
import { PROJECT } from "../../config";
import { collectConfig } from "../../tools/cli/configOption";
import type { ClusterOptions } from "./cluster";
import { DEPLOYMENT_TYPES, type DeploymentType } from "./deploymentType";
import { type EngineName, ENGINES } from "./engine";

/** What the command line of the demo asks for. */
export type DemoRequest =
    | (ClusterOptions & {
          readonly action: "run" | "destroy";
          readonly namespace: string;
          /** Over the demo's own configuration, by full key. */
          readonly config: Readonly<Record<string, string>>;
          readonly engine?: EngineName;
          readonly type?: DeploymentType;
          readonly image?: string;
          readonly deleteData: boolean;
      })
    | HelpRequest;

const HELP_AFTER = `
Deploys Kafka, sends a message to it and reads it back: on the lab of this machine, which is built and started when
needed, or on the cluster of --context. What is there already is used. On the lab it has the lab's own settings,
elsewhere those of Pulumi.kind.yaml: one small node.

Deployment types:
  strimzi      one broker that is its own controller, and the operator. Needs Pulumi's CLI; installs CRDs
  statefulset  brokers and ZooKeeper without an operator; --image for clusters that reach no registry
Without --type: the one that is there already, else with --image statefulset; else statefulset on the lab, whose
images are built for it, and strimzi on other clusters.

Engines:
  pulumi   the Pulumi CLI through the Automation API, with its state in ~/.local/state/kafka-eks/pulumi
  kubectl  for machines without the CLI: syncs what npm run render writes, by the rules of Argo CD
Without --engine: the one that deployed what is there, else pulumi when its CLI is on PATH, was built by
npm run lab -- engine, or can be downloaded, which the demo says first. kubectl has no state and no preview: deploy with pulumi what is to stay.

Exit codes:
  0    done
  1    Kafka could not be deployed, used or taken away
  2    the command line or the configuration is wrong; nothing was changed
  3    the cluster can't be reached, or the lab can't be started

Examples:
  npm run demo
  npm run demo -- --context kind-kind
  npm run demo -- --context kind-kind --type statefulset --image confluentinc/cp-kafka:7.5.0
  npm run demo -- --context my-cluster --namespace kafka-demo
  npm run demo -- --destroy --delete-data
`;

/** Keys that --config may not set, and what to do instead. */
const INSTEAD_OF_KEY: Readonly<Record<string, string>> = {
    [`${PROJECT}:namespace`]: "use --namespace",
    [`${PROJECT}:kubeconfig`]: "use --kubeconfig",
    [`${PROJECT}:kubeContext`]: "use --context",
    [`${PROJECT}:kafkaDeploymentType`]: "use --type",
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
        .addOption(new Option("--type <type>", "deployment type").choices(DEPLOYMENT_TYPES))
        .option("--image <image>", "image of Kafka and ZooKeeper, with --type statefulset")
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
        type?: DeploymentType;
        image?: string;
        destroy?: true;
        deleteData?: true;
    }>();
    if (deleteData && !destroy) {
        throw new UsageError("--delete-data without --destroy", "add --destroy");
    }
    if (rest.type === "strimzi" && rest.image !== undefined) {
        throw new UsageError(
            "--image: expected nothing with --type strimzi, whose operator chooses the images",
            "leave it out, or use --type statefulset",
        );
    }
    if (rest.type === "strimzi" && rest.engine === "kubectl" && !destroy) {
        throw new UsageError(
            "--engine: expected pulumi with --type strimzi, got kubectl: nobody would install the operator",
            "leave it out, or use --type statefulset",
        );
    }
    for (const key of Object.keys(rest.config)) {
        const instead = INSTEAD_OF_KEY[key];
        if (instead !== undefined) {
            throw new UsageError(`--config can't set ${key} here`, instead);
        }
    }
    return { action: destroy ? "destroy" : "run", ...rest, deleteData };
}
