import type { StackConfig } from "../../config/stackConfig";
import { eksItems } from "./eksItems";
import { total } from "./item";
import { PRICE_LIST } from "./prices";

/** What a stack costs, as its outputs say it. */
export interface MonthlyCost {
    readonly usd: number;
    /** What the number is. */
    readonly of: string;
    /** Command that shows what it is made of. */
    readonly command: string;
}

/**
 * What a stack costs in a month by itself. It follows from the configuration alone, so it changes only when that does.
 *
 * @returns `undefined` where the stack does not make its cluster, whose cost is not known then.
 */
export function monthlyCost(config: StackConfig, stack: string): MonthlyCost | undefined {
    const { eks } = config;
    if (eks === undefined) {
        return undefined;
    }
    return {
        usd: total(eksItems({ config, eks })),
        of: `${PRICE_LIST.region} list prices of ${PRICE_LIST.month}, without traffic`,
        command: `npm run cost -- --stack ${stack}`,
    };
}
