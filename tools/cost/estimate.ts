import { GP3 } from "../../components/eks/storageClass";
import { ASSUMED_LOGS, eksItems, type EksStack } from "./eksItems";
import type { CostItem } from "./item";
import { type Alternative, mskAlternatives } from "./msk";
import { EKS_PRICES, HOURS_PER_MONTH, PRICE_LIST, SOURCES } from "./prices";
import { clientItems, replicationItems, type Traffic, trafficOf } from "./traffic";

/** What a stack costs in a month, and what else would. */
export interface Estimate {
    readonly items: readonly CostItem[];
    readonly alternatives: readonly Alternative[];
    /** What the numbers rest on and nobody has checked. */
    readonly assumptions: readonly string[];
}

/**
 * Estimates a month.
 *
 * @param throughput MB/s that are produced, all month long.
 */
export function estimate(stack: EksStack, throughput: number): Estimate {
    const traffic = trafficOf(stack, throughput);
    return {
        items: [...eksItems(stack), ...replicationItems(traffic), ...clientItems(traffic)],
        alternatives: mskAlternatives(stack, traffic),
        assumptions: [
            ...generalAssumptions(stack),
            ...trafficAssumptions(traffic, throughput),
            ...mskAssumptions(traffic),
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
    return [
        `Prices: AWS's list for ${region}, instances as of ${SOURCES.ec2.date}, the rest as read on ` +
            `${SOURCES.priceList.date}; on demand, ${HOURS_PER_MONTH} hours, without taxes and discounts.`,
        ...(eks.region === region
            ? []
            : [`The stack is in ${eks.region}, where prices are others, often higher.`]),
        ...(classes.every((name) => name === GP3)
            ? []
            : ["Volumes of a storage class of your own are counted as plain gp3."]),
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
            `clients are spread evenly over ${zones} zones, and every message is read once` +
            `${traffic.readsNearby ? ", from a replica in the reader's zone (client.rack)" : ""}.`,
        `Clients are in the VPC and connect to the pods. Not counted, for each GB: through a load balancer ` +
            `$${EKS_PRICES.loadBalancerData.usd}, to the internet $${EKS_PRICES.toInternet.usd}, ` +
            `through a NAT gateway $${EKS_PRICES.natData.usd} (images, for example).`,
    ];
}

function mskAssumptions({ replicationFactor }: Traffic): string[] {
    return [
        "MSK: a broker for each of yours, as many in each zone, of the smallest size with the vCPUs and the memory of your nodes; " +
            "AWS does not charge for replication. Whether any of them carries the traffic is not judged.",
        "MSK Standard has volumes of the same size. Express and Serverless bill one copy of what is stored: " +
            `here the size of all volumes, divided by ${replicationFactor} replicas.`,
    ];
}
