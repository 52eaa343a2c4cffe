import { labDown, labUp } from "..";
import { seconds } from "./stopwatch";

/** How long a lab that is built takes, in seconds. */
export interface LabCycle {
    readonly up: number;
    readonly down: number;
}

/** Starts a lab that is down, and takes it down again. */
export async function labCycle(): Promise<LabCycle> {
    const up = await seconds(() => labUp({ renderer: "silent" }));
    const down = await seconds(() => labDown({ deleteVolumes: true, renderer: "silent" }));
    return { up, down };
}
