import { rmSync } from "node:fs";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { requireEngine } from "../../pulumi/find";
import { labStatus } from "../..";
import { missingArtifacts } from "../../build";
import type { CampaignContext, OpenCampaign } from "../campaign";
import { RefusedError } from "../errors";
import { deployingVersions } from "../versions";
import { measure } from "./measure";
import type { BenchRound } from "./plan";
import { Stage } from "./stage";

/**
 * Opens the benchmarks.
 *
 * @throws Error at once when there is no engine, or no lab that could be started: then nothing could be measured.
 */
export async function openBench({ directory, note }: CampaignContext): Promise<OpenCampaign> {
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
    const stage = new Stage({ engine, files, marker: join(directory, "lab-started"), note });
    return {
        run: (round, context) => measure(stage, round as BenchRound, context),
        close: () => stage.close(),
    };
}
