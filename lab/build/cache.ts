import { createHash } from "node:crypto";
import {
    existsSync,
    lstatSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { CACHE } from "../paths";

/** One thing that is built once and kept. */
export interface Artifact {
    /** What it is, for the progress on screen. */
    readonly title: string;
    /** Its folder in the cache, `component/version`. */
    readonly folder: string;
    /** Puts it into an empty folder; `say` reports progress. */
    build(folder: string, say: (message: string) => void): Promise<void>;
}

/** Where an artefact is when it is built. */
export function pathOf(artifact: Artifact): string {
    return join(CACHE, artifact.folder);
}

/** Whether an artefact is in the cache, complete. */
export function isBuilt(artifact: Artifact): boolean {
    return existsSync(pathOf(artifact));
}

/**
 * Builds an artefact unless the cache has it. The folder gets its name only when it is complete, so
 * an interrupted build is never taken for a finished one.
 */
export async function build(artifact: Artifact, say: (message: string) => void): Promise<void> {
    if (isBuilt(artifact)) {
        return;
    }
    const unfinished = `${pathOf(artifact)}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(dirname(unfinished), { recursive: true });
    mkdirSync(unfinished);
    await artifact.build(unfinished, say);
    renameSync(unfinished, pathOf(artifact));
}

/** A short digest of files or folders, so that a change of an artefact's sources builds it anew. */
export function digestOf(...paths: string[]): string {
    const hash = createHash("sha256");
    const add = (path: string): void => {
        if (lstatSync(path).isDirectory()) {
            for (const name of readdirSync(path).sort()) {
                hash.update(`${name}\n`);
                add(join(path, name));
            }
        } else {
            hash.update(readFileSync(path));
        }
    };
    paths.forEach(add);
    return hash.digest("hex").slice(0, 8);
}
