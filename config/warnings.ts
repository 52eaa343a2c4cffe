import { EKS_VERSIONS } from "../components/eks/versions";
import { compareVersions } from "../components/kafka/versions";
import { STRIMZI_RELEASES } from "../components/strimzi/versions";
import { allocatable, INSTANCE_TYPES } from "../components/eks/instanceTypes";
import { areInternet } from "../components/eks/cidr";
import { schemeOf } from "../components/eks/listeners";
import { GP3 } from "../components/eks/storageClass";
import { replicationDefaults } from "../components/kafka/replication";
import { parseQuantity } from "../components/kubernetes/quantity";
import { aclWarnings } from "./aclWarnings";
import { jvmFlagWarnings } from "./jvmFlagWarnings";
import { oneTimeKeys } from "./oneTimeKeys";
import { propertyWarnings } from "./propertyWarnings";
import type { EksConfig, NodesConfig, StackConfig } from "./stackConfig";

/** MB in a MiB. */
const MB_PER_MIB = 1.048576;

/**
 * What is allowed and probably not meant.
 *
 * @param now When it is; some versions are supported until a day.
 */
export function warningsOf(config: StackConfig, now = new Date()): string[] {
    const { eks } = config;
    return [
        ...propertyWarnings(config, config.kafka.version),
        ...untestedKubernetes(config),
        ...openListeners(config),
        ...oneTimeKeys(config),
        ...Object.entries(serversOf(config)).flatMap(([key, { jvmOptions }]) =>
            jvmFlagWarnings(key, jvmOptions),
        ),
        ...aclWarnings(config.users),
        ...(eks === undefined
            ? []
            : [
                  ...eksWarnings(eks),
                  ...endOfSupport(eks, now),
                  ...foreignClasses(config),
                  ...largeLimits(config, eks),
                  ...singleReplicas(config, eks),
                  ...manyLoadBalancers(config, eks),
              ]),
    ];
}

function untestedKubernetes(config: StackConfig): string[] {
    const { eks, kubernetesVersion = eks?.kubernetesVersion } = config;
    const operator = config.kafkaDeploymentType === "strimzi" ? config.strimzi.operator : undefined;
    if (operator === undefined || kubernetesVersion === undefined) {
        return [];
    }
    const { testedKubernetes } = STRIMZI_RELEASES[operator.version];
    return compareVersions(kubernetesVersion, testedKubernetes) > 0
        ? [
              `kubernetesVersion is ${kubernetesVersion}: Strimzi ${operator.version} was tested with Kubernetes up to ${testedKubernetes}`,
          ]
        : [];
}

/** Load balancers that let the internet in, whether in one block or in several. */
function openListeners({ listeners, eks }: StackConfig): string[] {
    return listeners.flatMap((listener) => {
        if (
            listener.type !== "loadBalancer" ||
            !areInternet(listener.sourceRanges ?? []) ||
            (eks !== undefined && schemeOf(listener, eks) === "internal")
        ) {
            return [];
        }
        return [`listener ${listener.name}: sourceRanges lets the internet in`];
    });
}

/** All servers of a stack, by the key of their fields. */
function serversOf(config: StackConfig): Readonly<Record<string, NodesConfig>> {
    const { kafka } = config;
    if (config.kafkaDeploymentType === "statefulset") {
        return { kafka, zookeeper: config.zookeeper };
    }
    const { controllers } = config.strimzi;
    return { kafka, ...(controllers !== undefined && { "strimzi.controllers": controllers }) };
}

const GIB = 2 ** 30;

/** Memory that a server may take and no node has. Kubernetes places pods by requests only. */
function largeLimits(config: StackConfig, { brokerNodes: { instanceType } }: EksConfig): string[] {
    const { memory: free } = allocatable(instanceType);
    return Object.entries(serversOf(config)).flatMap(([key, { resources }]) => {
        const limit = resources.limits.memory;
        return parseQuantity(limit)! > free
            ? [
                  `${key}.resources.limits.memory is ${limit}, but ${instanceType} has about ` +
                      `${(free / GIB).toFixed(1)} GiB for pods: before the limit is reached, the node ends pods`,
              ]
            : [];
    });
}

