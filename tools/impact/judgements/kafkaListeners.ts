import { isObject } from "../../../config/everyFault";
import type { Effect } from "../finding";
import { changedFields, type Fields, showChange, textAt, valueAt } from "../fields";
import type { Context } from "../judgement";
import type { State } from "../preview";
import { judgeNetworks } from "./clientNetworks";
import { entersInternet, isOnInternet, ON_INTERNET } from "./internet";
import { judgeAccess, type ListenerAccess, type Listeners, pairListeners } from "./listenerAccess";
import {
    ANNOTATIONS,
    annotationsOf,
    changesAddress,
    withoutNetworks,
} from "./listenerConfiguration";
import { brokersRestart, OPERATOR_ROLL } from "./operatorRoll";
import { judgePeersOf } from "./peers";
import { unknownField } from "./table";

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
                : judgeListener(before, after, all, from).map((effect) => ({
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
    others: readonly Fields[],
): readonly (Pick<Effect, "what" | "severity"> & Partial<Effect>)[] {
    const access = judgeAccess(before && toAccess(before), after && toAccess(after), all);
    const isOpened = access.some(({ severity }) => severity === ON_INTERNET.severity);
    const found = [
        ...access,
        ...(after && reachesInternet(before, after, others, isOpened) ? [ON_INTERNET] : []),
        ...(before && after ? judgeUnknown(before, after) : []),
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

/** Where there was no load balancer on the internet, one may come; where there was one, it may have been kept out of it. */
function reachesInternet(
    before: Fields | undefined,
    after: Fields,
    others: readonly Fields[],
    isOpened: boolean,
): boolean {
    return before?.["type"] === after["type"]
        ? ANNOTATIONS.some((of) => entersInternet(of(before!), of(after)))
        : !isOpened && hasLoadBalancerOnInternet(after) && !others.some(hasLoadBalancerOnInternet);
}

function hasLoadBalancerOnInternet(listener: Fields): boolean {
    return listener["type"] === "loadbalancer" && isOnInternet(annotationsOf(listener));
}

/** What of a listener is judged, by the beginning of its path. */
const JUDGED =
    /^(name|port|type|tls|authentication(\.type)?|configuration(\.(class|advertisedHostTemplate|brokers.*|bootstrap(\.(alternativeNames|annotations|nodePort).*)?|perBrokerAnnotationsTemplate.*))?)$/;

function judgeUnknown(before: Fields, after: Fields): readonly Effect[] {
    const fields = changedFields(withoutNetworks(before), withoutNetworks(after));
    return fields
        .filter(({ path }) => !JUDGED.test(path.join(".")))
        .map((field) => ({
            ...unknownField(`listener ${String(before["name"])}`, field),
            ...showChange(field.from, field.to),
        }));
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
