import { drawTable } from "../cli/table";
import type { Estimate } from "./estimate";
import { type CostItem, type Group, GROUPS, isFirstHand, isTraffic, total } from "./item";
import { HOURS_PER_MONTH, PRICE_LIST, type Price, SOURCES } from "./prices";

/** What a report is about. */
export interface Subject {
    readonly stack: string;
    readonly region: string;
    /** MB/s produced. */
    readonly throughput: number;
    /** How often every message is read. */
    readonly reads: number;
}

/** Stands behind every amount that somebody else than AWS says. */
const MARK = "*";

/** For a person: the bill, the same next to Amazon MSK, and what the numbers rest on. */
export function renderText(
    { stack, region, throughput }: Subject,
    { items, alternatives, assumptions, warnings }: Estimate,
): string {
    // Another region's name over these prices would be a lie.
    const priced =
        region === PRICE_LIST.region ? `in ${region}` : `at ${PRICE_LIST.region}'s prices`;
    const candidates = [{ name: "this stack", of: priced, items }, ...alternatives];
    const lines = [
        `Stack ${stack} ${priced}: $${money(total(withoutTraffic(items)))} a month, and ` +
            `$${money(total(items.filter(isTraffic)))} more for traffic at ${throughput} MB/s`,
        ...warnings.map((warning) => `Warning: ${warning}`),
        "",
        billTable(items),
        "",
        comparisonTable(candidates),
        "",
        `${MARK} has a price in it that is not from AWS's own list: compare it with AWS's page before you decide`,
        ...assumptions.map((assumption) => `- ${assumption}`),
    ];
    return `${lines.join("\n")}\n`;
}

/** For programs: one JSON document on one line. */
export function renderJson(
    subject: Subject,
    { items, alternatives, assumptions, capacity, warnings }: Estimate,
): string {
    return `${JSON.stringify({
        ...subject,
        warnings,
        capacity,
        prices: { ...PRICE_LIST, hoursPerMonth: HOURS_PER_MONTH, sources: SOURCES },
        ...candidateJson(items),
        alternatives: alternatives.map(({ name, of, items: each }) => ({
            name,
            of,
            ...candidateJson(each),
        })),
        assumptions,
    })}\n`;
}

function candidateJson(items: readonly CostItem[]) {
    return {
        usd: total(items),
        usdWithoutTraffic: total(withoutTraffic(items)),
        items: items.map((item) => ({ ...item, firstHand: isFirstHand(item) })),
    };
}

function billTable(items: readonly CostItem[]): string {
    const fixed = withoutTraffic(items);
    const sum = (what: string, of: readonly CostItem[]) => [what, "", "", amount(of)];
    const row = (item: CostItem) => [item.what, item.amount, unitPrice(item.price), amount([item])];
    return drawTable({
        head: ["what", "how much", "price", "USD a month"],
        align: ["left", "right", "right", "right"],
        rows: [
            ...fixed.map(row),
            sum("TOTAL WITHOUT TRAFFIC", fixed),
            ...items.filter(isTraffic).map(row),
            sum("TOTAL", items),
        ],
    });
}

function comparisonTable(
    candidates: readonly {
        readonly name: string;
        readonly of: string;
        readonly items: readonly CostItem[];
    }[],
): string {
    const row = (what: string, select: (items: readonly CostItem[]) => readonly CostItem[]) => [
        what,
        ...candidates.map(({ items }) => amount(select(items))),
    ];
    const groupRow = (group: Group) =>
        row(group, (items) => items.filter((item) => item.group === group));
    return drawTable({
        head: ["USD a month", ...candidates.map(({ name }) => name)],
        align: ["left", ...candidates.map(() => "right" as const)],
        rows: [
            ["", ...candidates.map(({ of }) => of)],
            ...GROUPS.filter((group) => group !== "traffic").map(groupRow),
            row("TOTAL WITHOUT TRAFFIC", withoutTraffic),
            groupRow("traffic"),
            row("TOTAL", (items) => items),
        ],
    });
}

function withoutTraffic(items: readonly CostItem[]): CostItem[] {
    return items.filter((item) => !isTraffic(item));
}

/** Sum of the positions, marked where it has to be; a dash where there are none. */
function amount(items: readonly CostItem[]): string {
    if (items.length === 0) {
        return "- ";
    }
    return money(total(items)) + (items.every(isFirstHand) ? " " : MARK);
}

function money(usd: number): string {
    return usd.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

function unitPrice({ usd, per }: Price): string {
    return `${usd} / ${per}`;
}
