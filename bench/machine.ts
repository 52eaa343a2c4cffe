import { availableParallelism, loadavg, totalmem } from "node:os";

/** What figures in seconds depend on. */
export interface Machine {
    readonly cores: number;
    readonly memoryGib: number;
    /** Average load of the last minute: what others, and what ran before, did to the machine. */
    readonly load: number;
}

/** The machine as it is now. */
export function describeMachine(): Machine {
    return {
        cores: availableParallelism(),
        memoryGib: Math.round(totalmem() / 2 ** 30),
        load: Math.round(loadavg()[0]! * 10) / 10,
    };
}
