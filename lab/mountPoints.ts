import { appendFileSync, existsSync, mkdirSync, readFileSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { STATE } from "./paths";

const RECORD = join(STATE, "mount-points");

/** Makes a folder of the machine that nodes mount over, and remembers it if it was not there. */
export function createMountPoint(path: string): void {
    if (!existsSync(path)) {
        appendFileSync(RECORD, `${path}\n`);
        mkdirSync(path);
    }
}

/** Removes the folders that {@link createMountPoint} made; they have stayed empty. */
export function removeMountPoints(): void {
    if (existsSync(RECORD)) {
        const paths = readFileSync(RECORD, "utf8").trim().split("\n");
        for (const path of paths.filter(existsSync)) {
            rmdirSync(path);
        }
    }
}
