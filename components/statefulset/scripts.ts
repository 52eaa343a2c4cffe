import { readFileSync } from "node:fs";
import { basename, join } from "node:path";

/**
 * Texts of files in this folder, by file name.
 *
 * @param paths Paths below this folder, as `brokers/start-kafka.sh`.
 */
export function readScripts(paths: readonly string[]): Record<string, string> {
    return Object.fromEntries(paths.map((path) => [basename(path), readScript(path)]));
}

/** Text of one file in this folder, without comments: a word in them would restart pods. */
export function readScript(path: string): string {
    return readFileSync(join(__dirname, path), "utf8").replace(/^\s*#(?!!).*\n/gm, "");
}
