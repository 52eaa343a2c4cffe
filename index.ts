import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { EksPlatform } from "./components/eksPlatform";
import { EksServices } from "./components/eksServices";
import { SharedLoadBalancer } from "./components/eks/sharedLoadBalancer";
import { CertManager } from "./components/certManager";
import { KafkaCertificates } from "./components/kafkaCertificates";
import { KafkaCluster } from "./components/kafkaCluster";
import { KafkaNamespace } from "./components/kafkaNamespace";
import { KafkaNetworkPolicies } from "./components/kafkaNetworkPolicies";
import { KafkaServices } from "./components/kafkaServices";
import { KafkaTopics } from "./components/kafkaTopics";
import { KafkaUsers } from "./components/kafkaUsers";
import type { Certificates } from "./components/certificates";
import { ANONYMOUS, hasAnonymousClients, Listener } from "./components/listeners";
import { type BrokerPems, readBrokerPems } from "./components/rendering/brokerPems";
import { statefulSetAccess } from "./components/rendering/clientAccess";
import { BROKERS_COMMON_NAME } from "./components/rendering/certificates";
import { PreviewAccess } from "./components/previewAccess";
import { PREVIEW_GROUP } from "./components/rendering/eks/cluster";
import { READINESS_GATES } from "./components/rendering/eks/loadBalancerController";
import { NAME_SERVERS } from "./components/rendering/eks/nameServers";
import { tagsOf } from "./components/rendering/eks/tags";
import { STRIMZI_POLICIES, statefulSetPolicies } from "./components/rendering/networkPolicies";
import { servicesOf } from "./components/rendering/services";
import { servicesOf as strimziServicesOf } from "./components/rendering/strimzi/names";
import { StrimziKafka } from "./components/strimziKafka";
import { StrimziOperator } from "./components/strimziOperator";
import { ZookeeperEnsemble } from "./components/zookeeperEnsemble";
import { EksConfig, loadConfig, StatefulSetConfig, StrimziConfig } from "./config";
import { isSecret } from "./config/secrets";
import { warningsOf } from "./config/warnings";
import { monthlyCost } from "./cost/monthlyCost";
import { currentContext } from "./kubeconfig";
import { nextCommands, placeOf, updateKubeconfigCommand } from "./outputs";

const config = loadConfig(pulumi.runtime.allConfig(), isSecret);
warningsOf(config).forEach((warning) => void pulumi.log.warn(warning));

