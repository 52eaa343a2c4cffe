import { MIN_ISR } from "../../../components/kafka/replication";
import { compareVersions } from "../../../components/kafka/versions";
import { DYNAMIC_PROPERTIES } from "../dynamicProperties";
import type { Effect, Restart } from "../finding";
import { changedNames, show } from "../fields";
import { OPERATOR_ROLL } from "./operatorRoll";

/** Broker properties by name. */
export type Properties = Readonly<Record<string, string>>;

/** How changed properties reach the brokers. */
export interface PropertiesArgs {
    /**
     * The pods that the Strimzi operator restarts for a property that Kafka can't change while it runs.
     *
     * @default - There is no operator: the StatefulSet restarts its pods for every property.
     */
    readonly operatorRestarts?: readonly Restart[];
}

const HOUR = 3_600_000;

/** Units of the properties that say how long messages are kept; the first one that is set counts. */
const RETENTION_TIMES: readonly (readonly [string, number])[] = [
    ["log.retention.ms", 1],
    ["log.retention.minutes", 60_000],
    ["log.retention.hours", HOUR],
];

/** What Kafka keeps unless it is told otherwise. @see https://kafka.apache.org/documentation/#brokerconfigs */
export const DEFAULT_RETENTION_MS = 168 * HOUR;

const UNLIMITED = -1;

/** Defaults of Kafka's for what is judged by its value. */
const DEFAULTS: Properties = {
    "default.replication.factor": "1",
    [MIN_ISR]: "1",
    "offsets.topic.replication.factor": "3",
    "transaction.state.log.replication.factor": "3",
    "transaction.state.log.min.isr": "2",
    "log.retention.bytes": String(UNLIMITED),
    "log.cleanup.policy": "delete",
};

/** What fewer copies mean, by property. */
const COPIES: Readonly<Record<string, string>> = {
    "default.replication.factor":
        "new topics that don't say otherwise get fewer replicas, and are lost with fewer brokers",
    [MIN_ISR]: "messages count as written with fewer replicas, and are lost with fewer brokers",
    "offsets.topic.replication.factor":
        "if Kafka has not made the offsets topic yet, it gets fewer replicas",
    "transaction.state.log.replication.factor":
        "if Kafka has not made the transaction topic yet, it gets fewer replicas",
    "transaction.state.log.min.isr":
        "if Kafka has not made the transaction topic yet, its entries count as written with fewer replicas",
};

/** Says what changed broker properties do. */
export function judgeProperties(
    from: Properties,
    to: Properties,
    args: PropertiesArgs = {},
): readonly Effect[] {
    return changedNames(from, to).map((name) => ({
        subject: `broker property ${name}`,
        from: show(from[name]),
        to: show(to[name]),
        ...arrival(name, args),
        ...raisedMinIsr(name, from, to, args),
        ...riskOf(name, from, to),
    }));
}

/** How a changed property reaches the brokers. */
function arrival(
    name: string,
    { operatorRestarts }: PropertiesArgs,
): Pick<Effect, "what" | "severity" | "restarts"> {
    if (operatorRestarts === undefined) {
        return {
            what: "read when a broker starts, so with the rolling restart",
            severity: "rolling-restart",
        };
    }
    return DYNAMIC_PROPERTIES.has(name)
        ? { what: "the operator changes it while the brokers run", severity: "dynamic" }
        : {
              what: OPERATOR_ROLL,
              severity: "rolling-restart",
              restarts: operatorRestarts,
          };
}

/** The risk of a changed property, which counts for more than the way it arrives. */
function riskOf(
    name: string,
    from: Properties,
    to: Properties,
): Pick<Effect, "what" | "severity"> | undefined {
    const what = atRisk(name, from, to);
    if (what !== undefined) {
        return { what, severity: "data-may-be-lost" };
    }
    const refused = losesRights(name, from[name], to[name]);
    return refused ? { what: refused, severity: "cluster-stops" } : undefined;
}

/** What a higher min ISR means; `undefined` where it is none. */
function raisedMinIsr(
    name: string,
    from: Properties,
    to: Properties,
    { operatorRestarts }: PropertiesArgs,
): Partial<Effect> | undefined {
    const value = (properties: Properties) => Number(properties[MIN_ISR] ?? DEFAULTS[MIN_ISR]);
    if (name !== MIN_ISR || value(to) <= value(from)) {
        return undefined;
    }
    return operatorRestarts === undefined
        ? {
              what:
                  "up asks Kafka first, and refuses while topics have no more replicas than that; " +
                  "read when a broker starts, so with the rolling restart",
          }
        : {
              what: "nobody asks Kafka first: topics of fewer replicas refuse writes from then on",
              severity: "cluster-stops",
          };
}

/** Whom a changed property refuses who was let in; `undefined` when that is nobody. */
function losesRights(
    name: string,
    from: string | undefined,
    to: string | undefined,
): string | undefined {
    if (name === "authorizer.class.name") {
        return to !== undefined
            ? "clients may do only what their users may: all others are refused"
            : undefined;
    }
    const lost = (from ?? "").split(";").filter((user) => !(to ?? "").split(";").includes(user));
    return name === "super.users" && to !== undefined && from !== undefined && lost.length > 0
        ? `${lost.join(", ")} may do only what ACLs allow`
        : undefined;
}

/** What a changed property puts at risk; `undefined` when that is nothing. */
function atRisk(name: string, from: Properties, to: Properties): string | undefined {
    const value = (properties: Properties) => properties[name] ?? DEFAULTS[name];
    if (name in COPIES) {
        return Number(value(to)) < Number(value(from)) ? COPIES[name] : undefined;
    }
    if (RETENTION_TIMES.some(([property]) => property === name)) {
        return isShorter(retentionTime(from), retentionTime(to))
            ? "data may be deleted by retention: topics without a time of their own keep messages for less time"
            : undefined;
    }
    switch (name) {
        case "log.retention.bytes":
            return isShorter(Number(value(from)), Number(value(to)))
                ? "data may be deleted by retention: topics without a size of their own keep less"
                : undefined;
        case "log.cleanup.policy": {
            const added = newPolicies(value(from)!, value(to)!);
            return added === ""
                ? undefined
                : `data may be deleted: topics without a policy of their own are now also subject to ${added}`;
        }
        case "inter.broker.protocol.version":
            return from[name] !== undefined &&
                to[name] !== undefined &&
                compareVersions(to[name], from[name]) < 0
                ? "Kafka does not support to lower it: brokers may not understand what they have written"
                : undefined;
        case "unclean.leader.election.enable":
            return to[name] === "true"
                ? "a replica that is behind may become leader, and what it lacks is lost"
                : undefined;
        default:
            return undefined;
    }
}

function retentionTime(properties: Properties): number {
    for (const [name, unit] of RETENTION_TIMES) {
        const value = properties[name];
        if (value !== undefined) {
            return Number(value) < 0 ? UNLIMITED : Number(value) * unit;
        }
    }
    return DEFAULT_RETENTION_MS;
}

/** Whether a limit, or none, became a smaller one. */
export function isShorter(from: number, to: number): boolean {
    return to >= 0 && (from < 0 || to < from);
}

/** The policies that are in the second list and not in the first. */
export function newPolicies(from: string, to: string): string {
    const split = (list: string) => list.split(",").map((policy) => policy.trim());
    return split(to)
        .filter((policy) => policy !== "" && !split(from).includes(policy))
        .join();
}
