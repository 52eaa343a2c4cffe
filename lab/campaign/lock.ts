import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { identify, isAlive, type ProcessIdentity } from "../cluster/processes";
import { RefusedError } from "./errors";

/**
 * Takes a lock file, which a process that was killed does not keep.
 *
 * @returns What gives it back.
 * @throws {@link RefusedError} when another process has it.
 */
export function takeLock(file: string): () => void {
    // A link appears with its content, so that nobody ever reads half a lock.
    const own = `${file}.${process.pid}`;
    writeFileSync(own, JSON.stringify(identify(process.pid)));
    try {
        if (!linked(own, file)) {
            const owner = JSON.parse(readFileSync(file, "utf8")) as ProcessIdentity;
            if (isAlive(owner)) {
                throw new RefusedError(
                    `this campaign: expected to run once at a time, got process ${owner.pid} that runs it, too`,
                    "wait for that one, or end it with Ctrl-C",
                );
            }
            rmSync(file);
            linkSync(own, file);
        }
    } finally {
        rmSync(own);
    }
    return () => rmSync(file, { force: true });
}

function linked(own: string, file: string): boolean {
    try {
        linkSync(own, file);
        return true;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EEXIST") {
            return false;
        }
        throw error;
    }
}
