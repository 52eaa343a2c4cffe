import { readFileSync } from "node:fs";
import { join } from "node:path";

const OPERATIONS = join(__dirname, "../../docs/operations.md");

/** The commands that a section of docs/operations.md gives first. */
export function documentedCommands(section: string): string {
    const [, text] = readFileSync(OPERATIONS, "utf8").split(`### ${section}\n`);
    const [, commands] = /```bash\n(.*?)```/s.exec(text!)!;
    return commands!;
}
