import * as pulumi from "@pulumi/pulumi";
import type { ListenerEntry } from "../components/kafka/clientAccess";
import type { StackConfig } from "../config/stackConfig";
import type { EksCluster } from "./eks";
import { currentContext } from "./kubeconfig";
import { nextCommands } from "./nextCommands";

/** The stack's outputs. */
export function stackOutputs(
    config: StackConfig,
    listeners: pulumi.Output<readonly ListenerEntry[]>,
    eks: EksCluster | undefined,
) {
    const reach = eks ? [updateKubeconfigCommand(eks)] : [];
    return {
        /** Namespace of Kafka. */
        namespace: config.namespace,
        /** Bootstrap address of each listener, by its name. */
        bootstrap: listeners.apply((entries) =>
            Object.fromEntries(entries.map((listener) => [listener.name, listener.bootstrap])),
        ),
        /** Where Kafka runs, for `--stack` of the client and the health check; `kubeconfig` has a cluster that the stack made. */
        kubernetes: placeOf(config, eks ? undefined : currentContext(config.kubeconfig)),
        /** Commands to try next. */
        next: pulumi
            .all([listeners, reach])
            .apply(([entries, commands]) => [
                ...commands,
                ...nextCommands(config, entries, pulumi.getStack()),
                ...(eks ? [`npm run cost -- --stack ${pulumi.getStack()}`] : []),
            ]),
        ...(eks && {
            /** Kubeconfig of the cluster that the stack made. */
            kubeconfig: eks.platform.kubeconfig,
            /** Name of the cluster that the stack made. */
            clusterName: eks.clusterName,
            /** Command that lets kubectl reach it. */
            updateKubeconfig: reach[0],
        }),
    };
}

/** The command that adds a cluster to the kubeconfig and makes it current. */
function updateKubeconfigCommand({
    clusterName,
    region,
}: Pick<EksCluster, "clusterName" | "region">): pulumi.Output<string> {
    return pulumi.interpolate`aws eks update-kubeconfig --region ${region} --name ${clusterName}`;
}

/** The namespace of Kafka, and the kubeconfig file and context that lead to it, where the cluster was there before. */
function placeOf(
    { namespace, kubeconfig, kubeContext }: StackConfig,
    current: string | undefined,
): { namespace: string; kubeconfig?: string; context?: string } {
    const context = kubeContext ?? current;
    return {
        namespace,
        ...(kubeconfig !== undefined && { kubeconfig }),
        ...(context !== undefined && { context }),
    };
}
