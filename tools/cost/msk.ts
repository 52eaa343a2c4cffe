import { INSTANCE_TYPES } from "../../components/eks/instanceTypes";
import { type EksStack, volumeSize } from "./eksItems";
import { type CostItem, costItem } from "./item";
import { MSK_PRICES, MSK_SIZES, MSK_SMALL, type MskSize, type Price } from "./prices";
import { clientItems, type Traffic } from "./traffic";

/** The same capacity, run by AWS. */
export interface Alternative {
    readonly name: string;
    /** What it is made of, for a person. */
    readonly of: string;
    readonly items: readonly CostItem[];
}

/** Partitions that a stack without topics is taken to have. */
const ASSUMED_PARTITIONS = 50;

/** Zones that a provisioned cluster can be in at most. */
const MSK_MAX_ZONES = 3;

/** The kinds of Amazon MSK that could take a stack's place. */
export function mskAlternatives(stack: EksStack, traffic: Traffic): Alternative[] {
    const size = mskSize(stack);
    const count = mskBrokers(stack);
    const { replicas, storage: volumes } = stack.config.kafka;
    const volume = volumeSize(volumes);
    const oneCopy = Math.ceil((replicas * volume) / traffic.replicationFactor);
    return [
        ...(isSmall(stack, size, count, traffic)
            ? [standard(MSK_SMALL, count, count * volume, traffic)]
            : []),
        standard(size, count, count * volume, traffic),
        express(size, count, oneCopy, traffic),
        serverless(partitionsOf(stack), oneCopy, traffic),
    ];
}

/** The smallest size with the vCPUs and the memory of a broker's node. */
export function mskSize({ eks }: EksStack): MskSize {
    const { vcpus, memory } = INSTANCE_TYPES[eks.brokerNodes.instanceType];
    return MSK_SIZES.find((size) => size.vcpus >= vcpus && size.memory >= memory)!;
}

/** Whether the smallest brokers could do, which have less than any node: for a stack of the smallest size with few partitions. */
function isSmall(stack: EksStack, size: MskSize, count: number, traffic: Traffic): boolean {
    const replicas = partitionsOf(stack) * traffic.replicationFactor;
    return size === MSK_SIZES[0] && replicas <= count * MSK_SMALL.maxPartitions;
}

/** As many brokers as the stack has; MSK wants the same number in each zone. */
function mskBrokers({ config, eks }: EksStack): number {
    const zones = Math.min(eks.zones.length, MSK_MAX_ZONES);
    return Math.ceil(config.kafka.replicas / zones) * zones;
}

/** Partitions of the stack's topics, without their replicas; none where it has no topics. */
function partitionsOf({ config }: EksStack): number {
    const byDefault = Number(config.kafka.config["num.partitions"] ?? 1);
    return config.topics.reduce((sum, topic) => sum + (topic.partitions ?? byDefault), 0);
}

function standard(
    size: Pick<MskSize, "name" | "standard">,
    count: number,
    capacity: number,
    traffic: Traffic,
): Alternative {
    return {
        name: "MSK Standard",
        of: `${count} × kafka.${size.name}`,
        items: [
            brokers(`kafka.${size.name}`, count, size.standard),
            storage(capacity, MSK_PRICES.standardStorage),
            ...clientItems(traffic),
        ],
    };
}

function express(size: MskSize, count: number, stored: number, traffic: Traffic): Alternative {
    return {
        name: "MSK Express",
        of: `${count} × express.${size.name}`,
        items: [
            brokers(`express.${size.name}`, count, size.express),
            storage(stored, MSK_PRICES.expressStorage),
            moved("written", traffic.produced, MSK_PRICES.expressIn),
            ...clientItems(traffic),
        ],
    };
}

function serverless(known: number, stored: number, traffic: Traffic): Alternative {
    const partitions = known || ASSUMED_PARTITIONS;
    const amount = `${partitions} partitions${known > 0 ? "" : " (assumed)"}`;
    return {
        name: "MSK Serverless",
        of: amount,
        items: [
            costItem({
                group: "nodes",
                what: "cluster",
                amount: "1",
                quantity: 1,
                price: MSK_PRICES.serverlessCluster,
            }),
            costItem({
                group: "nodes",
                what: "partitions",
                amount,
                quantity: partitions,
                price: MSK_PRICES.serverlessPartition,
            }),
            storage(stored, MSK_PRICES.serverlessStorage),
            moved("written", traffic.produced, MSK_PRICES.serverlessIn),
            moved("read", traffic.read, MSK_PRICES.serverlessOut),
            ...clientItems(traffic),
        ],
    };
}

function brokers(type: string, quantity: number, price: Price): CostItem {
    return costItem({
        group: "nodes",
        what: "brokers",
        amount: `${quantity} × ${type}`,
        quantity,
        price,
    });
}

function storage(quantity: number, price: Price): CostItem {
    return costItem({
        group: "storage",
        what: "storage",
        amount: `${quantity} GB`,
        quantity,
        price,
    });
}

function moved(what: string, quantity: number, price: Price): CostItem {
    return costItem({ group: "traffic", what, amount: `${quantity} GB`, quantity, price });
}
