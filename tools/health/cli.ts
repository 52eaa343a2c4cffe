import { explain } from "../cli/errors";
import { parseHealthOptions } from "./options";

/** Exit codes, as --help lists them; those of a check are its own. */
const HELPED = 0;
const NOT_CHECKED = 2;

async function main(args: readonly string[]): Promise<number> {
    const request = parseHealthOptions(args);
    if (request.action === "help") {
        process.stdout.write(request.text);
        return HELPED;
    }
    // Only now, because it takes a second to load.
    const { runHealth } = await import("./run.js");
    return runHealth(request);
}

main(process.argv.slice(2)).then(
    // Not waiting for connections that are still being closed: the outcome is known.
    (code) => process.exit(code),
    (error: unknown) => {
        process.stderr.write(`error: ${explain(error)}\n`);
        process.exit(NOT_CHECKED);
    },
);
