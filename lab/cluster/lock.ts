import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { identify, isAlive, type ProcessIdentity } from "./processes";
import { waitFor } from "../wait";

// Not below the state: `down` removes that.
const LOCK = "/run/kafka-eks-lab.lock";
/** A first `up` builds for minutes. */
const PATIENCE_SECONDS = 1800;

/** Runs something that changes the lab, alone: a second command waits for the first one. */
export async function exclusively<T>(action: () => Promise<T>): Promise<T> {
    if (process.getuid?.() !== 0) {
        throw new Error("root is needed: run this as root");
    }
    if (!acquire()) {
        console.error("Another command changes the lab; waiting for it to end.");
        await waitFor("the end of the other command", PATIENCE_SECONDS, acquire);
    }
    try {
        return await action();
    } finally {
        rmSync(LOCK, { force: true });
    }
}

function acquire(): boolean {
    // A link appears with its content, so that nobody ever reads half a lock.
    const own = `${LOCK}.${process.pid}`;
    writeFileSync(own, JSON.stringify(identify(process.pid)));
    try {
        linkSync(own, LOCK);
        return true;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
            throw error;
        }
        removeStale();
        return false;
    } finally {
        rmSync(own);
    }
}

// Its owner was killed. Whoever comes next creates it anew; only one can.
function removeStale(): void {
    try {
        const owner = JSON.parse(readFileSync(LOCK, "utf8")) as ProcessIdentity;
        if (!isAlive(owner)) {
            rmSync(LOCK, { force: true });
        }
    } catch {
        // Removed in between.
    }
}
