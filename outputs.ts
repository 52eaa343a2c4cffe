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

/** Commands that show what was deployed, for the person who deployed it. */
export function nextCommands(config: StackConfig, listeners: readonly ListenerEntry[]): string[] {
    const context =
        (config.kubeconfig === undefined ? "" : ` --kubeconfig ${config.kubeconfig}`) +
        (config.kubeContext === undefined ? "" : ` --context ${config.kubeContext}`);
    const external = listeners.find(({ type }) => type !== "internal");
    return [
        `kubectl${context} --namespace ${config.namespace} get pods`,
        `npm run health --${context} --namespace ${config.namespace}`,
        ...(external === undefined
            ? []
            : [
                  `KAFKA_BOOTSTRAP=${external.bootstrap} npm run client -- --produce "Hello" --topic hello`,
              ]),
    ];
}
