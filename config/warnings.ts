import { EKS_VERSIONS } from "../components/eks/versions";
import { compareVersions } from "../components/kafka/versions";
import { STRIMZI_RELEASES } from "../components/strimzi/versions";
import { INSTANCE_TYPES } from "../components/eks/instanceTypes";
import { isEverywhere } from "../components/eks/cidr";
import { propertyWarnings } from "./propertyWarnings";
import type { EksConfig, StackConfig } from "./stackConfig";

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
        ...propertyWarnings(config),
        ...untestedKubernetes(config),
        ...(eks === undefined ? [] : [...eksWarnings(eks), ...endOfSupport(eks, now)]),
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
    if (eks.publicAccessCidrs.some(isEverywhere)) {
        warnings.push(
            "eks.publicAccessCidrs lets the whole internet reach the cluster's API server",
        );
    }
    return warnings;
}
