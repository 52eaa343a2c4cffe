import { Command } from "commander";
import { parseOrHelp } from "./clientOptions";
import type { KubernetesOptions } from "./kubernetes";

/** What the command line of the health check asks for. */
export type HealthRequest =
    | (KubernetesOptions & {
          readonly action: "check";
          readonly namespace: string;
          readonly json: boolean;
      })
    | { readonly action: "help"; readonly text: string };

const HELP_AFTER = `
The round trip sends one message to each partition of the topic kafka-eks-health
and reads it back. The topic is created when it is missing: a partition for each
broker, up to three replicas, messages kept for one hour.

Exit codes:
  0  all is well
  1  a check failed; each failure is followed by the command that tells more
  2  the command line or the kubeconfig is wrong, or the API server can't be reached
`;

/**
 * Reads the command line of the health check.
 *
 * @param args The arguments without the program's name.
 * @throws UsageError when they are wrong.
 */
export function parseHealthOptions(args: readonly string[]): HealthRequest {
    const program = new Command("npm run health --")
        .description(
            "Checks Kafka on Kubernetes: the Strimzi operator where it runs Kafka, pods, volumes, Services, " +
                "ZooKeeper, brokers, partitions, and messages through every listener.",
        )
        .option(
            "--json",
            "print one JSON document: {healthy, checks: [{area, name, ok, detail, next?}]}",
        )
        .option("--kubeconfig <path>", "kubeconfig file (default: KUBECONFIG or ~/.kube/config)")
        .option("--context <name>", "context of the kubeconfig (default: its current context)")
        .option("--namespace <name>", "namespace of Kafka", "kafka")
        .helpOption("-h, --help", "print this help")
        .addHelpText("after", HELP_AFTER);
    const text = parseOrHelp(program, args);
    if (text !== undefined) {
        return { action: "help", text };
    }
    const { json, ...options } = program.opts<
        KubernetesOptions & { namespace: string; json?: boolean }
    >();
    return { action: "check", ...options, json: json ?? false };
}
