import { parseClientOptions } from "./options";
import { explain, UsageError } from "../cli/errors";

/** Exit codes, as --help lists them; those of an action are its own. */
const OK = 0;
const FAILED = 1;
const WRONG_USAGE = 2;

async function main(args: readonly string[]): Promise<number> {
    const request = parseClientOptions(args);
    if (request.action === "help") {
        process.stdout.write(request.text);
        return OK;
    }
    // Only now, because it takes a second to load.
    const { runClient } = await import("./run.js");
    return runClient(request);
}

main(process.argv.slice(2)).then(
    // Not waiting for what kafkajs may still do after a failure: the outcome is known.
    (code) => process.exit(code),
    (error: unknown) => {
        process.stderr.write(`error: ${explain(error)}\n`);
        process.exit(error instanceof UsageError ? WRONG_USAGE : FAILED);
    },
);