const aws = config.eks && awsSide(config.eks);
const connection = {
    ...(aws
        ? { kubeconfig: aws.platform.kubeconfig }
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

const inCluster = aws && eksServices(aws);
const kafkaNamespace = new KafkaNamespace(
    "kafka",
    {
        namespace: config.namespace,
        ...(aws && { labels: READINESS_GATES }),
        deleteDataOnDestroy: config.deleteDataOnDestroy,
        protect: config.protect,
    },
    { provider: data, dependsOn: inCluster },
);
if (aws?.previewRoleArn !== undefined) {
    new PreviewAccess(
        "preview",
        { group: PREVIEW_GROUP, namespace: config.namespace },
        { provider: cluster, dependsOn: kafkaNamespace },
    );
}
const networkPolicies = createNetworkPolicies();
/** What has to be there before anything runs in the namespace. */
const prepared = [kafkaNamespace, ...(networkPolicies ? [networkPolicies] : [])];
const shared = {
    namespace: config.namespace,
    listeners: config.listeners.map((listener) => shareLoadBalancer(listener)),
    topics: config.topics,
    dataProvider: data,
    deleteDataOnDestroy: config.deleteDataOnDestroy,
    protect: config.protect,
};
const { listeners } =
    config.kafkaDeploymentType === "strimzi" ? strimzi(config) : statefulSets(config);

/** The AWS side: everything that is outside of Kubernetes. */
function awsSide(eks: EksConfig) {
    const clusterName = `${pulumi.getProject()}-${pulumi.getStack()}`;
    const tags = tagsOf({ ...eks, project: pulumi.getProject(), stack: pulumi.getStack() });
    const args = { ...eks, clusterName, tags, protect: config.protect };
    return { ...args, platform: new EksPlatform("eks", args) };
}

/** What Kafka needs in an EKS cluster. */
function eksServices({ platform, ...args }: NonNullable<typeof aws>): EksServices {
    return new EksServices(
        "eks",
        { ...args, vpcId: platform.vpcId, retainVolumes: !config.deleteDataOnDestroy },
        { provider: cluster, dependsOn: platform },
    );
}

/** A listener whose brokers share a load balancer gets it, where the stack has such ones. */
function shareLoadBalancer(listener: Listener): Listener {
    if (listener.type !== "loadBalancer" || aws?.loadBalancers.layout !== "shared") {
        return listener;
    }
    const { platform, loadBalancers, ...args } = aws;
    const { replicas } = config.kafka;
    const { host } = new SharedLoadBalancer(
        `kafka-${listener.name}`,
        {
            ...args,
            ...loadBalancers,
            listener,
            namespace: config.namespace,
            services:
                config.kafkaDeploymentType === "strimzi"
                    ? strimziServicesOf(listener, replicas)
                    : servicesOf(listener, config.listeners, replicas),
            vpcId: platform.vpcId,
            subnetIds:
                loadBalancers.scheme === "internal"
                    ? platform.privateSubnetIds
                    : platform.publicSubnetIds,
            nodeSecurityGroupId: platform.clusterSecurityGroupId,
        },
        { provider: cluster, dependsOn: [kafkaNamespace, ...(inCluster ? [inCluster] : [])] },
    );
    return { ...listener, sharedHost: host };
}

/** Who may connect to whom, if that is to be said. */
function createNetworkPolicies(): KafkaNetworkPolicies | undefined {
    const { namespace } = config;
    const isStrimzi = config.kafkaDeploymentType === "strimzi";
    // Somebody else's operator may be told to make no policies; then nobody would reach its pods.
    if (!config.networkPolicies || (isStrimzi && config.strimzi.operator === undefined)) {
        return undefined;
    }
    const policies = isStrimzi
        ? STRIMZI_POLICIES
        : statefulSetPolicies({ ...config, ...(aws && { nameServers: NAME_SERVERS }) });
    return new KafkaNetworkPolicies(
        "kafka",
        { namespace, ...policies },
        { provider: cluster, dependsOn: kafkaNamespace },
    );
}

/** Kafka run by the Strimzi operator. */
function strimzi({
    kafka,
    users,
    authorization,
    strimzi: { operator, controllers },
}: StrimziConfig): StrimziKafka {
    const installed =
        operator &&
        new StrimziOperator(
            "strimzi",
            { ...operator, namespace: config.namespace, crdProvider: data },
            { provider: cluster, dependsOn: prepared },
        );
    const { version, metadataVersion, rackAwareness, config: properties, ...brokers } = kafka;
    return new StrimziKafka(
        "kafka",
        {
            ...shared,
            version,
            metadataVersion,
            rackAwareness,
            config: properties,
            brokers,
            controllers,
            users,
            authorization,
        },
        { provider: cluster, dependsOn: installed ?? prepared },
    );
}

/** Kafka and ZooKeeper as StatefulSets. */
function statefulSets({
    kafka,
    zookeeper,
    certificates,
    users,
    authorization,
}: StatefulSetConfig): KafkaServices {
    const pems = certificates.source === "files" ? readBrokerPems(certificates, users) : undefined;
    const ensemble = new ZookeeperEnsemble(
        "zookeeper",
        { ...shared, ...zookeeper },
        { provider: cluster, dependsOn: prepared },
    );
    const security = {
        encrypted: certificates.source !== "none",
        ...(authorization && { superUsers: superUsers(pems?.subject) }),
        ...(pems && { certificateIdentity: `${pems.subject} ${pems.names}` }),
    };
    const issueCertificates = certificates.source === "cert-manager";
    const access = statefulSetAccess({
        encrypted: security.encrypted,
        issued: issueCertificates,
        users,
    });
    const services = new KafkaServices(
        "kafka",
        { ...shared, brokers: kafka.replicas, access },
        { provider: cluster, dependsOn: prepared },
    );
    const issued = createCertificates(certificates, pems, services);
    const brokers = new KafkaCluster(
        "kafka",
        {
            ...shared,
            ...kafka,
            zookeeperMembers: zookeeper.replicas,
            zookeeperImage: zookeeper.image,
            zookeeperAuthentication: zookeeper.authentication,
            addresses: services.listeners,
            security,
        },
        { provider: cluster, dependsOn: [ensemble, services, ...issued] },
    );
    if (config.topics.length > 0) {
        new KafkaTopics(
            "kafka",
            { ...shared, image: kafka.image, security },
            { provider: cluster, dependsOn: brokers },
        );
    }
    if (users.length > 0) {
        new KafkaUsers(
            "kafka",
            { namespace: config.namespace, image: kafka.image, users, security, issueCertificates },
            { provider: cluster, dependsOn: brokers },
        );
    }
    return services;
}

/** Principals that may do everything: the brokers, and where the configuration says so whoever has no identity. */
function superUsers(brokers = `CN=${BROKERS_COMMON_NAME}`): string[] {
    return [brokers, ...(hasAnonymousClients(config.listeners) ? [ANONYMOUS] : [])].map(
        (name) => `User:${name}`,
    );
}

/** The brokers' certificate and the authorities, where anything is encrypted. */
function createCertificates(
    certificates: Certificates,
    pems: BrokerPems | undefined,
    { listeners: addresses }: KafkaServices,
): KafkaCertificates[] {
    if (certificates.source === "none") {
        return [];
    }
    const byManager = certificates.source === "cert-manager" ? certificates : undefined;
    const manager = byManager?.installCertManager
        ? [
              new CertManager(
                  "cert-manager",
                  { chart: byManager.chart },
                  { provider: cluster, dependsOn: inCluster },
              ),
          ]
        : [];
    return [
        new KafkaCertificates(
            "kafka",
            {
                namespace: config.namespace,
                addresses,
                domains: config.listeners.flatMap((listener) =>
                    listener.type === "loadBalancer" && listener.domain !== undefined
                        ? [listener.domain]
                        : [],
                ),
                pems,
                issuer: byManager?.issuer,
            },
            { provider: cluster, dependsOn: [kafkaNamespace, ...manager] },
        ),
    ];
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
    kubernetes: placeOf(config, aws ? undefined : currentContext(config.kubeconfig)),
    /** Commands to try next. */
    next: listeners.apply((entries) => [
        ...(aws ? [updateKubeconfigCommand(aws)] : []),
        ...nextCommands(config, entries, pulumi.getStack()),
    ]),
    ...(aws && {
        /** Kubeconfig of the cluster that the stack made. */
        kubeconfig: aws.platform.kubeconfig,
        /** Name of the cluster that the stack made. */
        clusterName: aws.clusterName,
        /** What the stack costs in a month, without traffic. */
        monthlyCost: monthlyCost(config, pulumi.getStack()),
        /** Command that lets kubectl reach it. */
        updateKubeconfig: updateKubeconfigCommand(aws),
    }),
};
