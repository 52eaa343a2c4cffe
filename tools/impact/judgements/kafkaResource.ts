import { compareVersions } from "../../../components/kafka/versions";
import { type Effect, OPERATOR_ROLL, type Restart } from "../finding";
import { type FieldChange, type Fields, isObject, show, valueAt, textsAt } from "../fields";
import { type Context, type Judgement, judgeFields, LABELS, WAITING, removed } from "../judgement";
import type { State } from "../preview";
import { judgeProperties, type Properties } from "./brokerProperties";
import { ANYBODY, judgeAllowed, peersOf } from "./peers";

const SUBJECT = "Kafka cluster";

/** Judges the `Kafka` resource, which the Strimzi operator turns into a cluster. */
export const judgeKafkaResource: Judgement = (change, context) => {
    switch (change.action) {
        case "create":
            return [
                { subject: SUBJECT, from: "-", to: "new", what: "is made", severity: "nothing" },
            ];
        case "delete":
        case "replace":
            return [
                {
                    subject: SUBJECT,
                    from: "in the stack",
                    to: removed(change.action),
                    what: "the operator stops all brokers; clients lose Kafka",
                    severity: "cluster-stops",
                },
            ];
        case "update":
            return [
                ...judgeConfig(change.old, change.new, context),
                ...judgeListeners(change.old, change.new, context),
                ...judgePeers(change.old, change.new),
                ...judgeFields(change, SUBJECT, [
                    LABELS,
                    ...WAITING,
                    // Judged above, as a whole.
                    { path: ["spec", "kafka", "config"], judge: () => [] },
                    { path: ["spec", "kafka", "listeners"], judge: () => [] },
                    {
                        path: ["spec", "kafka", "version"],
                        judge: (field) => [judgeVersion(field, context)],
                    },
                    {
                        path: ["spec", "kafka", "metadataVersion"],
                        judge: (field) => [judgeMetadataVersion(field)],
                    },
                    {
                        path: ["spec", "kafka", "rack"],
                        judge: (field) => [
                            {
                                subject: "rack of the brokers",
                                from: show(field.from),
                                to: show(field.to),
                                what: `${OPERATOR_ROLL}; replicas that exist stay where they are`,
                                severity: "rolling-restart",
                                restarts: [brokers(context)],
                            },
                        ],
                    },
                    {
                        path: ["spec", "kafka", "authorization"],
                        judge: (field) => [judgeAuthorization(field, context)],
                    },
                    // Where the program keeps a hash of the pools; these are judged by themselves.
                    { path: ["spec", "kafka", "template", "bootstrapService"], judge: () => [] },
                    {
                        path: ["spec", "entityOperator"],
                        judge: (field) => [
                            {
                                subject: "operators of topics and users",
                                from: show(field.from),
                                to: show(field.to),
                                what: "they restart; Kafka does not",
                                severity: "dynamic",
                            },
                        ],
                    },
                ]),
            ];
    }
};

function brokers(context: Context): Restart {
    return { of: "brokers", count: context.brokers, by: "operator" };
}

function allNodes(context: Context): Restart[] {
    return [brokers(context), { of: "controllers", count: context.controllers, by: "operator" }];
}

function judgeConfig(
    old: State | undefined,
    now: State | undefined,
    context: Context,
): readonly Effect[] {
    return judgeProperties(properties(old), properties(now), {
        operatorRestarts: allNodes(context),
    });
}

function properties(state: State | undefined): Properties {
    return textsAt(state?.inputs, "spec", "kafka", "config");
}

function judgeVersion({ from, to }: FieldChange, context: Context): Effect {
    return {
        subject: "version of Kafka",
        from: show(from),
        to: show(to),
        what: OPERATOR_ROLL,
        severity: "rolling-restart",
        restarts: allNodes(context),
    };
}

/** From rights that nobody looks at to rights that count, and back; or other clients that have all of them. */
function judgeAuthorization({ path, from, to }: FieldChange, context: Context): Effect {
    const isNarrower = path.length === 3 ? to !== undefined : !includesAll(to, from);
    return {
        subject: "rights of clients",
        from: show(from),
        to: show(to),
        what: isNarrower
            ? "clients may do only what their users may: all others are refused"
            : `${OPERATOR_ROLL}; clients may do more`,
        severity: isNarrower ? "cluster-stops" : "rolling-restart",
        restarts: allNodes(context),
    };
}

function includesAll(list: unknown, other: unknown): boolean {
    const [all, some] = [list, other].map((each): unknown[] => (Array.isArray(each) ? each : []));
    return some!.every((one) => all!.includes(one));
}

function judgeMetadataVersion({ from, to }: FieldChange): Effect {
    const isLowered = compareVersions(String(to), String(from)) < 0;
    return {
        subject: "metadata version",
        from: show(from),
        to: show(to),
        ...(isLowered
            ? { what: "refused: it can't be lowered", severity: "nothing" }
            : {
                  what: "changed while Kafka runs; it can't be lowered again, nor can Kafka's version below it",
                  severity: "dynamic",
              }),
    };
}

/** What a client has to know of a listener. */
const CLIENT_FIELDS = ["port", "type", "tls", "authentication"];

function judgeListeners(
    old: State | undefined,
    now: State | undefined,
    context: Context,
): readonly Effect[] {
    const [from, to] = [listeners(old), listeners(now)];
    return [...new Set([...from.keys(), ...to.keys()])].flatMap((name): Effect[] => {
        const [before, after] = [from.get(name), to.get(name)];
        if (JSON.stringify(before) === JSON.stringify(after)) {
            return [];
        }
        const effect = {
            subject: `listener ${name}`,
            from: show(before),
            to: show(after),
            restarts: [brokers(context)],
        };
        const changed = CLIENT_FIELDS.filter(
            (field) => JSON.stringify(before?.[field]) !== JSON.stringify(after?.[field]),
        );
        if (before === undefined) {
            return [{ ...effect, what: OPERATOR_ROLL, severity: "rolling-restart" }];
        }
        if (after === undefined) {
            return [
                {
                    ...effect,
                    what: "clients that use this listener lose Kafka",
                    severity: "cluster-stops",
                },
            ];
        }
        return changed.length > 0
            ? [
                  {
                      ...effect,
                      what: `clients have to change, too, because of its ${changed.join(", ")}; those that don't lose Kafka`,
                      severity: "cluster-stops",
                  },
              ]
            : [
                  {
                      ...effect,
                      what: `${OPERATOR_ROLL}; addresses may change`,
                      severity: "rolling-restart",
                  },
              ];
    });
}

/** The operator passes them on to a network policy; no broker restarts. */
function judgePeers(old: State | undefined, now: State | undefined): readonly Effect[] {
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
function listeners(state: State | undefined): Map<string, Record<string, unknown>> {
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
