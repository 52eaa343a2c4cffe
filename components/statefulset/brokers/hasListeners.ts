import { isDeepStrictEqual } from "node:util";
import type { V1StatefulSet } from "@kubernetes/client-node";
import type { Listener } from "../../kafka/listeners";
import { KAFKA } from "../../kafka/names";
import { brokerPorts } from "./brokerPod";

/** Whether the brokers of a StatefulSet have these listeners, or are about to restart with them. */
export function hasListeners({ spec }: V1StatefulSet, listeners: readonly Listener[]): boolean {
    const container = spec!.template.spec!.containers.find(({ name }) => name === KAFKA);
    const [live, wanted] = [container?.ports ?? [], brokerPorts(listeners)].map((ports) =>
        ports.map(({ name, containerPort }) => `${name} ${containerPort}`).sort(),
    );
    return isDeepStrictEqual(live, wanted);
}
