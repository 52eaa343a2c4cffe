import type { CampaignContext, OpenCampaign } from "../campaign";
import { openStage } from "../openStage";
import { changingStacks, measure, plantWrong } from "./measure";
import type { ChangeRound } from "./plan";

/** Opens the campaign of judgements. */
export async function openImpact(context: CampaignContext): Promise<OpenCampaign> {
    const stage = await openStage(context, changingStacks);
    return {
        run: (round, roundContext) =>
            round.group === "counter"
                ? plantWrong(stage, roundContext)
                : measure(stage, round as ChangeRound, roundContext),
        close: () => stage.close(),
    };
}
