import * as pulumi from "@pulumi/pulumi";
import { KafkaNamespace } from "../components/kafka/kafkaNamespace";
import { PreviewAccess } from "../components/eks/previewAccess";
import { PREVIEW_GROUP } from "../components/eks/cluster";
import { READINESS_GATES } from "../components/eks/loadBalancerController";
import { loadConfig } from "../config";
import { isSecret } from "../config/secrets";
import { warningsOf } from "../config/warnings";
import { createEksCluster, createEksServices, shareLoadBalancers } from "./eks";
import { rememberFirstName } from "./firstName";
import type { Foundation } from "./foundation";
import { createNetworkPolicies } from "./networkPolicies";
import { stackOutputs } from "./outputs";
import { createProviders } from "./providers";
import { deployStatefulSets, givenCertificates } from "./statefulSets";
import { deployStrimzi } from "./strimzi";

/**
 * Registers everything that the stack's configuration asks for, and returns the stack's outputs. A function, so that it
 * can run again in a process that has loaded it.
 */
export function deployStack() {
    const config = loadConfig(pulumi.runtime.allConfig(), isSecret);
    warningsOf(config).forEach((warning) => void pulumi.log.warn(warning));
    // Before anything is made: a file that can't be used leaves nothing half done.
    const pems = givenCertificates(config);

    const firstName = rememberFirstName();
    const eks = config.eks && createEksCluster(config.eks, config, firstName);
    const providers = createProviders(config, firstName, eks);
    const { cluster, data } = providers;
    const owner = pulumi.interpolate`${firstName.project}/${firstName.stack}`;
    const platformReady = eks ? [createEksServices(eks, config, { ...providers, owner })] : [];
    const kafkaNamespace = new KafkaNamespace(
        "kafka",
        {
            namespace: config.namespace,
            ...(eks && { labels: READINESS_GATES }),
            deleteDataOnDestroy: config.deleteDataOnDestroy,
            protect: config.protect,
        },
        { provider: data, dependsOn: platformReady },
    );
    if (eks?.previewRoleArn !== undefined) {
        new PreviewAccess(
            "preview",
            { group: PREVIEW_GROUP, namespace: config.namespace },
            { provider: cluster, dependsOn: kafkaNamespace },
        );
    }
    const foundation: Foundation = {
        ...providers,
        owner,
        platformReady,
        namespaceReady: [
            kafkaNamespace,
            ...createNetworkPolicies(config, { provider: cluster, dependsOn: kafkaNamespace }),
        ],
        ...shareLoadBalancers(eks, config, {
            provider: cluster,
            dependsOn: [kafkaNamespace, ...platformReady],
        }),
    };
    const { listeners } =
        config.kafkaDeploymentType === "strimzi"
            ? deployStrimzi(config, foundation)
            : deployStatefulSets(config, pems, foundation);
    return stackOutputs(config, listeners, eks);
}
