import * as pulumi from "@pulumi/pulumi";
import { KafkaNetworkPolicies } from "../components/kafka/kafkaNetworkPolicies";
import { NAME_SERVERS } from "../components/eks/nameServers";
import { statefulSetPolicies } from "../components/statefulset/networkPolicies";
import { STRIMZI_POLICIES } from "../components/strimzi/networkPolicies";
import type { StackConfig } from "../config/stackConfig";

/** Makes the policies that say who may connect to whom, if that is to be said. */
export function createNetworkPolicies(
    config: StackConfig,
    opts: pulumi.ComponentResourceOptions,
): KafkaNetworkPolicies[] {
    const { namespace } = config;
    const isStrimzi = config.kafkaDeploymentType === "strimzi";
    // Somebody else's operator may be told to make no policies; then nobody would reach its pods.
    if (!config.networkPolicies || (isStrimzi && config.strimzi.operator === undefined)) {
        return [];
    }
    const policies = isStrimzi
        ? STRIMZI_POLICIES
        : statefulSetPolicies({ ...config, ...(config.eks && { nameServers: NAME_SERVERS }) });
    return [new KafkaNetworkPolicies("kafka", { namespace, ...policies }, opts)];
}
