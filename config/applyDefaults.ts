import { INTERNAL_LOAD_BALANCER } from "../components/kafka/internalLoadBalancer";
import { hasIdentities, type Listener } from "../components/kafka/listeners";
import { GP3 } from "../components/eks/storageClass";
import { BROKER_NODES } from "../components/eks/nodes";
import { awsListener } from "../components/eks/listeners";
import { STRIMZI_CHART, strimziCrds } from "../components/strimzi/operatorChart";
import type { Resources } from "../components/kubernetes/pods";
import { DEFAULT_METADATA_LINE } from "../components/strimzi/versions";
import { DEFAULT_KAFKA_IMAGE, DEFAULT_PROTOCOL_LINE } from "../components/kafka/versions";
import type {
    BrokersConfig,
    NodesConfig,
    StackConfig,
    StatefulSetConfig,
    StrimziConfig,
} from "./stackConfig";
import { applyEksDefaults } from "./eks";
import { kafkaVersionOf } from "./kafkaVersion";
import { healthUsers } from "./healthUsers";
import { protectsByDefault } from "./rules/protection";
import { applyResourceDefaults, DEFAULT_REQUESTS } from "./resources";
import type { POD_FIELDS, SERVICE_FIELDS } from "./podSchema";
import { CONTROLLERS, RESOURCES, type ValidConfig } from "./schema";

/** Enough for an autoscaler's node with its images. */
const WAIT_MINUTES = 20;

/** The pods of all namespaces. */
const ANY_POD = { namespaceSelector: {} };

/** Fills in the defaults that follow from other keys. */
export function applyDefaults(valid: ValidConfig): StackConfig {
    const {
        platform,
        kubeconfig,
        kubeContext,
        kubernetesVersion,
        namespace,
        clusterDomain,
        topics,
    } = valid;
    const { replicas, rackAwareness, config } = valid.kafka;
    const eks = platform === "eks" ? applyEksDefaults(valid) : undefined;
    const common = {
        platform,
        ...(eks !== undefined && { eks }),
        ...(kubeconfig !== undefined && { kubeconfig }),
        ...(kubeContext !== undefined && { kubeContext }),
        ...(eks === undefined && kubernetesVersion !== undefined && { kubernetesVersion }),
        namespace,
        clusterDomain,
        listeners: valid.listeners
            .map((each) => applyListenerDefaults(each, valid))
            .map((each) => (eks ? awsListener(each, eks) : internalListener(each))),
        topics,
        users: [...valid.users, ...healthUsers(valid.listeners)],
        authorization: hasIdentities(valid.listeners),
        networkPolicies: valid.networkPolicies,
        deleteDataOnDestroy: valid.deleteDataOnDestroy,
        ...(valid.takeOverFrom !== undefined && { takeOverFrom: valid.takeOverFrom }),
        protect: valid.protect ?? protectsByDefault(valid),
    };
    const brokers = {
        replicas,
        rackAwareness,
        config,
        ...applyNodesDefaults(valid, valid.kafka, DEFAULT_REQUESTS.brokers),
    };
    switch (valid.kafkaDeploymentType) {
        case "statefulset":
            return {
                ...common,
                kafkaDeploymentType: "statefulset",
                waitMinutes: valid.waitMinutes ?? WAIT_MINUTES,
                restartWhileDegraded: valid.restartWhileDegraded ?? false,
                ...applyStatefulSetsDefaults(valid, brokers),
            };
        case "strimzi":
            return {
                ...common,
                kafkaDeploymentType: "strimzi",
                ...applyStrimziDefaults(valid, brokers),
            };
    }
}

/** The ranges of private networks. */
const PRIVATE_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/**
 * Who may connect, as far as nobody says. Internal listeners are for pods, and load balancers for private networks. What
 * brokers see on an external listener is the address of a load balancer or a node. That is why `sourceRanges`, the clients'
 * own addresses, make no peers.
 */
function applyListenerDefaults(
    configured: ValidConfig["listeners"][number],
    { networkPolicies }: ValidConfig,
): Listener {
    switch (configured.type) {
        case "internal":
            return networkPolicies ? { networkPolicyPeers: [ANY_POD], ...configured } : configured;
        case "loadBalancer":
            return { sourceRanges: PRIVATE_RANGES, ...withoutConsent(configured) };
        case "nodePort":
            return withoutConsent(configured);
    }
}

/** A listener on a cluster that was there before; its own annotations win. */
function internalListener(listener: Listener): Listener {
    return listener.type === "loadBalancer"
        ? { ...listener, annotations: { ...INTERNAL_LOAD_BALANCER, ...listener.annotations } }
        : listener;
}

