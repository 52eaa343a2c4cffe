import type * as pulumi from "@pulumi/pulumi";
import {
    KafkaNetworkPolicies,
    type KafkaNetworkPoliciesArgs,
} from "../components/kafka/kafkaNetworkPolicies";
import { NAME_SERVERS } from "../components/eks/nameServers";
import { statefulSetPolicies } from "../components/statefulset/networkPolicies";
import { STRIMZI_POLICIES } from "../components/strimzi/networkPolicies";
import type { StackConfig } from "../config/stackConfig";
import type { Foundation } from "./foundation";

/**
 * Makes the policies that say who may connect to whom, if that is to be said.
 *
 * @param hooks Hooks of policies, by name.
 * @returns What has to be there before anything runs in the namespace.
 */
export function createNetworkPolicies(
    config: StackConfig,
    { cluster, namespaceReady }: Foundation,
    hooks?: KafkaNetworkPoliciesArgs["hooks"],
): pulumi.Input<pulumi.Resource>[] {
    const { namespace } = config;
    const isStrimzi = config.kafkaDeploymentType === "strimzi";
    // Somebody else's operator may be told to make no policies; then nobody would reach its pods.
    if (!config.networkPolicies || (isStrimzi && config.strimzi.operator === undefined)) {
        return namespaceReady;
    }
    const policies = isStrimzi
        ? STRIMZI_POLICIES
        : statefulSetPolicies({ ...config, ...(config.eks && { nameServers: NAME_SERVERS }) });
    return [
        ...namespaceReady,
        new KafkaNetworkPolicies(
            "kafka",
            { namespace, ...policies, hooks },
            { provider: cluster, dependsOn: namespaceReady },
        ),
    ];
}
