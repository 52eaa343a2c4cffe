import type { Remembered } from "../components/kafka/remembered";
import type { StackConfig } from "./stackConfig";

/** What of the configuration the data contradicts. */
export function problemsOfData(config: StackConfig, remembered: Remembered): string[] {
    const type = typeOfData(remembered);
    if (type !== undefined && type !== config.kafkaDeploymentType) {
        return [
            `kafkaDeploymentType: expected ${type}, whose data is in namespace ${config.namespace}, got ` +
                `${config.kafkaDeploymentType}, which would start without it. Next: choose another namespace and move the data, ` +
                "as docs/moving-to-strimzi.md says; if nobody needs it, destroy the stack and delete the namespace with its " +
                "claims first",
        ];
    }
    const { zookeeperMembers } = remembered;
    if (config.kafkaDeploymentType !== "statefulset" || zookeeperMembers === undefined) {
        return [];
    }
    const { replicas } = config.zookeeper;
    return replicas === zookeeperMembers
        ? []
        : [
              `zookeeper.replicas: expected ${zookeeperMembers}, which the data in namespace ${config.namespace} was made ` +
                  `with, got ${replicas}. With another number members could form a quorum that knows nothing. ` +
                  `Next: set it back to ${zookeeperMembers}`,
          ];
}

/** `undefined` where there is none, or that of both: an earlier program let the type change in one namespace. */
function typeOfData({
    deploymentType,
    zookeeperMembers,
}: Remembered): StackConfig["kafkaDeploymentType"] | undefined {
    if (deploymentType !== undefined) {
        return zookeeperMembers === undefined ? deploymentType : undefined;
    }
    return zookeeperMembers === undefined ? undefined : "statefulset";
}
