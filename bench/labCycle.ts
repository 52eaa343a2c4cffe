import { type ListrTask } from "listr2";
import { labDown, labStatus, labUp } from "../lab";
import { missingArtifacts } from "../lab/build";
import type { Samples } from "./samples";

/** What to do before and after everything else, so that the lab is left as it was. */
export interface LabCycle {
    readonly before: ListrTask[];
    readonly after: ListrTask[];
}

/**
 * Measures how long the lab takes to come up and to go down, if it is down now. One that is up may be in use by others.
 *
 * @throws Error when the lab would have to be built first: that is not what is measured.
 */
export async function labCycle({ lab }: Samples): Promise<LabCycle> {
    const { state } = await labStatus();
    if (state === "up") {
        return { before: [], after: [] };
    }
    if (state === "broken" || (await missingArtifacts()).length > 0) {
        throw new Error("the lab is not ready to start: run `npm run lab -- up` first");
    }
    const timed = (title: string, times: number[], work: () => Promise<void>): ListrTask => ({
        title,
        task: async () => {
            const start = performance.now();
            await work();
            times.push((performance.now() - start) / 1000);
        },
    });
    return {
        before: [timed("Start the lab", lab.up, () => labUp({ renderer: "silent" }))],
        after: [
            timed("Take the lab down", lab.down, () =>
                labDown({ deleteVolumes: true, renderer: "silent" }),
            ),
        ],
    };
}
