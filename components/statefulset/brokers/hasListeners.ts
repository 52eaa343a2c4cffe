import type { V1ContainerPort, V1PodSpec } from "@kubernetes/client-node";
import type { Listener } from "../../kafka/listeners";
import { KAFKA } from "../../kafka/names";
import { brokerPorts } from "./brokerPod";

/**
 * Whether the broker of a pod has these listeners, and no others. Its container may have ports of others, too.
 *
 * @param known Ports that listeners may have. Every port may be one where nobody knows.
 */
export function hasListeners(
    pod: V1PodSpec,
    listeners: readonly Listener[],
    known?: readonly number[],
): boolean {
    const [live, wanted] = [portsOf(pod), brokerPorts(listeners)];
    return (
        wanted.every(({ name, containerPort }) =>
            live.some((port) => port.name === name && port.containerPort === containerPort),
        ) &&
        live.every(
            ({ containerPort }) =>
                wanted.some((port) => port.containerPort === containerPort) ||
                known?.includes(containerPort) === false,
        )
    );
}

/** Ports of a broker's container. */
export function portsOf({ containers }: V1PodSpec): V1ContainerPort[] {
    return containers.find(({ name }) => name === KAFKA)?.ports ?? [];
}
