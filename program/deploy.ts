import * as pulumi from "@pulumi/pulumi";
import { KafkaNamespace } from "../components/kafka/kafkaNamespace";
import { PreviewAccess } from "../components/eks/previewAccess";
import { PREVIEW_GROUP } from "../components/eks/cluster";
import { READINESS_GATES } from "../components/eks/loadBalancerController";
import { allEnded } from "../components/live/afterwards";
import { LiveCluster } from "../components/live/cluster";
import { loadConfig } from "../config";
import { isSecret } from "../config/secrets";
import { warningsOf } from "../config/warnings";
import { dataOwner } from "./dataOwner";
import { rememberFirstName } from "./firstName";
import type { Foundation } from "./foundation";
import { loadEks } from "./loadEks";
import { stackOutputs } from "./outputs";
import { type Connect, createProviders } from "./providers";
import { rememberedIn } from "./remembered";
import { deployStatefulSets, givenCertificates } from "./statefulSets";
import { deployStrimzi } from "./strimzi";

/**
 * Registers everything that the stack's configuration asks for, and returns the stack's outputs. A function, so that it
 * can run again in a process that has loaded it.
 *
 * @param connect Reaches the cluster beside the engine; `undefined` from it means that nothing is asked or waited for.
 */
export async function deployStack(connect: Connect = (connection) => new LiveCluster(connection)) {
    const config = loadConfig(pulumi.runtime.allConfig(), isSecret);
    warningsOf(config).forEach((warning) => void pulumi.log.warn(warning));
    // Before anything is made: a file that can't be used leaves nothing half done, and nor does a missing package.
    const pems = givenCertificates(config);
    const createEksCluster = config.eks && (await loadEks(config.eks));

    const firstName = rememberFirstName();
    const eks = createEksCluster?.(config, firstName);
    const providers = createProviders(config, firstName, eks, connect);
    const { cluster, data, live } = providers;
    const remembered = rememberedIn(live, config);
    const owner = pulumi.interpolate`${firstName.project}/${firstName.stack}`;
    const platformReady = eks ? [eks.createServices({ ...providers, owner })] : [];
    const kafkaNamespace = new KafkaNamespace(
        "kafka",
        {
            namespace: config.namespace,
            owner: dataOwner(pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()),
            takeOverFrom: config.takeOverFrom,
            live,
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
    const namespaceReady = [
        kafkaNamespace,
        kafkaNamespace.ready,
        // What contradicts the data is refused before anything is made beside it.
        remembered.apply(() => kafkaNamespace),
    ];
    const foundation: Foundation = {
        ...providers,
        remembered,
        owner,
        platformReady,
        namespaceReady,
        listeners: config.listeners,
        loadBalancers: [],
        ...eks?.shareLoadBalancers({
            provider: cluster,
            dependsOn: [...namespaceReady, ...platformReady],
        }),
    };
    const { listeners, ready } =
        config.kafkaDeploymentType === "strimzi"
            ? deployStrimzi(config, foundation)
            : deployStatefulSets(config, pems, foundation);
    // A program that ends well lets the engine delete what it has not registered: all that would have come after a failure. One
    // that ends before brokers have done their update would abandon them.
    await allEnded([remembered, kafkaNamespace.ready, ...ready]);
    return stackOutputs(config, listeners, eks);
}
