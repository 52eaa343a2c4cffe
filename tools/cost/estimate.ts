import { GP3 } from "../../components/eks/storageClass";
import { type Capacity, capacityOf } from "./capacity";
import { ASSUMED_LOGS, eksItems, type EksStack, KNOWN_CLASSES } from "./eksItems";
import { type CostItem, hundredths } from "./item";
import { type Alternative, mskAlternatives } from "./msk";
import { EKS_PRICES, HOURS_PER_MONTH, MSK_SMALL, PRICE_LIST, SOURCES } from "./prices";
import { clientItems, replicationItems, type Traffic, trafficOf } from "./traffic";
import { duration, warningsOf } from "./warnings";

/** What a stack costs in a month, and what else would. */
export interface Estimate {
    readonly items: readonly CostItem[];
    readonly alternatives: readonly Alternative[];
    readonly capacity: Capacity;
    /** What has to be known before the numbers. */
    readonly warnings: readonly string[];
    /** What the numbers rest on and nobody has checked. */
    readonly assumptions: readonly string[];
}

/** What clients do, all month long. */
export interface Load {
    /** MB/s that are produced. */
    readonly throughput: number;
    /** How often every message is read. */
    readonly reads: number;
}

/**
 * Estimates a month.
 *
 * @param now Today, by which the age of the prices is judged.
 */
export function estimate(stack: EksStack, { throughput, reads }: Load, now: Date): Estimate {
    const traffic = trafficOf(stack, throughput, reads);
    const capacity = capacityOf(stack, throughput, traffic.replicationFactor);
    const alternatives = mskAlternatives(stack, traffic);
    return {
        capacity,
        warnings: warningsOf(stack, throughput, capacity, now),
        items: [...eksItems(stack), ...replicationItems(traffic), ...clientItems(traffic)],
        alternatives,
        assumptions: [
            ...generalAssumptions(stack),
            ...diskAssumptions(stack, capacity),
            ...trafficAssumptions(traffic, throughput),
            ...mskAssumptions(traffic, alternatives),
        ],
    };
}

function generalAssumptions({ config, eks }: EksStack): string[] {
    const { region } = PRICE_LIST;
    const quorum =
        config.kafkaDeploymentType === "statefulset"
            ? config.zookeeper
            : config.strimzi.controllers;
    const classes = [config.kafka, quorum].map((nodes) => nodes?.storage.storageClass ?? GP3);
    const unknown = new Set(classes.filter((name) => !KNOWN_CLASSES.includes(name)));
    return [
        `Prices: AWS's list for ${region}, instances as of ${SOURCES.ec2.date}, the rest as read on ` +
            `${SOURCES.priceList.date}; on demand, ${HOURS_PER_MONTH} hours, without taxes and discounts.`,
        ...[...unknown].map(
            (name) =>
                `Volumes of the storage class ${name} are counted as plain gp3: its own price is not known.`,
        ),
        ...(eks.logs
            ? [
                  `Logs: ${ASSUMED_LOGS.controlPlane} GB of the control plane and ${ASSUMED_LOGS.network} GB of the network in a month, kept as they are.`,
              ]
            : []),
    ];
}

function trafficAssumptions(traffic: Traffic, throughput: number): string[] {
    const { zones, replicationFactor } = traffic;
    const followers = replicationFactor - 1;
    return [
        `Traffic: ${throughput} MB/s produced all month long are ${traffic.produced} GB. ` +
            `Of ${replicationFactor} replicas, ${followers} are in other zones than the leader; ` +
            `clients are spread evenly over ${zones} zones, and every message is read ${timesOf(traffic.reads)}` +
            `${traffic.readsNearby ? ", from a replica in the reader's zone (client.rack)" : ""}.`,
        `Clients are in the VPC and connect to the pods. Not counted, for each GB: through a load balancer ` +
            `$${EKS_PRICES.loadBalancerData.usd}, to the internet $${EKS_PRICES.toInternet.usd}, ` +
            `through a NAT gateway $${EKS_PRICES.natData.usd} (images, for example).`,
    ];
}

function timesOf(reads: number): string {
    return reads === 1 ? "once" : `${reads} times`;
}

/** What the look at the disks rests on, where something is produced. */
function diskAssumptions({ config }: EksStack, capacity: Capacity): string[] {
    const { perBroker, carried, daysUntilFull, retentionDays } = capacity;
    if (perBroker === 0) {
        return [];
    }
    const share = Math.round((retentionDays / daysUntilFull) * 100);
    const kept =
        daysUntilFull < retentionDays
            ? ""
            : ` The messages of ${duration(retentionDays)} take ${share} % of a broker's volume.`;
    const own = config.topics.some((topic) =>
        Object.keys(topic.config).some((key) => key.startsWith("retention.")),
    );
    return [
        `Disks: they carry ${hundredths(carried)} MB/s produced, by the tables of volumes and instances. What the network and the ` +
            `processors carry is not judged.${kept} Counted is log.retention.*, by time` +
            `${own ? "; what topics say themselves is not" : ""}.`,
    ];
}

function mskAssumptions(
    { replicationFactor }: Traffic,
    alternatives: readonly Alternative[],
): string[] {
    const small = `kafka.${MSK_SMALL.name}`;
    const hasSmall = alternatives.some(({ of }) => of.endsWith(small));
    return [
        "MSK: a broker for each of yours, as many in each zone, of the smallest size with the vCPUs and the memory of your nodes; " +
            "AWS does not charge for replication. Whether any of them carries the traffic is not judged.",
        ...(hasSmall
            ? [`MSK's ${small} is for development: 2 GiB of memory, and a share of its two vCPUs.`]
            : []),
        "MSK Standard has volumes of the same size. Express and Serverless bill one copy of what is stored: " +
            `here the size of all volumes, divided by ${replicationFactor} replicas.`,
    ];
}
