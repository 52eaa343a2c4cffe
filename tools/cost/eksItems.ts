import { schemeOf } from "../../components/eks/listeners";
import { ROOT_VOLUME } from "../../components/eks/nodes";
import { GP3, type VolumePerformance } from "../../components/eks/storageClass";
import type { Storage } from "../../components/kubernetes/pods";
import { parseQuantity } from "../../components/kubernetes/quantity";
import type { EksConfig, NodesConfig, StackConfig } from "../../config/stackConfig";
import { type CostItem, costItem } from "./item";
import { EKS_PRICES, INSTANCE_PRICES } from "./prices";

/** A stack that makes its own EKS cluster. */
export interface EksStack {
    readonly config: StackConfig;
    readonly eks: EksConfig;
}

/** GB of logs that a small cluster is taken to write in a month. */
export const ASSUMED_LOGS = { controlPlane: 10, network: 10 };

/** What every gp3 volume has, and what is free. */
const FREE: VolumePerformance = { iops: 3000, throughput: 125 };

/** The class that EKS itself made for long. */
const GP2 = "gp2";

/** Classes of which it is known what volumes they make. */
export const KNOWN_CLASSES: readonly string[] = [GP3, GP2];

const GIB = 2 ** 30;

/** What a stack costs by itself, whatever clients do. */
export function eksItems(stack: EksStack): CostItem[] {
    return [
        ...controlPlane(),
        ...nodes(stack.eks),
        ...volumes(stack),
        ...network(stack.eks),
        ...loadBalancers(stack),
        ...logs(stack.eks),
    ];
}

/** Size of a volume as EBS makes and bills it: whole GiB, which the bill calls GB. */
export function volumeSize({ size }: Storage): number {
    return Math.ceil(parseQuantity(size)! / GIB);
}

function controlPlane(): CostItem[] {
    return [
        costItem({
            group: "control plane",
            what: "EKS cluster",
            amount: "1",
            quantity: 1,
            price: EKS_PRICES.controlPlane,
        }),
        costItem({
            group: "control plane",
            what: "KMS key of the secrets",
            amount: "1",
            quantity: 1,
            price: EKS_PRICES.kmsKey,
        }),
    ];
}

function nodes({ zones, brokerNodes, systemNodes }: EksConfig): CostItem[] {
    const brokers = { ...brokerNodes, count: zones.length * brokerNodes.perZone };
    const group = ({ count, instanceType }: EksConfig["systemNodes"], what: string) =>
        costItem({
            group: "nodes",
            what,
            amount: `${count} × ${instanceType}`,
            quantity: count,
            price: INSTANCE_PRICES[instanceType],
        });
    const count = brokers.count + systemNodes.count;
    return [
        group(brokers, "nodes of the brokers"),
        group(systemNodes, "nodes of the system"),
        costItem({
            group: "nodes",
            what: "disks of the nodes",
            amount: `${count} × ${ROOT_VOLUME} GB gp3`,
            quantity: count * ROOT_VOLUME,
            price: EKS_PRICES.gp3,
        }),
    ];
}

function volumes({ config, eks }: EksStack): CostItem[] {
    const brokers = volumesOf("Kafka", config.kafka, eks.volumes);
    if (config.kafkaDeploymentType === "statefulset") {
        return [...brokers, ...volumesOf("ZooKeeper", config.zookeeper, eks.volumes)];
    }
    const { controllers } = config.strimzi;
    return controllers === undefined
        ? brokers
        : [...brokers, ...volumesOf("controller", controllers, eks.volumes)];
}

function volumesOf(
    whose: string,
    { replicas, storage }: Pick<NodesConfig, "replicas" | "storage">,
    { iops, throughput }: VolumePerformance,
): CostItem[] {
    const size = volumeSize(storage);
    const capacity = costItem({
        group: "storage",
        what: `${whose} volumes`,
        amount: `${replicas} × ${size} GB ${storage.storageClass ?? GP3}`,
        quantity: replicas * size,
        price: storage.storageClass === GP2 ? EKS_PRICES.gp2 : EKS_PRICES.gp3,
    });
    // The settings belong to the program's own class; another one's are not known.
    const extra =
        storage.storageClass === GP3
            ? { iops: iops - FREE.iops, throughput: throughput - FREE.throughput }
            : { iops: 0, throughput: 0 };
    return [
        capacity,
        ...(extra.iops > 0
            ? [
                  costItem({
                      group: "storage",
                      what: `${whose} volumes: IOPS above ${FREE.iops}`,
                      amount: `${replicas} × ${extra.iops}`,
                      quantity: replicas * extra.iops,
                      price: EKS_PRICES.gp3Iops,
                  }),
              ]
            : []),
        ...(extra.throughput > 0
            ? [
                  costItem({
                      group: "storage",
                      what: `${whose} volumes: MB/s above ${FREE.throughput}`,
                      amount: `${replicas} × ${extra.throughput}`,
                      quantity: replicas * extra.throughput,
                      price: EKS_PRICES.gp3Throughput,
                  }),
              ]
            : []),
    ];
}

function network({ zones, natGateways }: EksConfig): CostItem[] {
    const count = natGateways === "single" ? 1 : zones.length;
    return [
        costItem({
            group: "network",
            what: "NAT gateways",
            amount: String(count),
            quantity: count,
            price: EKS_PRICES.natGateway,
        }),
        costItem({
            group: "network",
            what: "public IPv4 addresses of the NAT gateways",
            amount: String(count),
            quantity: count,
            price: EKS_PRICES.publicIpv4,
        }),
    ];
}

/** Network load balancers that a listener has: one for all brokers, or one for each and one for the bootstrap address. */
function loadBalancers({ config, eks }: EksStack): CostItem[] {
    const count = eks.loadBalancers.layout === "shared" ? 1 : config.kafka.replicas + 1;
    return config.listeners.flatMap((listener) => {
        if (listener.type !== "loadBalancer") {
            return [];
        }
        const own = costItem({
            group: "network",
            what: `load balancers of the listener ${listener.name}`,
            amount: String(count),
            quantity: count,
            price: EKS_PRICES.loadBalancer,
        });
        if (schemeOf(listener, eks) === "internal") {
            return [own];
        }
        // One in each zone.
        const addresses = count * eks.zones.length;
        return [
            own,
            costItem({
                group: "network",
                what: `public IPv4 addresses of the listener ${listener.name}`,
                amount: `${count} × ${eks.zones.length}`,
                quantity: addresses,
                price: EKS_PRICES.publicIpv4,
            }),
        ];
    });
}

function logs(eks: EksConfig): CostItem[] {
    if (!eks.logs) {
        return [];
    }
    const quantity = ASSUMED_LOGS.controlPlane + ASSUMED_LOGS.network;
    return [
        costItem({
            group: "logs",
            what: "logs of the control plane and the network",
            amount: `${quantity} GB (assumed)`,
            quantity,
            price: EKS_PRICES.logs,
        }),
        costItem({
            group: "logs",
            what: "logs kept for 30 days",
            amount: `${quantity} GB (assumed)`,
            quantity,
            price: EKS_PRICES.logsKept,
        }),
    ];
}
