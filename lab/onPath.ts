import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Where a program is on `path`; `undefined` where it is not. */
export function findOnPath(program: string, path = process.env.PATH ?? ""): string | undefined {
    return path
        .split(delimiter)
        .map((directory) => join(directory, program))
        .find(existsSync);
}
