import { INSTANCE_TYPES } from "../../components/eks/instanceTypes";
import { GP3 } from "../../components/eks/storageClass";
import type { StackConfig } from "../../config/stackConfig";
import { type EksStack, volumeSize } from "./eksItems";

const MIB = 2 ** 20;
const GIB = 2 ** 30;
const MB = 1e6;
const SECONDS_PER_DAY = 24 * 3600;
const MS_PER_DAY = SECONDS_PER_DAY * 1000;
/** Kafka's own, in hours. */
const DEFAULT_RETENTION_HOURS = 168;

/** What the brokers' disks carry, if partitions and leaders are spread evenly. */
export interface Capacity {
    /** MB/s that each broker writes: what producers send to it, and what it copies from other brokers. */
    readonly perBroker: number;
    /** MB/s produced that the disks carry for long. */
    readonly carried: number;
    /** What sets that limit. */
    readonly limitedBy: "volume" | "node";
    /** Days that messages are kept; `Infinity` for ever. */
    readonly retentionDays: number;
    /** Days in which an empty volume is full, if nothing is deleted; `Infinity` where nothing is produced. */
    readonly daysUntilFull: number;
}

/**
 * Judges the disks of the brokers by the tables of volumes and instances.
 *
 * @param throughput MB/s that are produced, all month long.
 */
export function capacityOf(
    { config, eks }: EksStack,
    throughput: number,
    replicationFactor: number,
): Capacity {
    const { replicas, storage } = config.kafka;
    const { perZone, instanceType } = eks.brokerNodes;
    // Each message is written once for each replica.
    const share = replicationFactor / replicas;
    const perBroker = throughput * share;
    const brokersOfNode = Math.ceil(replicas / (eks.zones.length * perZone));
    const byNode = INSTANCE_TYPES[instanceType].ebsBaseline.throughput / brokersOfNode / share;
    // What another class than the program's own can do is not known.
    const byVolume =
        storage.storageClass === GP3 ? (eks.volumes.throughput * MIB) / MB / share : Infinity;
    return {
        perBroker,
        carried: Math.min(byNode, byVolume),
        limitedBy: byVolume < byNode ? "volume" : "node",
        retentionDays: retentionDays(config),
        daysUntilFull: (volumeSize(storage) * GIB) / (perBroker * MB) / SECONDS_PER_DAY,
    };
}

/** How long brokers keep messages of a topic that does not say it. */
function retentionDays({ kafka: { config } }: StackConfig): number {
    const { [MS]: ms, [MINUTES]: minutes, [HOURS]: hours = DEFAULT_RETENTION_HOURS } = config;
    const [value, unit] =
        ms !== undefined
            ? [Number(ms), 1]
            : minutes !== undefined
              ? [Number(minutes), 60_000]
              : [Number(hours), 3_600_000];
    return value < 0 ? Infinity : (value * unit) / MS_PER_DAY;
}

/** The first of them that is set counts. */
const MS = "log.retention.ms";
const MINUTES = "log.retention.minutes";
const HOURS = "log.retention.hours";
