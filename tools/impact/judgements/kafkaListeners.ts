import type { Effect } from "../finding";
import { type Fields, isObject, show, valueAt } from "../fields";
import type { Context } from "../judgement";
import type { State } from "../preview";
import { brokersRestart, OPERATOR_ROLL } from "./operatorRoll";
import { ANYBODY, judgeAllowed, peersOf } from "./peers";
import type { Consequence } from "./table";

/** What a client has to know of a listener. */
const CLIENT_FIELDS = ["port", "type", "tls", "authentication"];

/** Judges the listeners of a `Kafka` resource. */
export function judgeListeners(
    old: State | undefined,
    now: State | undefined,
    context: Context,
): readonly Effect[] {
    const [from, to] = [listeners(old), listeners(now)];
    return [...new Set([...from.keys(), ...to.keys()])].flatMap((name) => {
        const [before, after] = [from.get(name), to.get(name)];
        return JSON.stringify(before) === JSON.stringify(after)
            ? []
            : [
                  {
                      subject: `listener ${name}`,
                      from: show(before),
                      to: show(after),
                      restarts: [brokersRestart(context)],
                      ...judgeListener(before, after),
                  },
              ];
    });
}

function judgeListener(before: Fields | undefined, after: Fields | undefined): Consequence {
    if (before === undefined) {
        return { what: OPERATOR_ROLL, severity: "rolling-restart" };
    }
    if (after === undefined) {
        return {
            what: "clients that use this listener lose Kafka",
            severity: "cluster-stops",
        };
    }
    const changed = CLIENT_FIELDS.filter(
        (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
    );
    return changed.length > 0
        ? {
              what: `clients have to change, too, because of its ${changed.join(", ")}; those that don't lose Kafka`,
              severity: "cluster-stops",
          }
        : { what: `${OPERATOR_ROLL}; addresses may change`, severity: "rolling-restart" };
}

/** Judges who may use a listener. The operator passes it on to a network policy; no broker restarts. */
export function judgePeers(old: State | undefined, now: State | undefined): readonly Effect[] {
    const before = new Map(listenersOf(old).map((each) => [each["name"], each]));
    return listenersOf(now).flatMap(({ name, networkPolicyPeers }) => {
        const listener = before.get(name);
        return listener === undefined
            ? []
            : judgeAllowed(
                  `clients of listener ${String(name)}`,
                  peersOf(listener["networkPolicyPeers"]),
                  peersOf(networkPolicyPeers),
                  (list, one) => list.includes(one) || list.includes(ANYBODY),
              );
    });
}

/** The listeners by name, without what {@link judgePeers} judges. */
function listeners(state: State | undefined): Map<string, Fields> {
    return new Map(
        listenersOf(state).map((listener) => [
            String(listener["name"]),
            { ...listener, networkPolicyPeers: undefined },
        ]),
    );
}

function listenersOf(state: State | undefined): readonly Fields[] {
    const list = valueAt(state?.inputs, "spec", "kafka", "listeners");
    return (Array.isArray(list) ? list : []).filter(isObject);
}
