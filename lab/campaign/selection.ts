import type { Campaign, Round } from "./campaign";
import { UsageError } from "../../tools/cli/errors";

/** The groups of a campaign, in their order. */
export function groupsOf({ rounds }: Pick<Campaign, "rounds">): string[] {
    return [...new Set(rounds.map(({ group }) => group))];
}

/**
 * The rounds of some groups, and of those that these are worth nothing without; all rounds without a choice.
 *
 * @throws {@link UsageError} when there is no such group.
 */
export function selectRounds(
    campaign: Pick<Campaign, "name" | "rounds" | "needs">,
    only: readonly string[] | undefined,
): readonly Round[] {
    if (only === undefined) {
        return campaign.rounds;
    }
    const groups = groupsOf(campaign);
    const unknown = only.find((group) => !groups.includes(group));
    if (unknown !== undefined) {
        throw new UsageError(
            `--only: expected some of ${groups.join(", ")}, got ${unknown}`,
            `npm run campaign -- ${campaign.name} --only ${groups[0]}`,
        );
    }
    const chosen = new Set(only.flatMap((group) => [group, ...(campaign.needs?.[group] ?? [])]));
    return campaign.rounds.filter(({ group }) => chosen.has(group));
}
