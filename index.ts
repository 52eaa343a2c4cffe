import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { KafkaCluster } from "./components/kafkaCluster";
import { KafkaNamespace } from "./components/kafkaNamespace";
import { KafkaServices } from "./components/kafkaServices";
import { ZookeeperEnsemble } from "./components/zookeeperEnsemble";
import { loadConfig } from "./config";
import { currentContext } from "./kubeconfig";
import { nextCommands } from "./outputs";

const config = loadConfig(pulumi.runtime.allConfig());
const { kafka, zookeeper } = config;

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
// Takes back the namespace and the claims that an earlier destroy left.
const data = new k8s.Provider("data", { ...connection, upsertExistingObjects: true });

const kafkaNamespace = new KafkaNamespace(
    "kafka",
    { namespace: config.namespace, deleteDataOnDestroy: config.deleteDataOnDestroy },
    { provider: data },
);
const shared = {
    namespace: config.namespace,
    dataProvider: data,
    deleteDataOnDestroy: config.deleteDataOnDestroy,
};
const ensemble = new ZookeeperEnsemble(
    "zookeeper",
    { ...shared, ...zookeeper },
    { provider: cluster, dependsOn: kafkaNamespace },
);
const services = new KafkaServices(
    "kafka",
    { namespace: config.namespace, brokers: kafka.replicas, listeners: config.listeners },
    { provider: cluster, dependsOn: kafkaNamespace },
);
new KafkaCluster(
    "kafka",
    {
        ...shared,
        ...kafka,
        zookeeperMembers: zookeeper.replicas,
        listeners: config.listeners,
        addresses: services.listeners,
    },
    { provider: cluster, dependsOn: [ensemble, services] },
);

/** Namespace of Kafka and ZooKeeper. */
export const namespace = config.namespace;
/** Bootstrap address of each listener, by its name. */
export const bootstrap = services.listeners.apply((listeners) =>
    Object.fromEntries(listeners.map((listener) => [listener.name, listener.bootstrap])),
);
/** Commands to try next. */
export const next = services.listeners.apply((listeners) => nextCommands(config, listeners));
