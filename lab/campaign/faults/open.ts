import { LAB, labStatus } from "../..";
import { uncordon } from "../../faults/cordon";
import { restoreAll } from "../../faults/fullDisk";
import { continueAll } from "../../faults/podProcess";
import type { CampaignContext, OpenCampaign } from "../campaign";
import { openStage } from "../openStage";
import { faultDeployments } from "./deployments";
import { inject } from "./inject";
import type { FaultRound } from "./plan";

/** Opens the faults. What an earlier process that was killed has left broken is set right first. */
export async function openFaults(context: CampaignContext): Promise<OpenCampaign> {
    const stage = await openStage(context, faultDeployments);
    if ((await labStatus()).state === "up") {
        await stage.startNodes();
        continueAll();
        await uncordon(LAB.nodes.map(({ name }) => name));
        await restoreAll();
    }
    return {
        run: (round, roundContext) => inject(stage, round as FaultRound, roundContext),
        close: () => stage.close(),
    };
}
