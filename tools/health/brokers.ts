import type { BrokerDescription } from "../client/topics";
import type { Check } from "./check";

/**
 * Judges the brokers: all that there should be are registered.
 *
 * @param expected Ids of those that there should be.
 */
export function judgeBrokers(
    brokers: readonly BrokerDescription[],
    expected: readonly number[],
    podOfBroker: (id: number) => string,
    namespace: string,
): Check {
    const ids = brokers.map(({ id }) => id);
    const [suspect, ...others] = expected.filter((id) => !ids.includes(id));
    const racks = new Set(brokers.flatMap(({ rack }) => rack ?? []));
    const found = `${expected.filter((id) => ids.includes(id)).length} of ${expected.length} brokers`;
    return {
        area: "brokers",
        name: "registered",
        ok: suspect === undefined,
        detail:
            `${found} (${ids.join(", ") || "none"})` +
            (suspect === undefined ? "" : `, missing ${[suspect, ...others].join(", ")}`) +
            (racks.size > 0 ? `, racks ${[...racks].sort().join(", ")}` : ""),
        ...(suspect !== undefined && {
            next: `kubectl logs ${podOfBroker(suspect)} -n ${namespace}`,
        }),
    };
}

/**
 * Judges the controller of brokers with ZooKeeper: one of them is it. With KRaft brokers hide the controllers from clients
 * and name any broker instead, so there is nothing to judge.
 */
export function judgeController(brokers: readonly BrokerDescription[], namespace: string): Check {
    const controller = brokers.find(({ isController }) => isController);
    return {
        area: "brokers",
        name: "controller",
        ok: controller !== undefined,
        detail: controller ? `broker ${controller.id}` : "no broker is the controller",
        ...(!controller && {
            next: `kubectl logs -n ${namespace} -l app.kubernetes.io/name=kafka --tail 50 --prefix`,
        }),
    };
}
