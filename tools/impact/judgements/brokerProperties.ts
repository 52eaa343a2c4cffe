import { MIN_ISR } from "../../../components/kafka/replication";
import { definitionOf } from "../../../components/kafka/properties/definitions";
import type { Effect, Restart } from "../finding";
import { changedNames, showProperty } from "../fields";
import { OPERATOR_ROLL } from "./operatorRoll";
import { type Properties, riskOfBrokers } from "./propertyRisks";

/** How changed properties reach the brokers. */
export interface PropertiesArgs {
    /**
     * The pods that the Strimzi operator restarts for a property that Kafka can't change while it runs.
     *
     * @default - There is no operator: the StatefulSet restarts its pods for every property.
     */
    readonly operatorRestarts?: readonly Restart[];
    /** The Kafka that is to run: it knows what it can change while it runs, and what it does without a property. */
    readonly version: string;
}

/** Says what changed broker properties do. */
export function judgeProperties(
    from: Properties,
    to: Properties,
    args: PropertiesArgs,
): readonly Effect[] {
    return changedNames(from, to).flatMap((name) => {
        const effect = {
            subject: `broker property ${name}`,
            ...showProperty(name, from[name], to[name]),
            ...arrival(name, args),
            ...raisedMinIsr(name, from, to, args),
        };
        const risks = riskOfBrokers(name, from, to, args.version);
        // A risk counts for more than the way it arrives.
        return risks.length === 0 ? [effect] : risks.map((risk) => ({ ...effect, ...risk }));
    });
}

/** How a changed property reaches the brokers. */
function arrival(
    name: string,
    { operatorRestarts, version }: PropertiesArgs,
): Pick<Effect, "what" | "severity" | "restarts"> {
    if (operatorRestarts === undefined) {
        return {
            what: "read when a broker starts, so with the rolling restart",
            severity: "rolling-restart",
        };
    }
    // For the whole cluster or broker by broker, the operator does either.
    return definitionOf("broker", name, version)?.mode !== undefined
        ? { what: "the operator changes it while the brokers run", severity: "dynamic" }
        : {
              what: OPERATOR_ROLL,
              severity: "rolling-restart",
              restarts: operatorRestarts,
          };
}

/** What a higher min ISR means; `undefined` where it is none. */
function raisedMinIsr(
    name: string,
    from: Properties,
    to: Properties,
    { operatorRestarts, version }: PropertiesArgs,
): Partial<Effect> | undefined {
    const value = (properties: Properties) =>
        Number(properties[MIN_ISR] ?? definitionOf("broker", MIN_ISR, version)?.default);
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
