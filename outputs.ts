import { ListenerEntry } from "./components/rendering/listenerDirectory";
import { StackConfig } from "./config";

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
