import type { ConfigProblem } from "../problems";
import type { ParsedConfig } from "../schema";
import { certificateConflicts } from "./certificates";
import { deploymentTypeConflicts } from "./deploymentType";
import { eksConflicts } from "./eks";
import { jobListConflicts } from "./jobLists";
import { listenerConflicts } from "./listeners";
import { ownedProperties } from "./ownedProperties";
import { platformConflicts } from "./platform";
import { replicationConflicts } from "./replication";
import { resourceConflicts } from "./resources";
import { protectionConflicts } from "./protection";
import { strimziConflicts } from "./strimzi";
import { topicConflicts } from "./topics";
import { userConflicts } from "./users";
import { versionConflicts } from "./versions";

/**
 * Problems between values that are right by themselves. A rule whose values could not be read finds nothing.
 *
 * @param usersAreSecret Whether Pulumi keeps the key `users`, or something in it, as a secret.
 */
export function findConflicts(config: ParsedConfig, usersAreSecret: boolean): ConfigProblem[] {
    return [
        ...deploymentTypeConflicts(config),
        ...platformConflicts(config),
        ...eksConflicts(config),
        ...versionConflicts(config),
        ...strimziConflicts(config),
        ...ownedProperties(config),
        ...replicationConflicts(config.kafka),
        ...resourceConflicts(config),
        ...listenerConflicts(config),
        ...certificateConflicts(config),
        ...topicConflicts(config),
        ...userConflicts(config, usersAreSecret),
        ...jobListConflicts(config),
        ...protectionConflicts(config),
    ];
}
