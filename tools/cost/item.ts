import { HOURS_PER_MONTH, type Price, SOURCES } from "./prices";

/** The kinds of cost, in the order of a report. */
export const GROUPS = ["control plane", "nodes", "storage", "network", "logs", "traffic"] as const;

/** A kind of cost. */
export type Group = (typeof GROUPS)[number];

/** One position of a bill. */
export interface CostItem {
    readonly group: Group;
    readonly what: string;
    /** How much of what, for a person. */
    readonly amount: string;
    /** How much, in the price's unit; of what is paid by the hour, how many. */
    readonly quantity: number;
    readonly price: Price;
    /** For a month, in whole cents. */
    readonly usd: number;
}

/** A sum of money in whole cents, or an amount to two digits after the point. */
export function hundredths(value: number): number {
    // 1.005 is a little less as a binary number, and still has to become 1.01.
    return Math.round(Number((value * 100).toFixed(6))) / 100;
}

/** A position of a bill. */
export function costItem(args: Omit<CostItem, "usd">): CostItem {
    const { price, quantity } = args;
    const units = price.per === "hour" ? quantity * HOURS_PER_MONTH : quantity;
    return { ...args, usd: hundredths(units * price.usd) };
}

/** Sum of the positions as they are printed, so that a column adds up. */
export function total(items: readonly CostItem[]): number {
    return hundredths(items.reduce((sum, { usd }) => sum + usd, 0));
}

/** Whether nothing but AWS's own list stands behind a price. */
export function isFirstHand({ price }: Pick<CostItem, "price">): boolean {
    return SOURCES[price.source].firstHand;
}

/** Whether a position depends on what clients do. */
export function isTraffic({ group }: CostItem): boolean {
    return group === "traffic";
}
