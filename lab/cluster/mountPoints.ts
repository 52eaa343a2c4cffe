import {
    appendFileSync,
    existsSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    rmdirSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { STATE } from "../paths";
import { run } from "../run";

const RECORD = join(STATE, "mount-points");

/** Makes a folder of the machine to mount over, and remembers it if it was not there. */
export function createMountPoint(path: string): void {
    if (!existsSync(path)) {
        mkdirSync(dirname(RECORD), { recursive: true });
        appendFileSync(RECORD, `${path}\n`);
        mkdirSync(path);
    }
}

/** Removes the folders that {@link createMountPoint} made, except what others have put to use. */
export async function removeMountPoints(): Promise<void> {
    if (existsSync(RECORD)) {
        const paths = new Set(readFileSync(RECORD, "utf8").trim().split("\n"));
        for (const path of [...paths].filter(isEmptyFolder)) {
            if (readFileSync("/proc/self/mountinfo", "utf8").includes(` ${path} `)) {
                await run("umount", [path]);
            }
            rmdirSync(path);
        }
    }
}

function isEmptyFolder(path: string): boolean {
    return existsSync(path) && readdirSync(path).length === 0;
}
