import type { CampaignContext, OpenCampaign } from "../campaign";
import { openStage } from "../openStage";
import { benchDeployments } from "./deployments";
import { measure } from "./measure";
import type { BenchRound } from "./plan";

/** Opens the benchmarks. */
export async function openBench(context: CampaignContext): Promise<OpenCampaign> {
    const stage = await openStage(context, benchDeployments);
    return {
        run: (round, roundContext) => measure(stage, round as BenchRound, roundContext),
        close: () => stage.close(),
    };
}
