/** Versions of the managed add-ons. */
export interface AddonVersions {
    readonly vpcCni: string;
    readonly coredns: string;
    readonly kubeProxy: string;
    readonly podIdentityAgent: string;
    readonly ebsCsiDriver: string;
}

/** A Kubernetes version that EKS runs. */
export interface EksVersion {
    /** Last day of standard support; EKS raises the version by itself after it. */
    readonly standardSupportUntil: string;
    readonly addons: AddonVersions;
}

/** Add-ons whose version does not follow from the Kubernetes version. */
const COMMON_ADDONS = {
    vpcCni: "v1.22.4-eksbuild.3",
    podIdentityAgent: "v1.3.10-eksbuild.3",
    ebsCsiDriver: "v1.66.0-eksbuild.1",
};

/**
 * The Kubernetes versions in standard support, with the add-ons that were seen to run with them in September 2026. What
 * else there is: `aws eks describe-addon-versions --kubernetes-version 1.35 --addon-name vpc-cni`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 */
export const EKS_VERSIONS: Readonly<Record<string, EksVersion>> = {
    "1.35": {
        standardSupportUntil: "2027-03-27",
        addons: {
            ...COMMON_ADDONS,
            coredns: "v1.13.2-eksbuild.21",
            kubeProxy: "v1.35.3-eksbuild.21",
        },
    },
    "1.36": {
        standardSupportUntil: "2027-08-02",
        addons: {
            ...COMMON_ADDONS,
            coredns: "v1.14.3-eksbuild.14",
            kubeProxy: "v1.36.0-eksbuild.17",
        },
    },
};

/** Kubernetes version of a new cluster. */
export const DEFAULT_EKS_VERSION = "1.35";

/** Chart of the AWS Load Balancer Controller. */
export const LOAD_BALANCER_CONTROLLER = {
    chart: "aws-load-balancer-controller",
    repository: "https://aws.github.io/eks-charts",
    version: "3.5.0",
};
