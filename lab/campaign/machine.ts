import { availableParallelism, loadavg, release, totalmem, type } from "node:os";

/** What figures in seconds depend on. */
export interface Machine {
    readonly cores: number;
    readonly memoryGib: number;
    readonly kernel: string;
}

/** The machine that this runs on. */
export function describeMachine(): Machine {
    return {
        cores: availableParallelism(),
        memoryGib: Math.round(totalmem() / 2 ** 30),
        kernel: `${type()} ${release()}`,
    };
}

/** Load average of the last minute. */
export function loadNow(): number {
    return Math.round(loadavg()[0]! * 10) / 10;
}
