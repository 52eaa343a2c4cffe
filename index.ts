import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { KafkaNamespace } from "./components/kafkaNamespace";
import { PreviewAccess } from "./components/previewAccess";
import { PREVIEW_GROUP } from "./components/rendering/eks/cluster";
import { READINESS_GATES } from "./components/rendering/eks/loadBalancerController";
import { loadConfig } from "./config";
import { isSecret } from "./config/secrets";
import { warningsOf } from "./config/warnings";
import { monthlyCost } from "./cost/monthlyCost";
import { createEksCluster, createEksServices, createSharedLoadBalancer } from "./deployment/eks";
import type { Foundation } from "./deployment/foundation";
import { createNetworkPolicies } from "./deployment/networkPolicies";
import { deployStatefulSets, givenCertificates } from "./deployment/statefulSets";
import { deployStrimzi } from "./deployment/strimzi";
import { currentContext } from "./kubeconfig";
import { nextCommands, placeOf, updateKubeconfigCommand } from "./outputs";

const config = loadConfig(pulumi.runtime.allConfig(), isSecret);
warningsOf(config).forEach((warning) => void pulumi.log.warn(warning));
// Before anything is made: a file that can't be used leaves nothing half done.
const pems = givenCertificates(config);

const eks = config.eks && createEksCluster(config.eks, config);
const connection = {
    ...(eks
        ? { kubeconfig: eks.platform.kubeconfig }
        : {
              kubeconfig: config.kubeconfig,
              context: config.kubeContext ?? currentContext(config.kubeconfig),
          }),
    // Static: renewed credentials in the kubeconfig must not look like another cluster, whose objects would all be
    // replaced.
    clusterIdentifier: pulumi.getStack(),
    // ConfigMaps have fixed names; replacing one would take it away from running pods.
    enableConfigMapMutable: true,
};
const cluster = new k8s.Provider("cluster", connection);
// Takes back what an earlier destroy left. Pulumi changes objects under a new name each time that it takes them back, and
// Kubernetes would refuse to change what another name has set.
const data = new k8s.Provider("data", {
    ...connection,
    upsertExistingObjects: true,
    enablePatchForce: true,
});

const clusterReady = eks ? [createEksServices(eks, config, cluster)] : [];
const kafkaNamespace = new KafkaNamespace(
    "kafka",
    {
        namespace: config.namespace,
        ...(eks && { labels: READINESS_GATES }),
        deleteDataOnDestroy: config.deleteDataOnDestroy,
        protect: config.protect,
    },
    { provider: data, dependsOn: clusterReady },
);
if (eks?.previewRoleArn !== undefined) {
    new PreviewAccess(
        "preview",
        { group: PREVIEW_GROUP, namespace: config.namespace },
        { provider: cluster, dependsOn: kafkaNamespace },
    );
}
const foundation: Foundation = {
    cluster,
    data,
    clusterReady,
    prepared: [
        kafkaNamespace,
        ...createNetworkPolicies(config, { provider: cluster, dependsOn: kafkaNamespace }),
    ],
    ...shareLoadBalancers(),
};
const { listeners } =
    config.kafkaDeploymentType === "strimzi"
        ? deployStrimzi(config, foundation)
        : deployStatefulSets(config, pems, foundation);

/** The listeners, and the load balancers that their brokers share, where the stack has such ones. */
function shareLoadBalancers(): Pick<Foundation, "listeners" | "loadBalancers"> {
    const loadBalancers: pulumi.Resource[] = [];
    const shared = config.listeners.map((listener) => {
        if (eks?.loadBalancers.layout !== "shared" || listener.type !== "loadBalancer") {
            return listener;
        }
        const loadBalancer = createSharedLoadBalancer(listener, eks, config, {
            provider: cluster,
            dependsOn: [kafkaNamespace, ...clusterReady],
        });
        loadBalancers.push(loadBalancer);
        return { ...listener, sharedHost: loadBalancer.host };
    });
    return { listeners: shared, loadBalancers };
}

/** The stack's outputs. */
export = {
    /** Namespace of Kafka. */
    namespace: config.namespace,
    /** Bootstrap address of each listener, by its name. */
    bootstrap: listeners.apply((entries) =>
        Object.fromEntries(entries.map((listener) => [listener.name, listener.bootstrap])),
    ),
    /** Where Kafka runs, for `--stack` of the client and the health check; `kubeconfig` has a cluster that the stack made. */
    kubernetes: placeOf(config, eks ? undefined : currentContext(config.kubeconfig)),
    /** Commands to try next. */
    next: listeners.apply((entries) => [
        ...(eks ? [updateKubeconfigCommand(eks)] : []),
        ...nextCommands(config, entries, pulumi.getStack()),
    ]),
    ...(eks && {
        /** Kubeconfig of the cluster that the stack made. */
        kubeconfig: eks.platform.kubeconfig,
        /** Name of the cluster that the stack made. */
        clusterName: eks.clusterName,
        /** What the stack costs in a month, without traffic. */
        monthlyCost: monthlyCost(config, pulumi.getStack()),
        /** Command that lets kubectl reach it. */
        updateKubeconfig: updateKubeconfigCommand(eks),
    }),
};
