import type { BrokerDescription } from "../client/topics";
import type { Check } from "./check";

/** Judges the brokers: as many are registered as there should be. */
export function judgeBrokers(
    brokers: readonly BrokerDescription[],
    expected: number,
    podOfBroker: (id: number) => string,
    namespace: string,
): Check {
    const ids = brokers.map(({ id }) => id);
    const missing = Array.from({ length: expected }, (_, id) => id).filter(
        (id) => !ids.includes(id),
    );
    const registered = ids.length >= expected;
    const racks = new Set(brokers.flatMap(({ rack }) => rack ?? []));
    // Ids count from 0; should they not, the first pod is as good as any to look at.
    const [suspect = 0] = missing;
    return {
        area: "brokers",
        name: "registered",
        ok: registered,
        detail:
            `${ids.length} of ${expected} brokers (${ids.join(", ") || "none"})` +
            (registered ? "" : `, missing ${missing.join(", ")}`) +
            (racks.size > 0 ? `, racks ${[...racks].sort().join(", ")}` : ""),
        ...(!registered && { next: `kubectl logs ${podOfBroker(suspect)} -n ${namespace}` }),
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
