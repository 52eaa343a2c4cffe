import { ListenerEntry } from "./components/rendering/listenerDirectory";
import { StackConfig } from "./config";

/** The command that adds a cluster to the kubeconfig and makes it current. */
export function updateKubeconfigCommand({
    clusterName,
    region,
}: {
    readonly clusterName: string;
    readonly region: string;
}): string {
    return `aws eks update-kubeconfig --region ${region} --name ${clusterName}`;
}

/** The namespace of Kafka, and the kubeconfig file and context that lead to it, where the cluster was there before. */
export function placeOf(
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

/** Commands that show what was deployed, for the person who deployed it. */
export function nextCommands(
    config: StackConfig,
    listeners: readonly ListenerEntry[],
    stack: string,
): string[] {
    const context =
        (config.kubeconfig === undefined ? "" : ` --kubeconfig ${config.kubeconfig}`) +
        (config.kubeContext === undefined ? "" : ` --context ${config.kubeContext}`);
    const external = listeners.find(({ type }) => type !== "internal");
    return [
        `kubectl${context} --namespace ${config.namespace} get pods`,
        `npm run health --${context} --namespace ${config.namespace}`,
        ...(external === undefined
            ? []
            : [`${clientOf(external, stack)} --produce "Hello" --topic hello`]),
    ];
}

/** The client for a listener; where there is more to it than an address, the stack knows all of it. */
function clientOf({ tls, authentication, bootstrap }: ListenerEntry, stack: string): string {
    return tls || authentication
        ? `npm run client -- --stack ${stack}`
        : `KAFKA_BOOTSTRAP=${bootstrap} npm run client --`;
}