/** Consent has been checked, and nothing depends on it. */
function withoutConsent<T extends { readonly allowInsecure: boolean }>({
    allowInsecure,
    ...listener
}: T): Omit<T, "allowInsecure"> {
    return listener;
}

type Brokers = Omit<BrokersConfig, "version">;

function applyStatefulSetsDefaults(
    valid: ValidConfig,
    brokers: Brokers,
): Pick<StatefulSetConfig, "kafka" | "zookeeper" | "certificates"> {
    const { kafka, zookeeper, certificates } = valid;
    return {
        certificates,
        kafka: {
            ...brokers,
            image: kafka.image ?? DEFAULT_KAFKA_IMAGE,
            version: kafkaVersionOf(valid)!,
            interBrokerProtocolVersion: kafka.interBrokerProtocolVersion ?? DEFAULT_PROTOCOL_LINE,
            acceptEmptyVolumes: kafka.acceptEmptyVolumes ?? [],
        },
        zookeeper: {
            replicas: zookeeper.replicas,
            image: zookeeper.image,
            authentication: zookeeper.authentication,
            ...applyNodesDefaults(valid, zookeeper, DEFAULT_REQUESTS.zookeeper),
        },
    };
}

function applyStrimziDefaults(
    valid: ValidConfig,
    brokers: Brokers,
): Pick<StrimziConfig, "kafka" | "strimzi"> {
    const { kafka, strimzi } = valid;
    const { version } = strimzi;
    const controllers = strimzi.controllers ?? CONTROLLERS.parse({});
    return {
        kafka: {
            ...brokers,
            version: kafkaVersionOf(valid)!,
            metadataVersion: kafka.metadataVersion ?? DEFAULT_METADATA_LINE,
        },
        strimzi: {
            ...(strimzi.installOperator && {
                operator: {
                    version,
                    chart: strimzi.chart ?? STRIMZI_CHART,
                    crds: strimzi.crds ?? strimziCrds(version),
                    watchNamespaces: strimzi.watchNamespaces ?? [],
                    resources: applyResourceDefaults(
                        strimzi.resources ?? RESOURCES.parse({}),
                        DEFAULT_REQUESTS.operator,
                    ),
                },
            }),
            ...(!strimzi.dualRole && {
                controllers: {
                    replicas: controllers.replicas,
                    ...applyNodesDefaults(valid, controllers, DEFAULT_REQUESTS.controllers),
                },
            }),
            ...(strimzi.overlay !== undefined && { overlay: strimzi.overlay }),
        },
    };
}

type ConfiguredNodes = Pick<ValidConfig["kafka"], "storage" | "resources"> &
    Partial<Pick<ValidConfig["kafka"], "spread" | keyof typeof POD_FIELDS>> &
    Partial<Pick<ValidConfig["kafka"], keyof typeof SERVICE_FIELDS>>;

/**
 * What follows from the platform. On EKS the nodes and zones are the program's own, so pods can be kept to them and apart;
 * zones and hosts of an unknown cluster may be fewer than the pods.
 */
function applyNodesDefaults(
    { platform }: ValidConfig,
    { storage, resources, spread, ...additions }: ConfiguredNodes,
    defaults: Required<Resources["requests"]>,
): Omit<NodesConfig, "replicas"> {
    const onEks = platform === "eks";
    return {
        storage: onEks ? { storageClass: GP3, ...storage } : storage,
        resources: applyResourceDefaults(resources, defaults),
        spread: spread ?? (onEks ? "required" : "preferred"),
        ...(onEks && { placement: BROKER_NODES }),
        ...applyAdditions(additions),
    };
}

/** What is not given, or is empty, is left out: pods stay as they are. */
function applyAdditions({
    jvmOptions,
    env,
    podLabels: labels,
    podAnnotations: annotations,
    serviceLabels,
    serviceAnnotations,
    tolerations,
    nodeSelector,
    affinity,
    imagePullSecrets,
    priorityClassName,
}: Omit<ConfiguredNodes, "storage" | "resources" | "spread">): Pick<
    NodesConfig,
    "pods" | "jvmOptions" | "env" | "services"
> {
    return given({
        pods: given({
            tolerations,
            nodeSelector,
            affinity,
            imagePullSecrets,
            priorityClassName,
            labels,
            annotations,
        }),
        jvmOptions,
        env,
        services: given({ labels: serviceLabels, annotations: serviceAnnotations }),
    });
}

function given<T extends object>(fields: T): Partial<T> {
    const isEmpty = (value: unknown) =>
        value === undefined ||
        (typeof value === "object" && Object.keys(value as object).length === 0);
    return Object.fromEntries(
        Object.entries(fields).filter(([, value]) => !isEmpty(value)),
    ) as Partial<T>;
}
