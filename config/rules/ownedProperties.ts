import { isOwnedBrokerProperty } from "../../components/statefulset/brokers/brokerProperties";
import { isOwnedByStrimzi } from "../../components/strimzi/brokerConfig";
import { type ConfigProblem, showAt } from "../problems";
import type { ParsedConfig } from "../schema";

/** Broker properties that are not the user's to set. */
export function ownedProperties({ kafkaDeploymentType, kafka }: ParsedConfig): ConfigProblem[] {
    const [isOwned, owner] =
        kafkaDeploymentType === "strimzi"
            ? [isOwnedByStrimzi, "the program or the operator sets"]
            : [isOwnedBrokerProperty, "the program sets"];
    return Object.entries(kafka.config ?? {})
        .filter(([property]) => isOwned(property))
        .map(([property, value]) => {
            const key = `kafka.config.${property}`;
            const expected = `nothing: ${owner} this broker property itself`;
            return { key, expected, given: showAt(key, value) };
        });
}
