import { isObject } from "../../../config/everyFault";
import type { Effect } from "../finding";
import { changedFields, type Fields, showChange, textAt, valueAt } from "../fields";
import type { Context } from "../judgement";
import type { State } from "../preview";
import { judgeNetworks } from "./clientNetworks";
import { entersInternet, ON_INTERNET } from "./internet";
import { judgeAccess, type ListenerAccess, type Listeners, pairListeners } from "./listenerAccess";
import { annotationsOf, changesAddress, withoutNetworks } from "./listenerConfiguration";
import { brokersRestart, OPERATOR_ROLL } from "./operatorRoll";
import { judgePeersOf } from "./peers";

/** Judges the listeners of a `Kafka` resource. */
export function judgeListeners(
    old: State | undefined,
    now: State | undefined,
    context: Context,
): readonly Effect[] {
    const [from, to] = [listenersOf(old), listenersOf(now)];
    const all = accessOf(from);
    return pairListeners(all, accessOf(to)).flatMap((pair): Effect[] => {
        const before = from.find(({ name }) => name === pair.from);
        const after = to.find(({ name }) => name === pair.to);
        const subject = `listener ${pair.from ?? pair.to!}`;
        return [
            ...judgeRanges(subject, before, after),
            ...(isSame(withoutNetworks(before), withoutNetworks(after))
                ? []
                : judgeListener(before, after, all).map((effect) => ({
                      subject,
                      ...showChange(withoutNetworks(before), withoutNetworks(after)),
                      restarts: [brokersRestart(context)],
                      ...effect,
                  }))),
        ];
    });
}

function judgeListener(
    before: Fields | undefined,
    after: Fields | undefined,
    all: Listeners,
): readonly Pick<Effect, "what" | "severity">[] {
    const found = [
        ...judgeAccess(before && toAccess(before), after && toAccess(after), all),
        ...(before && after && entersInternet(annotationsOf(before), annotationsOf(after))
            ? [ON_INTERNET]
            : []),
    ];
    const isCutOff = found.some(({ severity }) => severity === "clients-cut-off");
    if (before && after && !isCutOff && changesAddress(before, after)) {
        return [
            ...found,
            {
                what: `${OPERATOR_ROLL}; clients that use the old addresses lose them`,
                severity: "clients-cut-off",
            },
        ];
    }
    if (found.length > 0) {
        return found;
    }
    return [
        {
            what:
                before === undefined
                    ? OPERATOR_ROLL
                    : `${OPERATOR_ROLL}; addresses stay as they are`,
            severity: "rolling-restart",
        },
    ];
}

function judgeRanges(
    subject: string,
    before: Fields | undefined,
    after: Fields | undefined,
): readonly Effect[] {
    if (before === undefined || after === undefined) {
        return [];
    }
    const [old, now] = [before, after].map((listener) => {
        const ranges = valueAt(listener, "configuration", "loadBalancerSourceRanges");
        return Array.isArray(ranges) ? ranges.map(String) : undefined;
    });
    return isSame(old, now) ? [] : judgeNetworks(`clients of ${subject}`, old, now);
}

/** Judges who may use a listener. The operator passes it on to a network policy; no broker restarts. */
export function judgePeers(old: State | undefined, now: State | undefined): readonly Effect[] {
    const before = listenersOf(old);
    return listenersOf(now).flatMap((listener) => {
        const other = before.find(({ name }) => name === listener["name"]);
        return other === undefined
            ? []
            : judgePeersOf(
                  `clients of listener ${String(listener["name"])}`,
                  other["networkPolicyPeers"],
                  listener["networkPolicyPeers"],
              );
    });
}

function accessOf(listeners: readonly Fields[]): Listeners {
    return new Map(listeners.map((listener) => [String(listener["name"]), toAccess(listener)]));
}

function toAccess(listener: Fields): ListenerAccess {
    return {
        port: String(listener["port"]),
        tls: listener["tls"] === true,
        authentication: textAt(listener, "authentication", "type"),
        isExternal: (listener["type"] ?? "internal") !== "internal",
    };
}

function isSame(one: unknown, other: unknown): boolean {
    return changedFields(one, other).length === 0;
}

function listenersOf(state: State | undefined): readonly Fields[] {
    const list = valueAt(state?.inputs, "spec", "kafka", "listeners");
    return (Array.isArray(list) ? list : []).filter(isObject);
}
