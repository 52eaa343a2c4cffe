import { STRIMZI_CHART, strimziCrds } from "../components/rendering/strimzi/operator";
import type { Resources } from "../components/rendering/pods";
import { DEFAULT_METADATA_LINE, newestKafka } from "../components/rendering/strimzi/versions";
import {
    DEFAULT_KAFKA_IMAGE,
    DEFAULT_PROTOCOL_LINE,
    kafkaVersionOfImage,
} from "../components/rendering/versions";
import type { BrokersConfig, StackConfig, StatefulSetConfig, StrimziConfig } from "../config";
import { CONTROLLERS, RESOURCES, type ValidConfig } from "./schema";

/** Fills in the defaults that follow from other keys. */
export function complete(valid: ValidConfig): StackConfig {
    const { platform, kubeconfig, kubeContext, namespace, listeners, topics } = valid;
    const { replicas, storage, spread, rackAwareness, config } = valid.kafka;
    const common = {
        platform,
        ...(kubeconfig !== undefined && { kubeconfig }),
        ...(kubeContext !== undefined && { kubeContext }),
        namespace,
        listeners,
        topics,
        deleteDataOnDestroy: valid.deleteDataOnDestroy,
        protect: valid.protect ?? false,
    };
    const resources = completeResources(valid.kafka.resources, { cpu: "500m", memory: "2Gi" });
    const brokers = { replicas, storage, spread, rackAwareness, config, resources };
    switch (valid.kafkaDeploymentType) {
        case "statefulset":
            return {
                ...common,
                kafkaDeploymentType: "statefulset",
                ...completeStatefulSets(valid, brokers),
            };
        case "strimzi":
            return {
                ...common,
                kafkaDeploymentType: "strimzi",
                ...completeStrimzi(valid, brokers),
            };
    }
}

type Brokers = Omit<BrokersConfig, "version">;

function completeStatefulSets(
    { kafka, zookeeper }: ValidConfig,
    brokers: Brokers,
): Pick<StatefulSetConfig, "kafka" | "zookeeper"> {
    const image = kafka.image ?? DEFAULT_KAFKA_IMAGE;
    return {
        kafka: {
            ...brokers,
            image,
            version: kafka.version ?? kafkaVersionOfImage(image)!,
            interBrokerProtocolVersion: kafka.interBrokerProtocolVersion ?? DEFAULT_PROTOCOL_LINE,
        },
        zookeeper: {
            ...zookeeper,
            resources: completeResources(zookeeper.resources, { cpu: "250m", memory: "512Mi" }),
        },
    };
}

function completeStrimzi(
    { kafka, strimzi, users }: ValidConfig,
    brokers: Brokers,
): Pick<StrimziConfig, "kafka" | "users" | "strimzi"> {
    const { version } = strimzi;
    const controllers = strimzi.controllers ?? CONTROLLERS.parse({});
    return {
        kafka: {
            ...brokers,
            version: kafka.version ?? newestKafka(version),
            metadataVersion: kafka.metadataVersion ?? DEFAULT_METADATA_LINE,
        },
        users,
        strimzi: {
            ...(strimzi.installOperator && {
                operator: {
                    version,
                    chart: strimzi.chart ?? STRIMZI_CHART,
                    crds: strimzi.crds ?? strimziCrds(version),
                    watchNamespaces: strimzi.watchNamespaces ?? [],
                    resources: completeResources(strimzi.resources ?? RESOURCES.parse({}), {
                        cpu: "200m",
                        memory: "512Mi",
                    }),
                },
            }),
            ...(!strimzi.dualRole && {
                controllers: {
                    ...controllers,
                    resources: completeResources(controllers.resources, {
                        cpu: "250m",
                        memory: "1Gi",
                    }),
                },
            }),
        },
    };
}

/** The memory limit equals the request unless it is given: a pod that may not exceed its request is evicted last. */
function completeResources(
    { requests, limits }: ValidConfig["kafka"]["resources"],
    defaults: Required<Resources["requests"]>,
): Resources {
    const memory = requests.memory ?? limits.memory ?? defaults.memory;
    return {
        requests: { cpu: requests.cpu ?? limits.cpu ?? defaults.cpu, memory },
        limits: { ...limits, memory: limits.memory ?? memory },
    };
}
