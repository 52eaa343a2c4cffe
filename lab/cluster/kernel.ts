import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { STATE } from "../paths";

const SETTING = "/proc/sys/fs/inotify/max_user_instances";
// The usual 128 are for all containers of root together: too few for three nodes.
const NEEDED = 1024;
const BEFORE = join(STATE, "max_user_instances");

/** Raises the one limit of the machine that three nodes exceed, and remembers what it was. */
export function raiseLimits(): void {
    const current = readFileSync(SETTING, "utf8").trim();
    if (Number(current) < NEEDED) {
        mkdirSync(STATE, { recursive: true });
        writeFileSync(BEFORE, current);
        writeFileSync(SETTING, String(NEEDED));
    }
}

/** Sets the limit back, if {@link raiseLimits} changed it. */
export function restoreLimits(): void {
    if (existsSync(BEFORE)) {
        writeFileSync(SETTING, readFileSync(BEFORE));
    }
}
