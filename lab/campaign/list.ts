import type { Campaign } from "./campaign";
import { groupsOf } from "./selection";
import { drawTable } from "../../tools/cli/table";

/** The campaigns with their groups of rounds, for a terminal. */
export function listText(campaigns: readonly Campaign[]): string {
    return campaigns.map(describe).join("\n\n");
}

function describe(campaign: Campaign): string {
    const { name, title, rounds } = campaign;
    const rows = groupsOf(campaign).map((group) => {
        const own = rounds.filter((round) => round.group === group);
        return [group, String(own.length), minutes(secondsOf(own))];
    });
    const table = drawTable({ head: ["group", "rounds", "minutes"], rows });
    return `${name}: ${title}, about ${minutes(secondsOf(rounds))} minutes\n${table}`;
}

function secondsOf(rounds: Campaign["rounds"]): number {
    return rounds.reduce((sum, { estimate }) => sum + estimate, 0);
}

function minutes(seconds: number): string {
    return String(Math.max(1, Math.round(seconds / 60)));
}
