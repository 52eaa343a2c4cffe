/** A point in time, and what the processors had done until then. */
export interface Moment {
    readonly seconds: number;
    /** Time of all processors together, in ticks since the machine started. */
    readonly ticks: number;
    /** How many of them passed without work. */
    readonly idle: number;
}

/** Reads the seconds of a clock with the line about all processors from `/proc/stat` behind it. */
export function parseMoment(text: string): Moment {
    const [seconds, name, ...fields] = text.trim().split(/\s+/);
    // The two after these, of guests, are in the first two already.
    const ticks = fields.slice(0, 8).map(Number);
    const [, , , idle, iowait] = ticks;
    if (name !== "cpu" || idle === undefined || iowait === undefined || ticks.some(Number.isNaN)) {
        throw new Error(`expected seconds and a line of /proc/stat, got "${text}"`);
    }
    return {
        seconds: Number(seconds),
        ticks: ticks.reduce((sum, each) => sum + each, 0),
        idle: idle + iowait,
    };
}

/** Which share of their time between two moments the processors worked. */
export function busyShare(start: Moment, end: Moment): number {
    const ticks = end.ticks - start.ticks;
    return ticks > 0 ? 1 - (end.idle - start.idle) / ticks : 0;
}
