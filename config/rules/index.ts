import type { ConfigProblem } from "../problems";
import type { ParsedConfig } from "../schema";
import { certificateConflicts } from "./certificates";
import { deploymentTypeConflicts } from "./deploymentType";
import { eksConflicts } from "./eks";
import { emptyVolumeConflicts } from "./emptyVolumes";
import { environmentConflicts } from "./environment";
import { jobListConflicts } from "./jobLists";
import { jvmConflicts } from "./jvm";
import { listenerConflicts } from "./listeners";
import { metadataConflicts } from "./metadata";
import { overlayConflicts } from "./overlay";
import { ownedProperties } from "./ownedProperties";
import { platformConflicts } from "./platform";
import { replicationConflicts } from "./replication";
import { resourceConflicts } from "./resources";
import { propertyConflicts } from "./properties";
import { propertyRuleConflicts } from "./propertyRules";
import { protectionConflicts } from "./protection";
import { schedulingConflicts } from "./scheduling";
import { strimziConflicts } from "./strimzi";
import { topicConflicts } from "./topics";
import { userConflicts } from "./users";
import { versionConflicts } from "./versions";
import { volumeSizeConflicts } from "./volumes";

/**
 * Problems between values that are right by themselves. A rule whose values could not be read finds nothing.
 *
 * @param usersAreSecret Whether Pulumi keeps the key `users`, or something in it, as a secret.
 */
export function findConflicts(config: ParsedConfig, usersAreSecret: boolean): ConfigProblem[] {
    const conflicts = [
        ...deploymentTypeConflicts(config),
        ...platformConflicts(config),
        ...eksConflicts(config),
        ...versionConflicts(config),
        ...strimziConflicts(config),
        ...ownedProperties(config),
        ...replicationConflicts(config.kafka),
        ...resourceConflicts(config),
        ...schedulingConflicts(config),
        ...metadataConflicts(config),
        ...environmentConflicts(config),
        ...jvmConflicts(config),
        ...overlayConflicts(config),
        ...volumeSizeConflicts(config),
        ...emptyVolumeConflicts(config),
        ...listenerConflicts(config),
        ...certificateConflicts(config),
        ...topicConflicts(config),
        ...userConflicts(config, usersAreSecret),
        ...jobListConflicts(config),
        ...protectionConflicts(config),
    ];
    // What another rule says of a property is more than Kafka knows.
    const isSaid = ({ key }: ConfigProblem) => conflicts.some((conflict) => conflict.key === key);
    const refused = [...propertyConflicts(config), ...propertyRuleConflicts(config)];
    const all = [...conflicts, ...refused.filter((problem) => !isSaid(problem))];
    // What is wrong by itself is missing here.
    return all.filter(({ key }) => !config.wrong.has(key));
}
