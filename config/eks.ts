import { defaultZones } from "../components/eks/cidr";
import { DEFAULT_EKS_VERSION } from "../components/eks/versions";
import type { EksConfig, EksDefaults } from "./stackConfig";
import type { ParsedConfig, ValidConfig } from "./schema";

/** What the environments differ in: one is cheap, the other one survives the loss of a zone and says what happened. */
const ENVIRONMENTS = {
    dev: {
        natGateways: "single",
        logs: false,
        brokerInstance: "m7g.large",
        systemNodes: 2,
    },
    prod: {
        natGateways: "perZone",
        logs: true,
        brokerInstance: "m7g.xlarge",
        systemNodes: 3,
    },
} as const;

/** What the environment or another key decides, as far as it could be read. */
export function eksDefaults({
    eks,
    region,
    kubernetesVersion,
}: Pick<ParsedConfig, "eks" | "region" | "kubernetesVersion">): EksDefaults {
    const defaults = ENVIRONMENTS[eks.environment ?? "prod"];
    const version = kubernetesVersion ?? DEFAULT_EKS_VERSION;
    return {
        kubernetesVersion: version,
        nodeKubernetesVersion: eks.nodeKubernetesVersion ?? version,
        zones: eks.zones ?? (region === undefined ? [] : defaultZones(region)),
        natGateways: eks.natGateways ?? defaults.natGateways,
        logs: eks.logs ?? defaults.logs,
        brokerNodes: {
            instanceType: eks.brokerNodes?.instanceType ?? defaults.brokerInstance,
            perZone: eks.brokerNodes?.perZone ?? 1,
        },
        systemNodes: {
            instanceType: eks.systemNodes?.instanceType ?? "t4g.medium",
            count: eks.systemNodes?.count ?? defaults.systemNodes,
        },
    };
}

/** Fills in the AWS side. */
export function applyEksDefaults(valid: ValidConfig): EksConfig {
    return {
        ...valid.eks,
        region: valid.region,
        ...eksDefaults(valid),
    };
}
