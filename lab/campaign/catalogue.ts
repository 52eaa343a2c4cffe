import { UsageError } from "../../tools/cli/errors";
import { BENCH } from "./bench/campaign";
import type { Campaign } from "./campaign";
import { FAULTS } from "./faults/campaign";
import { IMPACT } from "./impact/campaign";
import { KILLED } from "./killed/campaign";

/** All campaigns. */
export const CAMPAIGNS: readonly Campaign[] = [BENCH, FAULTS, IMPACT, KILLED];

/**
 * The campaign of a name.
 *
 * @throws {@link UsageError} when there is none.
 */
export function campaignNamed(name: string): Campaign {
    const campaign = CAMPAIGNS.find((each) => each.name === name);
    if (campaign === undefined) {
        const names = CAMPAIGNS.map((each) => each.name).join(", ");
        throw new UsageError(
            `name: expected one of ${names}, got ${name}`,
            "npm run campaign -- --list",
        );
    }
    return campaign;
}
