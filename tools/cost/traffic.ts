import { replicationDefaults } from "../../components/kafka/replication";
import type { StackConfig } from "../../config/stackConfig";
import type { EksStack } from "./eksItems";
import { type CostItem, costItem, hundredths } from "./item";
import { EKS_PRICES, HOURS_PER_MONTH } from "./prices";

const SECONDS_PER_HOUR = 3600;

/** The selector that lets a consumer read from a replica in its own zone. */
const RACK_AWARE_SELECTOR = "org.apache.kafka.common.replica.RackAwareReplicaSelector";

/** What is written in a month, and how much of it crosses zones, all in GB. */
export interface Traffic {
    readonly produced: number;
    readonly replicationFactor: number;
    /** How often every message is read. */
    readonly reads: number;
    readonly zones: number;
    /** Whether consumers read from a replica in their own zone where there is one. */
    readonly readsNearby: boolean;
    /** From leaders to followers. */
    readonly replication: number;
    readonly fromProducers: number;
    /** All that is read. */
    readonly read: number;
    readonly toConsumers: number;
}

/**
 * A month of traffic, if producers, leaders and consumers are spread evenly over the zones, the replicas of a partition are in
 * different ones.
 *
 * @param throughput MB/s that are produced.
 * @param reads How often every message is read, by a consumer group each time.
 */
export function trafficOf({ config, eks }: EksStack, throughput: number, reads = 1): Traffic {
    const produced = hundredths((throughput * SECONDS_PER_HOUR * HOURS_PER_MONTH) / 1000);
    const zones = eks.zones.length;
    const replicationFactor = replicationFactorOf(config);
    const readsNearby =
        config.kafka.rackAwareness &&
        config.kafka.config["replica.selector.class"] === RACK_AWARE_SELECTOR;
    // Of all replicas a consumer has to find one in its zone; else it reads from the leader, wherever that is.
    const near = readsNearby ? Math.min(replicationFactor, zones) : 1;
    return {
        produced,
        replicationFactor,
        reads,
        zones,
        readsNearby,
        replication: produced * (replicationFactor - 1),
        fromProducers: hundredths((produced * (zones - 1)) / zones),
        read: hundredths(produced * reads),
        toConsumers: hundredths((produced * reads * (zones - near)) / zones),
    };
}

/** What brokers send each other. */
export function replicationItems({ replication }: Traffic): CostItem[] {
    return [betweenZones("replication between zones", replication)];
}

/** What clients send to and get from brokers, whoever runs those. */
export function clientItems({ fromProducers, toConsumers }: Traffic): CostItem[] {
    return [
        betweenZones("producers in other zones", fromProducers),
        betweenZones("consumers in other zones", toConsumers),
    ];
}

/** Both sides are billed. */
function betweenZones(what: string, gigabytes: number): CostItem {
    return costItem({
        group: "traffic",
        what,
        amount: `${gigabytes} GB × 2 sides`,
        quantity: hundredths(2 * gigabytes),
        price: EKS_PRICES.betweenZones,
    });
}

/** Replicas of a topic that does not say how many. */
function replicationFactorOf({ kafka }: StackConfig): number {
    const properties = { ...replicationDefaults(kafka.replicas, kafka.config), ...kafka.config };
    return Number(properties["default.replication.factor"]);
}
