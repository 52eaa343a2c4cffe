import type { StackConfig } from "../../config/stackConfig";
import { DemoError } from "./errors";

/** A deployment type, as the key `kafkaDeploymentType` has it. */
export type DeploymentType = StackConfig["kafkaDeploymentType"];

/** What the demo can deploy. */
export const DEPLOYMENT_TYPES: readonly DeploymentType[] = ["strimzi", "statefulset"];

/** What the choice of a deployment type depends on. */
export interface TypeCircumstances {
    /** The type that the user asked for. */
    readonly type?: DeploymentType;
    /** Image of Kafka and ZooKeeper; the operator chooses its own. */
    readonly image?: string;
    readonly isLab: boolean;
}

/**
 * The deployment type: as the user says, else that of the Kafka that is there, else the one that suits the cluster. The lab
 * has images for StatefulSets only.
 *
 * @param existing Type of the Kafka, or of its data, in the namespace.
 * @throws {@link DemoError} when the Kafka that is there has another type than the user asks for.
 */
export function chooseType(
    { type, image, isLab }: TypeCircumstances,
    existing?: DeploymentType,
): DeploymentType {
    const forced = type ?? (image === undefined ? undefined : "statefulset");
    if (forced !== undefined && existing !== undefined && forced !== existing) {
        throw new DemoError(
            `${type === undefined ? "--image" : "--type"}: expected type ${existing}, as the Kafka or the data that are there, got ${forced}`,
            "leave it out; for the other type give another --namespace, or first take away this one with its data " +
                "(npm run demo -- --destroy --delete-data)",
        );
    }
    return forced ?? existing ?? (isLab ? "statefulset" : "strimzi");
}
