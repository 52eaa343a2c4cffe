import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { missingArtifacts } from "../build";
import { requireEngine } from "../pulumi/find";
import { labStatus } from "..";
import type { CampaignContext } from "./campaign";
import { RefusedError } from "./errors";
import { Stage, type StageArgs, type StagedKafka } from "./stage";
import { deployingVersions } from "./versions";

/**
 * Makes the stage of a campaign on the lab.
 *
 * @throws Error at once when there is no engine, or no lab that could be started: then no round could be run.
 */
export async function openStage<Deployments extends Record<keyof Deployments, StagedKafka>>(
    { directory, note }: CampaignContext,
    deployments: StageArgs<Deployments>["deployments"],
): Promise<Stage<Deployments>> {
    const engine = await requireEngine();
    const { state } = await labStatus();
    if (state === "broken" || (state === "down" && (await missingArtifacts()).length > 0)) {
        throw new RefusedError(
            `the lab: expected up, or built, got ${state === "broken" ? "a broken one" : "parts that are not built"}`,
            "npm run lab -- up",
        );
    }
    note(await deployingVersions(engine));
    // What a process that was killed has left.
    const files = join(directory, "files");
    rmSync(files, { recursive: true, force: true });
    mkdirSync(files);
    return new Stage({ engine, deployments, files, marker: join(directory, "lab-started"), note });
}
