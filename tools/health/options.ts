import { Command } from "commander";
import { type HelpRequest, parseOrHelp } from "../cli/command";
import type { IdentitySource } from "../client/identity";
import { addIdentityOptions, identityOf, refuseBeside } from "../client/identityOptions";
import type { KubernetesOptions } from "../client/kubernetes";

/** What the command line of the health check asks for. */
export type HealthRequest =
    | (KubernetesOptions & {
          readonly action: "check";
          readonly namespace: string;
          /** Stack whose Kafka it is, in place of namespace and kubeconfig. */
          readonly stack?: string;
          readonly identity: IdentitySource;
          readonly json: boolean;
      })
    | HelpRequest;

const HELP_AFTER = `
The round trip sends one message to each partition of the topic kafka-eks-health
and reads it back. The topic is created when it is missing: a partition for each
broker, up to three replicas, messages kept for one hour.

Listeners with TLS and users are checked with the brokers' CA and the program's
own users kafka-eks-health-*, whose Secrets the kubeconfig has to let it read. Another
identity on the command line counts more, and --tls without --ca trusts the system's
CAs in place of the brokers' own.

Exit codes:
  0  all is well
  1  a check failed; each failure is followed by the command that tells more
  2  the command line or the kubeconfig is wrong, or the API server can't be reached
`;

/** What {@link HealthRequest.stack} stands for, as commander has it and as it is written. */
const KUBERNETES_OPTIONS = {
    kubeconfig: "--kubeconfig",
    context: "--context",
    namespace: "--namespace",
};

/**
 * Reads the command line of the health check.
 *
 * @param args The arguments without the program's name.
 * @throws UsageError when they are wrong.
 */
export function parseHealthOptions(args: readonly string[]): HealthRequest {
    const program = new Command("npm run health --")
        .description(
            "Checks Kafka on Kubernetes: the Strimzi operator where it runs Kafka, pods, volumes and their free space, " +
                "Services, ZooKeeper, brokers, partitions, certificates, and messages through every listener.",
        )
        .option(
            "--json",
            "print one JSON document: {healthy, checks: [{area, name, ok, detail, next?}]}",
        )
        .option("--kubeconfig <path>", "kubeconfig file (default: KUBECONFIG or ~/.kube/config)")
        .option("--context <name>", "context of the kubeconfig (default: its current context)")
        .option("--namespace <name>", "namespace of Kafka", "kafka")
        .option("--stack <name>", "take cluster and namespace from this stack of Pulumi")
        .addHelpText("after", HELP_AFTER);
    addIdentityOptions(program);
    const text = parseOrHelp(program, args);
    if (text !== undefined) {
        return { action: "help", text };
    }
    const { json, kubeconfig, context, namespace, stack } = program.opts<
        KubernetesOptions & { namespace: string; stack?: string; json?: boolean }
    >();
    if (stack !== undefined) {
        refuseBeside(program, "--stack", KUBERNETES_OPTIONS);
    }
    return {
        action: "check",
        ...(kubeconfig !== undefined && { kubeconfig }),
        ...(context !== undefined && { context }),
        namespace,
        ...(stack !== undefined && { stack }),
        identity: identityOf(program),
        json: json ?? false,
    };
}
