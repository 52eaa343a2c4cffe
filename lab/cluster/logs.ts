import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { LOGS } from "../paths";

const LINES = 3;
const LINE_LENGTH = 300;

/**
 * The end of those logs that were written to since a time: of each its name and its last lines.
 *
 * @param names - Names of the logs, without `.log`.
 * @param since - In milliseconds since 1970.
 * @param folder - Where the logs are; @default - that of the lab.
 */
export function endOfLogs(names: readonly string[], since: number, folder = LOGS): string[] {
    return names
        .map((name) => join(folder, `${name}.log`))
        .filter((file) => existsSync(file) && statSync(file).mtimeMs >= since)
        .flatMap((file) => {
            const lines = readFileSync(file, "utf8").trimEnd().split("\n").slice(-LINES);
            return [`${file}:`, ...lines.map((line) => `  ${line.slice(0, LINE_LENGTH)}`)];
        });
}
