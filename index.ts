import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { KafkaCluster } from "./components/kafkaCluster";
import { KafkaNamespace } from "./components/kafkaNamespace";
import { KafkaServices } from "./components/kafkaServices";
import { KafkaTopics } from "./components/kafkaTopics";
import { StrimziKafka } from "./components/strimziKafka";
import { StrimziOperator } from "./components/strimziOperator";
import { ZookeeperEnsemble } from "./components/zookeeperEnsemble";
import { loadConfig, StatefulSetConfig, StrimziConfig } from "./config";
import { currentContext } from "./kubeconfig";
import { nextCommands } from "./outputs";

const config = loadConfig(pulumi.runtime.allConfig());

const connection = {
    kubeconfig: config.kubeconfig,
    context: config.kubeContext ?? currentContext(config.kubeconfig),
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

const kafkaNamespace = new KafkaNamespace(
    "kafka",
    {
        namespace: config.namespace,
        deleteDataOnDestroy: config.deleteDataOnDestroy,
        protect: config.protect,
    },
    { provider: data },
);
const shared = {
    namespace: config.namespace,
    listeners: config.listeners,
    topics: config.topics,
    dataProvider: data,
    deleteDataOnDestroy: config.deleteDataOnDestroy,
    protect: config.protect,
};
const { listeners } =
    config.kafkaDeploymentType === "strimzi" ? strimzi(config) : statefulSets(config);

/** Kafka run by the Strimzi operator. */
function strimzi({
    kafka,
    users,
    strimzi: { operator, controllers },
}: StrimziConfig): StrimziKafka {
    const installed =
        operator &&
        new StrimziOperator(
            "strimzi",
            { ...operator, namespace: config.namespace, crdProvider: data },
            { provider: cluster, dependsOn: kafkaNamespace },
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
        },
        { provider: cluster, dependsOn: installed ?? kafkaNamespace },
    );
}

/** Kafka and ZooKeeper as StatefulSets. */
function statefulSets({ kafka, zookeeper }: StatefulSetConfig): KafkaServices {
    const ensemble = new ZookeeperEnsemble(
        "zookeeper",
        { ...shared, ...zookeeper },
        { provider: cluster, dependsOn: kafkaNamespace },
    );
    const services = new KafkaServices(
        "kafka",
        { ...shared, brokers: kafka.replicas },
        { provider: cluster, dependsOn: kafkaNamespace },
    );
    const brokers = new KafkaCluster(
        "kafka",
        {
            ...shared,
            ...kafka,
            zookeeperMembers: zookeeper.replicas,
            zookeeperImage: zookeeper.image,
            addresses: services.listeners,
        },
        { provider: cluster, dependsOn: [ensemble, services] },
    );
    if (config.topics.length > 0) {
        new KafkaTopics(
            "kafka",
            { ...shared, image: kafka.image },
            {
                provider: cluster,
                dependsOn: brokers,
            },
        );
    }
    return services;
}

/** Namespace of Kafka. */
export const namespace = config.namespace;
/** Bootstrap address of each listener, by its name. */
export const bootstrap = listeners.apply((entries) =>
    Object.fromEntries(entries.map((listener) => [listener.name, listener.bootstrap])),
);
/** Commands to try next. */
export const next = listeners.apply((entries) => nextCommands(config, entries));
