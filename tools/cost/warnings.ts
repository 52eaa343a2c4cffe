import type { Capacity } from "./capacity";
import { type EksStack, volumeSize } from "./eksItems";
import { PRICE_LIST, SOURCES } from "./prices";

/** How old prices may be, in months, until they are warned of. */
const MONTHS = 6;
const HOURS_PER_DAY = 24;

/** What a report warns of before its numbers. */
export function warningsOf(
    stack: EksStack,
    throughput: number,
    capacity: Capacity,
    now: Date,
): string[] {
    return [
        ...regionWarning(stack.eks.region),
        ...agedPrices(now),
        ...overload(stack, throughput, capacity),
        ...fullDisks(stack, throughput, capacity),
    ];
}

function regionWarning(region: string): string[] {
    return region === PRICE_LIST.region
        ? []
        : [
              `no prices are known for ${region}: all amounts are those of ${PRICE_LIST.region}, the only region whose ` +
                  "prices are known. Others often cost more",
          ];
}

function agedPrices(now: Date): string[] {
    const limit = new Date(now);
    limit.setUTCMonth(limit.getUTCMonth() - MONTHS);
    const aged = Object.values(SOURCES).filter(({ date }) => new Date(date) < limit);
    const list = aged.map(({ prices, date }) => `${prices} (${date})`).join(", ");
    return aged.length === 0
        ? []
        : [`prices older than ${MONTHS} months: ${list}. Compare them with AWS's pages`];
}

function overload(
    { config, eks }: EksStack,
    throughput: number,
    { carried, limitedBy, perBroker }: Capacity,
): string[] {
    if (throughput <= carried) {
        return [];
    }
    const limit = {
        volume: { what: "its volume", key: "raise eks.volumes.throughput" },
        node: {
            what: `the EBS bandwidth of ${eks.brokerNodes.instanceType}`,
            key: "take a larger eks.brokerNodes.instanceType",
        },
    }[limitedBy];
    return [
        `the disks can't carry ${rounded(throughput)} MB/s: each of ${config.kafka.replicas} brokers would write ` +
            `${rounded(perBroker)} MB/s. ${capitalized(limit.what)} allows for ${rounded(carried)} MB/s produced. ` +
            `Next: ${limit.key}, or more brokers`,
    ];
}

function fullDisks(
    { config }: EksStack,
    throughput: number,
    { daysUntilFull, retentionDays }: Capacity,
): string[] {
    if (daysUntilFull >= retentionDays || daysUntilFull === Infinity) {
        return [];
    }
    const kept = retentionDays === Infinity ? "for ever" : `for ${duration(retentionDays)}`;
    return [
        `a broker's volume of ${volumeSize(config.kafka.storage)} GB is full in ${duration(daysUntilFull)} at ` +
            `${rounded(throughput)} MB/s, and messages are kept ${kept}. Next: raise kafka.storage.size, or lower ` +
            "log.retention.hours",
    ];
}

/** A time for a person: hours where it is less than two days. */
export function duration(days: number): string {
    return days < 2 ? `${rounded(days * HOURS_PER_DAY)} hours` : `${rounded(days)} days`;
}

function rounded(value: number): string {
    return String(Number(value.toPrecision(value < 100 ? 2 : 3)));
}

function capitalized(text: string): string {
    return text.charAt(0).toUpperCase() + text.slice(1);
}
