import { existsSync, globSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { run } from "../run";

/**
 * Gives a node its copy of the imported images, unless it has one. Images never change: hard links
 * to them are enough, and three nodes need the space of one. The databases do change.
 */
export async function copyImages(store: string, target: string): Promise<void> {
    if (existsSync(target)) {
        return;
    }
    const unfinished = `${target}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    try {
        await run("cp", ["--archive", "--link", store, unfinished]);
        for (const database of globSync("**/*.db", { cwd: store })) {
            const copy = join(unfinished, database);
            await run("cp", ["--archive", "--remove-destination", join(store, database), copy]);
        }
    } catch {
        // The cache may be on another filesystem than the state of the lab.
        rmSync(unfinished, { recursive: true, force: true });
        await run("cp", ["--archive", store, unfinished]);
    }
    renameSync(unfinished, target);
}
