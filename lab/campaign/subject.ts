import { createHash, type Hash } from "node:crypto";
import { globSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A digest for each path of a subject. */
export type Digests = Readonly<Record<string, string>>;

/** What figures of a Kafka that this project deploys on the lab depend on, beside what breaks or measures it. */
export const DEPLOYED_ON_LAB = [
    "components",
    "config",
    "index.ts",
    "lab/*.ts",
    "lab/bench",
    "lab/build",
    "lab/campaign/stage.ts",
    "lab/cluster",
    "lab/demo/labConfig.ts",
    "lab/pulumi",
    "program",
] as const;

/**
 * Digests of a subject as it is in the work tree. They say by themselves whether figures are stale: no history is needed,
 * so a shallow clone says the same. Texts for people don't count.
 */
export function digestsOf(root: string, subject: readonly string[]): Digests {
    return Object.fromEntries(subject.map((path) => [path, digestOf(root, path)]));
}

/** The paths whose digest is another one, or is in one of both only. */
export function changedPaths(before: Digests, after: Digests): string[] {
    const paths = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...paths].filter((path) => before[path] !== after[path]);
}

function digestOf(root: string, pattern: string): string {
    const hash = createHash("sha256");
    for (const path of globSync(pattern, { cwd: root }).sort()) {
        add(hash, join(root, path));
    }
    return hash.digest("hex").slice(0, 16);
}

function add(hash: Hash, path: string): void {
    if (!lstatSync(path).isDirectory()) {
        hash.update(readFileSync(path));
        return;
    }
    for (const name of readdirSync(path).filter(counts).sort()) {
        hash.update(`\0${name}\0`);
        add(hash, join(path, name));
    }
}

function counts(name: string): boolean {
    return !name.startsWith(".") && !name.endsWith(".md") && name !== "node_modules";
}