/** Classes on EKS that somebody else has to make. */
function foreignClasses(config: StackConfig): string[] {
    return Object.entries(serversOf(config)).flatMap(([key, servers]) => {
        const { storageClass } = servers.storage;
        return storageClass === undefined || storageClass === GP3
            ? []
            : [
                  `${key}.storage.storageClass is ${storageClass}: the program makes ${GP3} only, ` +
                      "so somebody has to make it on the new cluster before volumes can be",
              ];
    });
}

/** One replica of what production writes: its broker restarts, and nobody can write or read. */
function singleReplicas({ kafka, topics }: StackConfig, { environment }: EksConfig): string[] {
    if (environment !== "prod") {
        return [];
    }
    const effective: Readonly<Record<string, string>> = {
        ...replicationDefaults(kafka.replicas, kafka.config),
        ...kafka.config,
    };
    const factor = "default.replication.factor";
    const why = "a restart of its broker stops its clients, and a lost volume loses its messages";
    return [
        ...(effective[factor] === "1" ? [`${factor} is 1 in production: ${why}`] : []),
        ...topics
            .filter(({ replicationFactor }) => replicationFactor === 1)
            .map(({ name }) => `topic ${name} has replicationFactor 1 in production: ${why}`),
    ];
}

/**
 * Network load balancers of an account in a region, unless it asks AWS for more.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html
 */
const NLB_QUOTA = 50;

/** More load balancers than AWS makes without being asked. */
function manyLoadBalancers(
    { kafka, listeners }: StackConfig,
    { loadBalancers }: EksConfig,
): string[] {
    const external = listeners.filter(({ type }) => type === "loadBalancer").length;
    // One for the bootstrap address of each listener.
    const count = external * (kafka.replicas + 1);
    return loadBalancers.layout === "perBroker" && count > NLB_QUOTA
        ? [
              `eks.loadBalancers.layout is perBroker, with ${count} load balancers: AWS's quota is ${NLB_QUOTA} ` +
                  "network load balancers in a region, unless it has raised yours",
          ]
        : [];
}

const DAY = 86_400_000;

/** Days before the end of support from which on it is said. */
const NOTICE_DAYS = 60;

function endOfSupport({ kubernetesVersion }: EksConfig, now: Date): string[] {
    const { standardSupportUntil } = EKS_VERSIONS[kubernetesVersion]!;
    const daysLeft = Math.ceil((Date.parse(standardSupportUntil) - now.getTime()) / DAY);
    if (daysLeft > NOTICE_DAYS) {
        return [];
    }
    const when = daysLeft < 0 ? "ended" : "ends";
    return [
        `kubernetesVersion is ${kubernetesVersion}: EKS's standard support of it ${when} on ${standardSupportUntil}`,
    ];
}

function eksWarnings(eks: EksConfig): string[] {
    const { instanceType } = eks.brokerNodes;
    const { ebsBaseline } = INSTANCE_TYPES[instanceType];
    const { iops, throughput } = eks.volumes;
    const warnings: string[] = [];
    // Every gp3 volume has that much; there is nothing to save below it.
    if (throughput > 125 && throughput * MB_PER_MIB > ebsBaseline.throughput) {
        warnings.push(
            `eks.volumes.throughput is ${throughput} MiB/s, but ${instanceType} keeps up ` +
                `${ebsBaseline.throughput} MB/s only: the rest is paid for and used in bursts at most`,
        );
    }
    if (iops > 3000 && iops > ebsBaseline.iops) {
        warnings.push(
            `eks.volumes.iops is ${iops}, but ${instanceType} keeps up ${ebsBaseline.iops} only: ` +
                "the rest is paid for and used in bursts at most",
        );
    }
    if (areInternet(eks.publicAccessCidrs)) {
        warnings.push("eks.publicAccessCidrs lets the internet reach the cluster's API server");
    }
    return warnings;
}
